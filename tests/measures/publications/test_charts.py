"""Charts: the same bytes each time, nothing that a strict policy blocks, labels in the clear."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.publications.charts.label_places import Box, clearest
from measures.publications.charts.scale import Scale, YearPoint, round_step
from measures.publications.charts.shares import ShareBar, draw_shares
from measures.publications.charts.svg import dress
from measures.publications.charts.years import LONGEST_STEP_IN_DAYS, draw_years
from measures.publications.pictures import picture_of
from tests.factories.results import count_result, share_result

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawn: str) -> ET.Element:
    return ET.fromstring(drawn)  # noqa: S314  # our own renderer just wrote it


YEARS = [
    YearPoint(date(2018, 3, 31), 19_625),
    YearPoint(date(2019, 3, 31), 20_728),
    YearPoint(date(2019, 6, 30), 20_241),
    YearPoint(date(2021, 11, 30), 17_119),
    YearPoint(date(2022, 11, 30), 18_212),
]


@pytest.fixture(scope="module")
def drawn() -> str:
    return draw_years(YEARS, baseline=YEARS[2], name="v", title="Violence & injury", described="D")


def test_the_same_years_give_the_same_bytes(drawn: str) -> None:
    again = draw_years(YEARS, baseline=YEARS[2], name="v", title="Violence & injury", described="D")

    assert again == drawn


def test_a_strict_policy_has_nothing_to_block(drawn: str) -> None:
    root = parsed(drawn)

    assert not [element.tag for element in root.iter() if "style" in element.attrib]
    assert {element.tag for element in root.iter()} <= {
        f"{SVG}{tag}" for tag in ("svg", "title", "desc", "g", "rect", "path", "line", "text")
    }


def test_a_gridline_stops_before_a_label(drawn: str) -> None:
    [number] = [one for one in parsed(drawn).iter(f"{SVG}text") if one.text == "18,212"]

    assert (number.get("stroke"), number.get("paint-order")) == ("#ffffff", "stroke")


def test_it_is_described_in_words(drawn: str) -> None:
    root = parsed(drawn)

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "v-title v-desc"
    assert [root.findtext(f"{SVG}{tag}") for tag in ("title", "desc")] == ["Violence & injury", "D"]


def test_the_newest_number_and_the_baseline_are_labelled(drawn: str) -> None:
    words = ["".join(element.itertext()) for element in parsed(drawn).iter(f"{SVG}text")]

    assert "18,212" in words
    assert "June 2019 baseline 20,241" in words


def test_years_that_lie_apart_are_not_joined(drawn: str) -> None:
    assert (YEARS[3].ends - YEARS[2].ends).days > LONGEST_STEP_IN_DAYS
    lines = [
        path.get("d", "")
        for path in parsed(drawn).iter(f"{SVG}path")
        if path.get("stroke-width") == "2.5"
    ]

    assert [line.count("L") for line in lines] == [2, 1]


def test_shares_are_drawn_with_their_interval() -> None:
    bars = [ShareBar("Nov 2022", 72, 70, 75, True), ShareBar("Nov 2021", 70, None, None, False)]
    words = [
        "".join(element.itertext())
        for element in parsed(draw_shares(bars, name="s", title="T", described="D")).iter(
            f"{SVG}text"
        )
    ]

    assert {"72%", "70%", "Nov 2022", "Nov 2021"} <= set(words)


def test_inline_styles_become_attributes_and_ids_its_own() -> None:
    raw = (
        '<svg xmlns="http://www.w3.org/2000/svg"><defs><clipPath id="clip0"/></defs>'
        '<g clip-path="url(#clip0)"><path style="fill: red; stroke: none"/></g></svg>'
    )

    dressed = dress(raw, name="robbery", title="T", described="D")

    assert "style" not in dressed
    assert 'fill="red" stroke="none"' in dressed
    assert 'id="robbery-clip0"' in dressed
    assert 'clip-path="url(#robbery-clip0)"' in dressed


@given(st.integers(1, 10**7))
def test_three_to_six_round_ticks(highest: int) -> None:
    step = round_step(highest)

    assert str(step).strip("0") in ("1", "2", "5")
    assert highest // step < 5
    scale = Scale.of([YearPoint(date(2022, 11, 30), highest)], None)
    assert scale.top > highest
    assert scale.top % step == 0


def test_a_label_goes_where_nothing_is() -> None:
    boxes = [Box(0, 0, 50, 10), Box(100, 0, 50, 10)]

    assert clearest(boxes, [(20.0, 5.0)]) == boxes[1]
    assert clearest(boxes, []) == boxes[0]


@pytest.mark.parametrize(
    ("result", "title"),
    [
        (
            count_result("robbery", 1_310, 1_139, 1_982),
            "Robbery: 672 (33.9%) below the June 2019 baseline of 1,982",
        ),
        (
            count_result("cyber-organisations", 80, 86),
            "Online crime against organisations: no clear change from the year before",
        ),
        (count_result("homicide", None, 20, 18), "Homicide"),
        (
            share_result("domestic-abuse-satisfaction", (893, 1_240), (551, 1_105)),
            "Satisfaction of victims of domestic abuse: up 22 percentage points on the year before",
        ),
    ],
)
def test_the_title_says_what_is_seen(result, title: str) -> None:
    picture = picture_of(result)

    assert picture is not None
    assert picture["title"] == title


@pytest.mark.parametrize(
    "result",
    [
        count_result("robbery", 1_310),
        share_result("hate-crime-satisfaction", (25, 41), (20, 35)),
        share_result("hate-crime-satisfaction", (3, 60), (30, 60)),
        share_result("hate-crime-satisfaction", (3, 9)),
    ],
)
def test_one_point_is_no_chart_and_what_is_withheld_is_not_drawn(result) -> None:
    assert picture_of(result) is None

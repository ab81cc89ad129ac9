"""The charts of a page of results: what is drawn where, and that a page may hold it."""

import re
from xml.etree import ElementTree as ET

import pytest

from measures.admin.chart_diverging import colours, worse_of
from measures.admin.chart_series import apart, runs
from measures.admin.charts import Key, Picture, picture_of_series, pictures_of, worst_first
from measures.publications.charts.canvas import Canvas, wrapped
from measures.publications.charts.svg import SVG
from measures.publications.charts.theme import THEME
from measures.publications.charts.tint import tinted
from tests.factories.tables import options_table, satisfaction_table, series
from tests.measures.admin.test_explorer_headlines import ASKED, SATISFIED

HIGH = ("North", (60, 20, 10, 5, 3, 1, 1))
SMALL = ("West", (8, 4, 3, 2, 1, 1, 1))


def words_in(picture: Picture) -> list[str]:
    root = ET.fromstring(picture.svg)  # noqa: S314  # our own renderer just wrote it
    return ["".join(text.itertext()) for text in root.iter(f"{{{SVG}}}text")]


def test_pictures_of_a_scale_part_at_the_middle_with_the_net_beside():
    [picture] = pictures_of(satisfaction_table(), ASKED, SATISFIED)
    assert picture.keys[0] == Key("worse-3", "Completely dissatisfied")
    assert picture.keys[3] == Key("middle", "Neither satisfied nor dissatisfied")
    assert picture.keys[6] == Key("better-3", "Completely satisfied")
    assert "80%" in words_in(picture)
    assert picture.alternative == "Bars around the middle of the scale. Satisfied: Everyone 80%."


def test_pictures_of_a_breakdown_begin_with_the_groups_side_by_side():
    table = satisfaction_table(HIGH, SMALL)
    groups, scale = pictures_of(table, ASKED, SATISFIED)
    assert groups.title == "“Satisfied” by area"
    assert groups.alternative == "Bars: Everyone 80%; North 90%."
    assert "too few answers" in words_in(groups)
    # Named in the first chart, whom no share is told of is left out of the second.
    assert "West" not in words_in(scale)


def test_pictures_where_no_group_can_be_told_show_everyone_only():
    pictures = pictures_of(satisfaction_table(SMALL, ("East", SMALL[1])), ASKED, SATISFIED)
    assert [picture.title for picture in pictures] == [
        "All answers, from one end of the scale to the other"
    ]


def test_pictures_of_a_choice_are_bars_without_a_band_where_the_design_forbids_it():
    asked = ASKED.__class__("reporter", "Who told the police?", "Other")
    [sampled] = pictures_of(options_table({"Me": 90, "Somebody": 30}), asked, 0)
    assert "95% interval" in sampled.subtitle
    assert sampled.svg.count('opacity="0.25"') == 2
    chosen = options_table({"Me": 90, "Somebody": 30}, design="self-selected")
    [picture] = pictures_of(chosen, asked, 0)
    assert "interval" not in picture.subtitle
    assert 'opacity="0.25"' not in picture.svg


def test_picture_of_series_leaves_gaps_at_breaks_and_where_nothing_is_told():
    picture = picture_of_series(series([0.7, 0.7, None, 0.6, 0.6, 0.8, 0.8], broke_at=5))
    assert picture is not None
    # Before the gap, between it and the break, after the break.
    assert len(re.findall(rf'<path[^>]*stroke="{THEME.slate}"', picture.svg)) == 3
    assert "[low]" in words_in(picture)
    assert "break: see below" in words_in(picture)
    assert picture.alternative.startswith("A line of 6 periods: 70% in January to March 2020")


def test_picture_of_series_where_nothing_is_told_is_none():
    assert picture_of_series(series([None, None])) is None


@pytest.mark.parametrize(
    "picture",
    [
        *pictures_of(satisfaction_table(HIGH, SMALL), ASKED, SATISFIED),
        picture_of_series(series([0.7, 0.6])),
    ],
)
def test_pictures_hold_nothing_that_a_strict_policy_blocks(picture):
    assert "style=" not in picture.svg
    assert "<style" not in picture.svg
    assert 'role="img"' in picture.svg
    assert "<desc" in picture.svg


def test_tinted_names_every_colour_once():
    assert len(THEME.names()) == len(set(THEME.names().values())) == 14
    canvas = Canvas(100, 100)
    canvas.rect(0, 0, width=10, height=10, colour=THEME.worse[1])
    canvas.rule((0, 0), (9, 9), colour=THEME.amber)
    svg = tinted(canvas.drawn(name="n", title="t", described="d"))
    assert 'class="fill-worse-2"' in svg
    assert 'class="line-amber"' in svg
    # The colour itself stays, for whoever takes the picture elsewhere.
    assert f'fill="{THEME.worse[1]}"' in svg


def test_canvas_draws_words_above_bars_and_bars_above_rules():
    canvas = Canvas(100, 100)
    canvas.text(5, 5, words="first asked for")
    canvas.rect(0, 0, width=50, height=50, colour=THEME.teal)
    canvas.rule((0, 0), (9, 9), colour=THEME.amber)
    svg = canvas.drawn(name="n", title="t", described="d")
    assert svg.index(THEME.amber) < svg.index(THEME.teal) < svg.index("first asked for")


def test_worst_first_turns_a_scale_whose_first_point_is_the_best():
    assert worst_first(satisfaction_table(), ASKED) == [6, 5, 4, 3, 2, 1, 0]


def test_worse_of_halves_the_middle_point():
    assert worse_of((0.1, 0.2, 0.4, 0.2, 0.1)) == pytest.approx(0.5)
    assert worse_of((0.1, 0.2, 0.3, 0.4)) == pytest.approx(0.3)


@pytest.mark.parametrize("points", [3, 4, 5, 6, 7])
def test_colours_are_different_and_end_with_the_strongest(points):
    found = colours(points)
    assert len(found) == len(set(found)) == points
    assert found[0] in THEME.worse
    assert found[-1] in THEME.better
    if points > 3:
        assert (found[0], found[-1]) == (THEME.worse[-1], THEME.better[-1])


def test_runs_end_at_breaks_and_at_what_is_not_known():
    joined = [True, True, True, True, False, True]
    known = [True, True, False, True, True, True]
    assert runs(joined, known) == [[0, 1], [3], [4, 5]]


def test_apart_moves_labels_down_until_they_do_not_touch():
    assert apart([10, 12, 40], least=16) == [10, 26, 42]


def test_wrapped_cuts_words_that_have_no_room():
    lines = wrapped("Black, Black British, Caribbean or African: any other", 120).split("\n")
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert wrapped("Web", 120) == "Web"

"""The bundle: everything public, and the same bytes each time."""

from datetime import date, timedelta
from typing import Any

import pytest

from measures.publications.bundle import UnknownAreaError, build_bundle
from measures.publications.canonical import canonical_json, digest
from tests.factories.figures import RELEASED, make_months, make_release, make_seed_figures
from tests.factories.released import release_satisfaction

pytestmark = pytest.mark.django_db

NOVEMBER = date(2022, 11, 1)
LATER = RELEASED + timedelta(days=1)


def measures_of(bundle: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {measure["slug"]: measure for measure in bundle["measures"]}


def test_the_figures_of_the_page_that_this_replaces() -> None:
    make_seed_figures()
    bundle = build_bundle(NOVEMBER, as_of=LATER)
    measures = measures_of(bundle)

    for slug, value, previous, baseline in (
        ("violence-with-injury", 18_212, (1_093, "6.4"), (-2_029, "-10.0")),
        ("robbery", 1_310, (171, "15.0"), (-672, "-33.9")),
        ("cyber-organisations", 80, (-6, "-7.0"), None),
    ):
        changes = [one["change"] for one in measures[slug]["comparisons"]]
        assert measures[slug]["current"]["value"] == value
        assert (changes[0]["difference"], changes[0]["percentage"]) == previous
        found = changes[1] and (changes[1]["difference"], changes[1]["percentage"])
        assert found == baseline


def test_every_number_leads_to_its_file() -> None:
    release = make_seed_figures()
    bundle = build_bundle(NOVEMBER, as_of=LATER)

    [reading] = measures_of(bundle)["robbery"]["current"]["from"]
    source = bundle["sources"][reading["source"] - 1]
    assert source["number"] == reading["source"]
    assert (source["sha256"], reading["where"]) == (release.sha256, "line 5")
    assert (source["publisher"], source["released"]) == ("Force return for Kent", "2023-01-26")


def test_a_release_at_midnight_in_summer_keeps_its_day() -> None:
    # 23:30 in Greenwich on 30 June is 1 July in London.
    released = RELEASED.replace(month=6, day=30, hour=23, minute=30)
    release = make_release(released_at=released)
    make_months("robbery", first=date(2021, 12, 1), values=[100] * 12, release=release)

    bundle = build_bundle(NOVEMBER, as_of=released + timedelta(days=1))

    assert bundle["sources"][0]["released"] == "2023-07-01"


def test_the_same_inputs_give_the_same_bytes() -> None:
    make_seed_figures()
    release_satisfaction("domestic-abuse", date(2022, 9, 1), satisfied=893, answered=1_240)
    release_satisfaction("domestic-abuse", date(2021, 9, 1), satisfied=771, answered=1_105)

    one, other = (canonical_json(build_bundle(NOVEMBER, as_of=LATER)) for _ in range(2))

    assert digest(one) == digest(other)


def test_a_share_names_its_own_four_quarters_and_the_release_that_it_is_from() -> None:
    release_satisfaction(
        "domestic-abuse", date(2022, 9, 1), satisfied=893, answered=1_243, is_synthetic=True
    )

    bundle = build_bundle(NOVEMBER, as_of=LATER)

    shown = measures_of(bundle)["domestic-abuse-satisfaction"]["current"]
    assert (shown["base"], shown["percent"]) == (1_245, 72)
    assert shown["period"]["label"] == "year ending September 2022"
    [origin] = shown["from"]
    assert origin["release"] == {
        "quarter": "2022-Q3",
        "released": "2023-01-26",
        "sha256": "a" * 64,
    }
    assert bundle["rests_on_synthetic"]
    assert bundle["label"] == "year ending November 2022"


def test_what_was_released_later_was_not_known_then() -> None:
    release_satisfaction(
        "domestic-abuse", date(2022, 9, 1), satisfied=893, answered=1_243, at=LATER
    )

    before = build_bundle(NOVEMBER, as_of=LATER - timedelta(hours=1))
    after = build_bundle(NOVEMBER, as_of=LATER)

    told = [measures_of(one)["domestic-abuse-satisfaction"]["current"] for one in (before, after)]
    assert [one["status"] for one in told] == ["not-available", "value"]


def test_a_measure_without_data_is_neither_zero_nor_blank() -> None:
    bundle = build_bundle(NOVEMBER, as_of=LATER)

    for measure in bundle["measures"]:
        assert measure["current"]["status"] == "not-available"
        assert "value" not in measure["current"]
        assert measure["current"]["reason"]
        assert " is not available: " in measure["sentence"]
    assert len(bundle["measures"]) == 13


def test_a_missing_month_is_no_year() -> None:
    release = make_release()
    make_months("robbery", first=date(2021, 12, 1), values=[100] * 9, release=release)

    bundle = build_bundle(NOVEMBER, as_of=LATER)

    robbery = measures_of(bundle)["robbery"]
    assert robbery["current"]["status"] == "not-available"
    assert "only 9 of the 12 months" in robbery["sentence"]


def test_a_return_from_the_force_is_provisional_and_a_proxy_says_why() -> None:
    make_seed_figures()
    bundle = build_bundle(NOVEMBER, as_of=LATER)

    assert measures_of(bundle)["cyber-organisations"]["tags"] == ["provisional", "proxy"]
    assert measures_of(bundle)["cyber-organisations"]["proxy"]["why"]


def test_an_area_that_is_no_place_is_told(settings) -> None:
    settings.FORCE_AREA = "E99999999"

    with pytest.raises(UnknownAreaError, match="FORCE_AREA is 'E99999999'"):
        build_bundle(NOVEMBER, as_of=LATER)


def test_a_float_never_gets_into_a_bundle() -> None:
    with pytest.raises(TypeError, match=r"bundle\.a\[1\] is the float 0\.5"):
        canonical_json({"a": [1, 0.5]})

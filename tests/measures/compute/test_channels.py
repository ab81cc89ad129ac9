"""The headline share by channel, among people alike."""

import pytest

from measures.compute.channels import ChannelEffect, channel_effect
from measures.stats.values import NotAvailable
from surveys.models.versions import Version
from surveys.tally.count import count_new
from surveys.tally.periods import parse_span
from tests.factories.surveys import SMALL, changed, publish, respond
from tests.surveys.versions.test_trend import publish_on

pytestmark = pytest.mark.django_db
QUARTER = parse_span("2022-Q4")


def answer(version: Version, year: int, *rows: tuple[str, str, int, int]) -> None:
    """So many people of a channel and area answered, the first of them satisfied."""
    for channel, area, satisfied, answered in rows:
        for n in range(answered):
            overall = "1" if n < satisfied else "2"
            respond(version, on=f"{year}-11-15", channel=channel, area=area, overall=overall)
    count_new()


def effect_of() -> ChannelEffect:
    found = channel_effect("small", QUARTER)
    assert isinstance(found, ChannelEffect)
    return found


def test_who_uses_a_channel_is_not_what_the_channel_does() -> None:
    # The north is more satisfied and prefers the telephone; within each area the channels agree.
    answer(
        publish_on("2021-01-10", 1),
        2022,
        ("phone", "north", 36, 40),
        ("phone", "south", 3, 10),
        ("web", "north", 9, 10),
        ("web", "south", 12, 40),
    )
    effect = effect_of()
    assert {one.label: (one.answered, one.share) for one in effect.channels} == {
        "Online": (50, pytest.approx(0.42)),
        "Telephone": (50, pytest.approx(0.78)),
    }
    assert effect.gaps[0].difference.value == pytest.approx(0)
    assert effect.warning == ""
    assert (effect.answer, effect.alike_in) == ("Satisfied", "area and reported")
    # Nobody answered a year before, so there is no change to explain.
    assert effect.mix is None


def test_channel_that_changes_answers_is_warned_of() -> None:
    version = publish_on("2021-01-10", 1)
    answer(version, 2021, ("phone", "north", 27, 30), ("web", "north", 5, 10))
    answer(version, 2022, ("phone", "north", 36, 40), ("web", "north", 20, 40))
    effect = effect_of()
    assert effect.warning.startswith(
        "Online is 40 percentage points lower than Telephone among people alike in area and "
        "reported. A change of the share may then come from a change of channels"
    )
    # From three quarters by telephone to a half, at a mean gap of 40 points: ten fewer.
    assert effect.mix is not None
    assert effect.mix.value == pytest.approx(-0.10)


def test_single_channel_has_nothing_to_stand_beside() -> None:
    answer(publish_on("2021-01-10", 1), 2022, ("web", "north", 9, 10))
    assert channel_effect("small", QUARTER) == NotAvailable(
        "fewer than two channels were used in October to December 2022"
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"design: probability": "design: self-selected"}, "can't be tested against each other"),
        ({"breakdowns: [area, channel]": "breakdowns: [area]"}, "no headline that is split by"),
        ({"indicator: {question: overall, net: satisfied}": ""}, "no headline that is split by"),
    ],
)
def test_survey_that_can_not_tell_says_why(change: dict[str, str], expected: str) -> None:
    publish(changed(SMALL, change))
    found = channel_effect("small", QUARTER)
    assert isinstance(found, NotAvailable)
    assert expected in found.reason


def test_survey_that_was_never_published_is_not_there() -> None:
    with pytest.raises(LookupError, match="no survey called 'small' was ever published"):
        channel_effect("small", QUARTER)

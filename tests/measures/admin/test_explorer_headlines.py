"""The first sentence of a page of results: what may be said, and how sure it is."""

from dataclasses import replace

from measures.admin.asked import Asked, Net
from measures.admin.headlines import headline_of, line_to_tell, trend_headline
from measures.compute.tables import Series
from tests.factories.tables import options_table, satisfaction_table, series

SATISFIED = 7
ASKED = Asked(
    "whole-experience",
    "How satisfied are you?",
    "Whole experience",
    scale=("1", "2", "3", "4", "5", "6", "7"),
    nets=(
        Net("net:satisfied", "Satisfied", ("1", "2", "3")),
        Net("net:dissatisfied", "Dissatisfied", ("5", "6", "7")),
    ),
)


def two_years(then: float, now: float, **changes) -> Series:
    """The same answer a year before and now."""
    return series([then, now], n=400, is_rolling=True, **changes)


def test_headline_of_a_sample_tells_share_interval_and_base():
    headline = headline_of(satisfaction_table(), SATISFIED)
    assert headline.figure == "80%"
    assert headline.words == (
        "gave an answer that counts as “Satisfied”. Chance alone puts it between 75% and 84%, "
        "from 250 answers."
    )


def test_headline_of_self_selected_answers_speaks_of_nobody_else():
    headline = headline_of(satisfaction_table(design="self-selected"), SATISFIED)
    assert headline.words == (
        "of the 250 people who answered gave an answer that counts as “Satisfied”."
    )


def test_headline_of_few_answers_tells_no_share():
    headline = headline_of(satisfaction_table(everyone=(5, 4, 3, 2, 1, 1, 1)), SATISFIED)
    assert headline.figure == ""
    assert headline.words.startswith("17 answers are too few to tell shares of. Pick a longer")


def test_headline_where_nobody_answered_says_what_to_do():
    headline = headline_of(satisfaction_table(everyone=(0,) * 7), SATISFIED)
    assert headline.words.startswith("Nobody answered this in the period. Pick a longer one")


def test_headline_tells_a_clear_change_in_words():
    headline = headline_of(satisfaction_table(), SATISFIED, before=two_years(0.6, 0.8))
    assert headline.change == (
        "Up 20 percentage points since the year ending March 2020, when it was 60%."
    )


def test_headline_calls_a_change_inside_chance_no_clear_change():
    headline = headline_of(satisfaction_table(), SATISFIED, before=two_years(0.78, 0.8))
    assert headline.change.startswith("No clear change since the year ending March 2020")


def test_headline_compares_nothing_across_a_break():
    before = two_years(0.6, 0.8, broke_at=1)
    headline = headline_of(satisfaction_table(), SATISFIED, before=before)
    assert headline.change == (
        "Not compared with the year ending March 2020: the question was reworded."
    )


def test_headline_names_the_highest_and_lowest_group_and_whether_they_differ():
    high, low = ("North", (60, 20, 10, 5, 3, 1, 1)), ("South", (10, 10, 10, 10, 10, 20, 30))
    apart = headline_of(satisfaction_table(high, low), SATISFIED)
    assert apart.spread.startswith("Highest: North, 90%. Lowest: South, 30%. Some groups clearly")
    alike = headline_of(satisfaction_table(high, ("South", high[1])), SATISFIED)
    assert alike.spread.endswith("No two groups clearly differ.")


def test_line_to_tell_is_the_one_asked_for_then_the_net_then_the_commonest():
    table = satisfaction_table()
    assert table.answers[line_to_tell(table, ASKED, "2")].code == "2"
    assert table.answers[line_to_tell(table, ASKED, "no such code")].code == "net:satisfied"
    plain = options_table({"Web": 30, "Phone": 90})
    assert plain.answers[line_to_tell(plain, replace(ASKED, nets=()))].label == "Phone"


def test_trend_headline_compares_with_the_oldest_since_the_last_break():
    headline = trend_headline(series([0.9, 0.5, 0.55, 0.8], broke_at=1))
    assert headline.figure == "80%"
    assert headline.change == "Up 30 percentage points since April to June 2020 (50%)."


def test_trend_headline_does_not_test_years_that_share_months():
    assert trend_headline(series([0.5, 0.6, 0.8], is_rolling=True)).change == ""


def test_trend_headline_takes_the_newest_that_can_be_told():
    headline = trend_headline(series([0.7, 0.6, None]))
    assert (headline.figure, headline.words) == ("60%", "“Satisfied”, April to June 2020.")


def test_trend_headline_where_nothing_can_be_told():
    assert trend_headline(series([None, None])).figure == ""

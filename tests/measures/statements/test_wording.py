"""The sentences: a direction word and an unsigned number, or the reason why there is none."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.compute.values import Result, ShareFound
from measures.definitions.loader import definitions
from measures.statements.claims import Change, Level, NoData, claims_of
from measures.statements.wording import change_amount, change_words, sentences, short_words
from measures.stats.periods import year_ending
from tests.factories.results import count_result, share_result

BASELINE_YEAR = year_ending(date(2019, 6, 1))


def said_of(result: Result) -> str:
    return sentences(result.measure, claims_of(result))


def test_up_on_last_year_and_below_the_baseline() -> None:
    assert said_of(count_result("violence-with-injury", 18_212, 17_119, 20_241)) == (
        "There were 18,212 offences of violence with injury in the year ending November 2022, "
        "up 1,093 (6.4%) on the year before and 2,029 (10.0%) below the June 2019 baseline of "
        "20,241."
    )


def test_robbery_of_the_page_that_this_replaces() -> None:
    assert said_of(count_result("robbery", 1_310, 1_139, 1_982)) == (
        "There were 1,310 robbery offences in the year ending November 2022, up 171 (15.0%) on "
        "the year before and 672 (33.9%) below the June 2019 baseline of 1,982."
    )


def test_inside_chance_the_numbers_are_given_and_no_change_is_claimed() -> None:
    assert said_of(count_result("cyber-organisations", 80, 86)) == (
        "There were 80 online offences with an organisation as their victim in the year ending "
        "November 2022, down 6 (7.0%) on the year before, which is within what chance alone would "
        "give: no clear change. The June 2019 baseline is not available: no figure for the year "
        "ending June 2019 has been published or supplied."
    )


@pytest.mark.parametrize(
    ("now", "before", "baseline", "end"),
    [
        (
            100,
            90,
            110,
            "up 10 (11.1%) on the year before and 10 (9.1%) below the June 2019 baseline of 110; "
            "both are within what chance alone would give: no clear change.",
        ),
        (
            100,
            90,
            300,
            "up 10 (11.1%) on the year before, which is within what chance alone would give: no "
            "clear change, and 200 (66.7%) below the June 2019 baseline of 300.",
        ),
        (
            100,
            300,
            90,
            "down 200 (66.7%) on the year before and 10 (11.1%) above the June 2019 baseline of "
            "90, which is within what chance alone would give: no clear change.",
        ),
        (100, 100, 100, "the same as the year before and the same as the June 2019 baseline."),
    ],
)
def test_which_of_two_changes_may_be_chance(now: int, before: int, baseline: int, end: str) -> None:
    assert said_of(count_result("robbery", now, before, baseline)).endswith(f"2022, {end}")


def test_a_small_base_has_counts_and_no_percentage() -> None:
    assert said_of(count_result("homicide", 18, 9, 0)).startswith(
        "There were 18 homicides in the year ending November 2022, up 9 on the 9 of the year "
        "before, which is within what chance alone would give: no clear change, and 18 above the "
        "June 2019 baseline of 0."
    )


def test_a_percentage_of_thousands_has_its_comma_too() -> None:
    assert "up 5,000 (10,000.0%) on the year before" in said_of(count_result("homicide", 5_050, 50))


def test_one_is_singular() -> None:
    assert said_of(count_result("homicide", 1, 1)).startswith("There was 1 homicide in the year")


def test_a_measure_without_data_says_so_and_why() -> None:
    said = said_of(count_result("firearms", None))

    assert said.startswith(
        "A figure for firearms offences is not available: no figure for the year ending November "
        "2022 has been published or supplied. Crimes carry a firearms flag"
    )
    assert "There were" not in said


def test_without_a_number_a_known_baseline_is_still_told() -> None:
    said = said_of(count_result("homicide", None, None, 18))

    assert said.endswith("The June 2019 baseline was 18.")


def test_a_share_has_its_base_interval_and_change_in_points() -> None:
    assert said_of(share_result("domestic-abuse-satisfaction", (893, 1_240), (551, 1_105))) == (
        "Of the people who answered the domestic abuse survey in the year ending November 2022, "
        "72% were satisfied with the whole experience, up 22 percentage points on the year before. "
        "About 1,240 people answered this question; among all who could have been asked it is "
        "likely to be 70% to 75%. The share is worked out from counts that were changed a little "
        "and rounded to 5 to protect people, so it can be up to 1 percentage point off."
    )


def test_two_points_more_of_very_many_are_clear() -> None:
    said = said_of(
        share_result("domestic-abuse-satisfaction", (73_000, 100_000), (71_000, 100_000))
    )

    assert "up 2 percentage points on the year before. About 100,000 people" in said


def test_a_weighted_share_says_so_and_not_that_it_is_worked_out_from_the_counts() -> None:
    result = share_result("domestic-abuse-satisfaction", (893, 1_240))
    assert isinstance(result.current, ShareFound)
    weighted = replace(result.current.share, is_weighted=True)
    said = said_of(replace(result, current=replace(result.current, share=weighted)))

    assert "Answers are weighted, so that they stand for everybody" in said
    assert "worked out from counts" not in said


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ((99, 161), (97, 160), "no clear change from the year before (59%)"),
        # Equal as published says nothing of the exact shares, so they are never "the same".
        ((100, 160), (98, 160), "no clear change from the year before (63%)"),
        # A clear difference too small to show in whole percentages.
        ((504_000, 1_000_000), (496_000, 1_000_000), "no clear change from the year before (50%)"),
    ],
)
def test_shares_inside_chance_are_told_without_a_difference(now, before, words: str) -> None:
    result = share_result("domestic-abuse-satisfaction", now, before)
    change = claims_of(result)[1]

    assert isinstance(change, Change)
    assert f"the whole experience, {words}. About" in said_of(result)
    assert change_words(change) == short_words(change) == words
    assert change_amount(change) == "no clear change"
    assert "the same" not in said_of(result)


def test_two_shares_inside_chance_are_told_once() -> None:
    result = share_result("domestic-abuse-satisfaction", (99, 161), (97, 160))
    level, change = claims_of(result)
    assert isinstance(change, Change)
    baseline = replace(
        change, comparator=replace(change.comparator, kind="baseline", period=BASELINE_YEAR)
    )

    assert (
        "the whole experience, no clear change from the year before (59%) or the June 2019 "
        "baseline (59%). About 160" in sentences(result.measure, (level, change, baseline))
    )


def test_those_who_chose_to_answer_speak_for_themselves_only() -> None:
    said = said_of(share_result("rape-satisfaction", (700, 1_000), (300, 1_000)))

    assert said.startswith("Of the people who chose to answer the survey of rape survivors")
    assert "In the year ending November 2021 it was 30%." in said
    assert "speaks for them and for nobody else" in said
    assert "likely to be" not in said


def test_synthetic_answers_say_so() -> None:
    said = said_of(share_result("hate-crime-satisfaction", (40, 80), is_synthetic=True))

    assert said.endswith("This rests on synthetic answers: a program made them, nobody gave them.")


def test_few_answers_are_withheld_with_the_reason() -> None:
    assert said_of(share_result("hate-crime-satisfaction", (4, 9))) == (
        "A figure for satisfaction of victims of hate crime is withheld to protect people: about "
        "10 people or fewer, or none, answered in the year ending November 2022."
    )


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (count_result("robbery", 1_310, 1_139), "up 15.0% on the year before"),
        (count_result("robbery", 80, 86), "no clear change from the year before (86)"),
        (count_result("homicide", 40, 12), "up from 12 in the year before"),
        (
            share_result("domestic-abuse-satisfaction", (300, 1_000), (700, 1_000)),
            "down 40 percentage points on the year before",
        ),
    ],
)
def test_a_change_in_few_words(result: Result, words: str) -> None:
    claim = claims_of(result)[1]

    assert isinstance(claim, Change)
    assert short_words(claim) == words


def test_claims_carry_their_numbers() -> None:
    level, change, missing = claims_of(count_result("robbery", 1_310, 1_139))

    assert isinstance(level, Level)
    assert isinstance(change, Change)
    assert isinstance(missing, NoData)
    assert change.change == count_result("robbery", 1_310, 1_139).comparisons[0].change
    assert (missing.comparator, missing.is_withheld) == ("baseline", False)


COUNTS = st.none() | st.integers(0, 30_000)


@given(st.sampled_from([m.slug for m in definitions().measures if m.count]), COUNTS, COUNTS, COUNTS)
def test_every_sentence_keeps_the_rules_of_numbers(
    slug: str, now: int | None, before: int | None, baseline: int | None
) -> None:
    said = said_of(count_result(slug, now, before, baseline))

    assert said.endswith(".")
    # L02: a direction word never goes with a sign. L04: thousands have a comma.
    assert not re.search(r"[+-]\d", said)
    assert all(re.fullmatch(r"20\d\d", run) for run in re.findall(r"\d{4,}", said))
    # No sentence begins with a numeral.
    assert not re.search(r"(^|\. )\d", said)


@given(st.integers(0, 30_000), st.integers(0, 30_000))
def test_the_words_say_the_difference_that_the_counts_have(now: int, before: int) -> None:
    claim = claims_of(count_result("robbery", now, before))[1]
    assert isinstance(claim, Change)
    words = change_words(claim)

    if now == before:
        assert words == "the same as the year before"
    else:
        assert words.startswith(f"{'up' if now > before else 'down'} {abs(now - before):,} ")

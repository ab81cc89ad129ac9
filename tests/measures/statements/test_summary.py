"""The sentences that open a statement."""

from measures.statements.summary import MOST_SENTENCES, summary
from tests.factories.results import count_result, share_result

VIOLENCE = count_result("violence-with-injury", 18_212, 17_119, 20_241)
ROBBERY = count_result("robbery", 1_310, 1_139, 1_982)
CYBER = count_result("cyber-organisations", 80, 86)
NONE = count_result("knife", None)


def test_three_measures_and_what_is_missing() -> None:
    assert summary((NONE, ROBBERY, CYBER, VIOLENCE), area_name="Kent Police") == (
        "In the year ending November 2022 the police in Kent recorded 18,212 offences of violence "
        "with injury: up 6.4% on the year before, but 10.0% below the June 2019 baseline.",
        "They recorded 1,310 robbery offences: up 15.0% on the year before, but 33.9% below the "
        "June 2019 baseline.",
        "They recorded 80 online offences with an organisation as their victim: no clear change "
        "from the year before (86).",
        "No figure can be given yet for 1 of the 4 measures; the reason stands with each.",
    )


def test_two_changes_of_one_direction_are_joined_by_and() -> None:
    [sentence] = summary((count_result("robbery", 500, 1_000, 2_000),), area_name="Kent")

    assert "down 50.0% on the year before and 75.0% below the June 2019 baseline." in sentence


def test_two_changes_inside_chance_are_told_once() -> None:
    [sentence] = summary((count_result("robbery", 100, 90, 110),), area_name="Kent")

    assert sentence.endswith(
        "100 robbery offences: no clear change from the year before (90) or the June 2019 "
        "baseline (110)."
    )


def test_a_share_says_that_it_is_synthetic() -> None:
    shares = share_result("domestic-abuse-satisfaction", (893, 1_240), is_synthetic=True)

    assert summary((shares,), area_name="Kent") == (
        "Of the people who answered the domestic abuse survey in the year ending November 2022, "
        "72% were satisfied with the whole experience (synthetic answers).",
    )


def test_never_more_than_four() -> None:
    shares = share_result("domestic-abuse-satisfaction", (893, 1_240))
    hate = share_result("hate-crime-satisfaction", (93, 140))

    assert (
        len(summary((VIOLENCE, ROBBERY, CYBER, shares, hate), area_name="Kent")) == MOST_SENTENCES
    )


def test_nothing_known_is_one_sentence() -> None:
    assert summary((NONE,), area_name="Kent") == (
        "No figure can be given yet for the measure; the reason stands with each.",
    )

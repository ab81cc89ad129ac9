"""Whether figures of two versions may be joined, and why not."""

import pytest

from surveys.definitions.compare import Comparison, comparable, compare
from surveys.definitions.loader import load_definition
from tests.factories.surveys import SMALL, changed, small_definition

EARLIER = small_definition()
SCREEN_OUT = "end_if: [{when: {area: {is: north}}, outcome: screen-out, say: {en: Sorry}}]"
NEW_PAGE = "  - questions: [{name: new, kind: yes-no, ask: {en: Is it new?}}]\n"


@pytest.mark.parametrize(
    ("changes", "field", "expected"),
    [
        ({"Overall, how was it?": "overall how was it"}, "overall", Comparison(True, "")),
        ({"max: 20": "max: 30"}, "calls", Comparison(True, "max: more answers are taken")),
        ({"max: 20": "max: 30"}, "overall", Comparison(True, "")),
        (
            {"Did you report it?": "Did you tell us?"},
            "reported",
            Comparison(False, "question reworded"),
        ),
        # Who is asked is decided by an answer to what is another question now.
        (
            {"Did you report it?": "Did you tell us?"},
            "calls",
            Comparison(False, "who is asked hangs on reported: question reworded"),
        ),
        (
            {"        sensitive: true\n": f"        sensitive: true\n    {SCREEN_OUT}\n"},
            "words",
            Comparison(False, "other people leave before it"),
        ),
        (
            {"design: probability": "design: census"},
            "area",
            Comparison(False, "people come to answer in another way"),
        ),
        ({"version: 1": "version: 2"}, "gone", Comparison(False, "gone is no longer asked")),
        (
            {"breakdowns:": f"{NEW_PAGE}breakdowns:"},
            "new",
            Comparison(False, "new is asked for the first time"),
        ),
    ],
)
def test_comparable(changes, field, expected):
    assert comparable(EARLIER, small_definition(**changes), field) == expected


def test_screening_question_that_means_something_else_brings_other_people():
    screened = {"        sensitive: true\n": f"        sensitive: true\n    {SCREEN_OUT}\n"}
    before = small_definition(**screened)
    after = small_definition(**screened, **{"Where do you live?": "Where do you work?"})
    # Who is screened out is not stored at all, so it bears on every question.
    for field in ("overall", "words"):
        assert comparable(before, after, field) == Comparison(
            False, "who is asked hangs on area: question reworded"
        )


def test_who_finishes_is_not_screened_out_any_more():
    say = "say: {en: Sorry}"
    screening = f"    end_if: [{{when: {{new: {{is: yes}}}}, outcome: screen-out, {say}}}]\n"
    finishing = "    end_if: [{when: {area: {is: north}}, outcome: finish}]\n"
    last = {"breakdowns:": f"{NEW_PAGE}{screening}breakdowns:"}
    first = {"        sensitive: true\n": f"        sensitive: true\n{finishing}"}
    told = comparable(small_definition(**last), small_definition(**last, **first), "area")
    assert told == Comparison(False, "other people leave before it")
    # With nobody to be screened out later, the first page is answered by the same people.
    assert comparable(EARLIER, small_definition(**first), "area") == Comparison(True, "")


def test_another_design_is_told_once():
    after = small_definition(**{"design: probability": "design: census"})
    assert comparable(EARLIER, after, "calls") == Comparison(
        False, "people come to answer in another way"
    )


def test_comparable_net():
    wider = small_definition(
        **{"list: satisfaction, codes: [1]": "list: satisfaction, codes: [1, 2]"}
    )
    assert comparable(EARLIER, wider, "overall").is_comparable
    assert comparable(EARLIER, wider, "overall", net="satisfied") == Comparison(
        False, "the net satisfied has other codes"
    )


WHY = 'continuity: {overall: "asked both ways in a pilot"}\nstrata:'


@pytest.mark.parametrize(
    "labels",
    [
        # Reversed; one takes what another had; two become the same but for capitals.
        {"Completely satisfied": "Completely dissatisfied.", "Neither": "Between"},
        {"{en: Neither}": "{en: Middling}", "Completely satisfied": "Neither"},
    ],
)
def test_no_reason_speaks_for_labels_that_change_places(labels):
    after = load_definition(changed(SMALL, {**labels, "strata:": WHY}), draft=True)
    broken = [c for c in compare(EARLIER, after) if c.kind == "breaking"]
    assert broken
    assert not comparable(EARLIER, after, "overall").is_comparable


def test_reason_carried_along_says_nothing_of_later_changes():
    first = load_definition(changed(SMALL, {"strata:": WHY}))
    words = {"Overall, how was it?": "Overall, how bad was it?"}
    stale = load_definition(changed(SMALL, {"strata:": WHY, **words}))
    assert not comparable(first, stale, "overall").is_comparable
    fresh = load_definition(changed(SMALL, {"strata:": WHY.replace("pilot", "trial"), **words}))
    assert "asked both ways in a trial" in comparable(first, fresh, "overall").reason

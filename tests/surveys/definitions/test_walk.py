"""Endings, computed codes, offered options and parts of questions, on one person's path."""

from datetime import date

import pytest

from surveys.definitions.counters import cells, counted_cells, groups_of
from surveys.definitions.journey import walk
from surveys.definitions.loader import load_definition
from surveys.responses.answers import clean_answers
from tests.factories.larger import LARGER as LARGER_TEXT
from tests.factories.larger import larger_definition
from tests.factories.surveys import changed

TODAY = date(2026, 11, 22)
LARGER = larger_definition()


def pages(**answers):
    return [stop.number for stop in walk(LARGER, answers).stops]


def cleaned(**answers):
    return clean_answers(LARGER, answers, today=TODAY)


def test_screen_out_ends_the_path_and_stores_nothing():
    walked = walk(LARGER, {"adult": "no", "county": "kent"})
    assert [stop.number for stop in walked.stops] == [1]
    assert walked.ending.outcome == "screen-out"
    assert walked.answers == {"adult": "no"}
    assert cleaned(adult="no").stores_nothing


def test_unanswered_does_not_end_the_path():
    assert walk(LARGER, {}).ending is None
    assert not cleaned().stores_nothing


def test_finish_asks_no_more_and_stores():
    answers = {"county": "kent", "towns": ["dover", "deal"], "visits": 60, "last": "words"}
    found = cleaned(**answers)
    assert found.ending.outcome == "finish"
    assert not found.stores_nothing
    assert "last" not in found.answers
    assert found.dropped == 1


def test_computed_code_is_the_first_case_that_holds():
    assert walk(LARGER, {"county": "kent", "towns": ["dover", "deal"]}).answers["knows"] == "well"
    assert walk(LARGER, {"county": "kent", "towns": ["dover"]}).answers["knows"] == "a-little"
    assert "knows" not in walk(LARGER, {"county": "kent", "towns": ["none"]}).answers


def test_page_of_computed_codes_is_no_stop():
    assert pages(county="kent", towns=["dover"]) == [1, 2, 3, 6]
    assert pages(county="kent", towns=["dover", "deal"]) == [1, 2, 3, 5, 6]


def test_computed_code_is_counted_and_breaks_down():
    answers = walk(LARGER, {"county": "kent", "towns": ["dover"]}).answers
    assert "knows=a-little" in counted_cells(LARGER, answers)
    assert groups_of(LARGER, answers, channel="web") == ("", "knows=a-little")


def test_nobody_may_send_a_computed_code():
    assert cleaned(knows="well").wrong["knows"].reason == "not-a-question"


def test_only_offered_options_are_on_the_page():
    third = walk(LARGER, {"county": "kent"}).stops[2].questions[0]
    assert third.codes == ("dover", "deal", "none")


def test_option_that_is_not_offered_is_dropped():
    found = cleaned(county="surrey", towns=["dover", "woking"])
    assert not found.wrong
    assert found.answers["towns"] == ["woking"]
    only = cleaned(county="surrey", towns=["dover"])
    assert "towns" not in only.answers
    assert only.dropped == 1


def test_required_answer_that_is_not_offered_is_no_answer():
    must = larger_definition(
        **{
            "- name: towns\n": "- name: towns\n        required: true\n",
            "code: none, label: {en: None of these}, exclusive: true": (
                "missing: dont-know, label: {en: No}"
            ),
        }
    )
    found = clean_answers(must, {"county": "surrey", "towns": ["dover"]}, today=TODAY)
    assert found.wrong["towns"].reason == "required"
    found = clean_answers(must, {"county": "surrey", "towns": ["dover", "woking"]}, today=TODAY)
    assert not found.wrong


def test_what_is_left_of_an_answer_is_looked_at_again():
    text = changed(
        LARGER_TEXT,
        {"- name: towns\n": "- name: towns\n        valid_if: {towns: {count: {ge: 2}}}\n"},
    )
    must = load_definition(text, draft=True)
    found = clean_answers(must, {"county": "surrey", "towns": ["dover", "woking"]}, today=TODAY)
    assert found.wrong["towns"].reason == "not-valid"
    assert found.dropped == 1


def test_ranking_without_one_of_its_codes_is_no_ranking():
    ranking = larger_definition(
        **{
            "kind: choices\n": "kind: ranking\n",
            "label: {en: None of these}, exclusive: true": "label: {en: No}",
        }
    )
    found = clean_answers(ranking, {"county": "surrey", "towns": ["dover", "woking"]}, today=TODAY)
    assert "towns" not in found.answers
    assert found.dropped == 1


def test_words_beside_an_option_are_kept_only_where_it_was_chosen():
    words = {"county.other": "Sussex"}
    assert cleaned(county="other", **words).answers["county.other"] == "Sussex"
    dropped = cleaned(county="kent", **words)
    assert "county.other" not in dropped.answers
    assert dropped.dropped == 1


def test_words_beside_an_option_have_a_counter_of_their_own():
    assert "county.other" in cells(LARGER)
    assert "county=other" in cells(LARGER)


def test_answer_that_can_not_be_right_is_refused_in_the_surveys_words():
    found = cleaned(county="kent", towns=["dover", "deal"], visits=1)
    assert found.wrong["visits"].message("en") == "Two towns need two visits"


def test_missing_code_is_never_out_of_bounds():
    given = {"county": "kent", "towns": ["dover", "deal"], "visits": {"missing": "dont-know"}}
    assert not cleaned(**given).wrong


@pytest.mark.parametrize(
    "answers",
    [
        {"adult": "no", "county": "kent"},
        {"county": "kent", "towns": ["dover", "deal"], "visits": 60, "last": "x"},
        {"county": "surrey", "towns": ["dover", "woking"], "county.other": "x"},
    ],
)
def test_pruning_twice_is_pruning_once(answers):
    once = walk(LARGER, answers).answers
    assert walk(LARGER, once).answers == once

"""Conditions in words, and the way through a form on paper."""

import pytest

from surveys.definitions.conditions import parse_condition
from surveys.definitions.loader import load_definition
from surveys.definitions.surfaces.in_words import Teller
from surveys.definitions.surfaces.numbering import letter_of, numbers
from surveys.definitions.surfaces.paper_routing import lead_of, skips, stretches
from tests.factories.kinds import every_kind
from tests.factories.surveys import small_definition


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"again": {"is": "yes"}}, "you answered “Yes” to question 7"),
        ({"not": {"again": {"is": "yes"}}}, "you gave another answer than “Yes” to question 7"),
        ({"again": {"is": "dont-know"}}, "you answered “I do not know” to question 7"),
        (
            {"reported-by": {"in": ["phone", "online", "desk"]}},
            "you answered “By telephone”, “Online” or “At a police station” to question 2",
        ),
        (
            {"helped-by": {"any_of": ["police", "council"]}},
            "you chose “The police” or “The council” at question 3",
        ),
        (
            {"helped-by": {"all_of": ["police", "council"]}},
            "you chose all of “The police” and “The council” at question 3",
        ),
        ({"helped-by": {"all_of": ["police"]}}, "you chose “The police” at question 3"),
        ({"helped-by": {"is": "nobody"}}, "you chose “Nobody” alone at question 3"),
        (
            {"not": {"helped-by": {"any_of": ["nobody"]}}},
            "you chose something at question 3 but not “Nobody”",
        ),
        ({"helped-by": {"count": {"ge": 2}}}, "you chose 2 or more answers at question 3"),
        ({"helped-by": {"count": {"gt": 2}}}, "you chose more than 2 answers at question 3"),
        (
            {"not": {"helped-by": {"count": {"ge": 2}}}},
            "you chose fewer than 2 answers at question 3",
        ),
        (
            {"safe": {"ge": 6}},
            "you gave an answer from “6” to “10 – Completely safe” to question 4",
        ),
        ({"safe": {"ge": 9}}, "you answered “9” or “10 – Completely safe” to question 4"),
        ({"treatment.court": {"is": 1}}, "you answered “Satisfied” to question 5b"),
        ({"calls": {"lt": 3}}, "your answer to question 12 is less than 3"),
        ({"not": {"calls": {"lt": 3}}}, "your answer to question 12 is 3 or more"),
        ({"calls": {"between": [2, 5]}}, "your answer to question 12 is from 2 to 5"),
        ({"waited": {"gt": 1.5}}, "your answer to question 14 is more than 1.5"),
        ({"day": {"le": "2022-03-01"}}, "your answer to question 15 is 1 March 2022 or earlier"),
        ({"clock": {"gt": "14:05"}}, "your answer to question 19 is after 2:05pm"),
        ({"words": {"answered": False}}, "you did not answer question 21"),
        (
            {
                "any": [
                    {"again": {"is": "no"}},
                    {"all": [{"safe": {"is": 0}}, {"calls": {"ge": 1}}]},
                ]
            },
            "you answered “No” to question 7, or (you answered “0 – Not at all safe” to "
            "question 4, and your answer to question 12 is 1 or more)",
        ),
        # Nobody is asked what is worked out: it is told by what was asked.
        (
            {"group": {"is": "other"}},
            "you gave another answer than “By telephone”, “Online” or “At a police station” to "
            "question 2",
        ),
        # Who said which answer has answered.
        (
            {"all": [{"again": {"answered": True}}, {"again": {"is": "no"}}]},
            "you answered “No” to question 7",
        ),
    ],
)
def test_condition_in_words(condition, words):
    told = Teller(every_kind(), "en").in_words(parse_condition(condition))
    assert told == f"Only if {words}"


def test_numbers_are_those_on_paper():
    found = numbers(every_kind())
    assert "hello" not in found
    assert "group" not in found
    assert (found["agreed"], found["treatment"], found["treatment.support"]) == ("1", "5", "5c")
    assert found["reported-by.other"] == found["reported-by"]


@pytest.mark.parametrize(("position", "letter"), [(0, "a"), (25, "z"), (26, "aa"), (52, "ba")])
def test_rows_beyond_the_alphabet_have_two_letters(position, letter):
    assert letter_of(position) == letter


def test_pages_of_one_condition_stand_under_one_lead():
    definition = load_definition(TWO_PAGES)
    leads = [(len(s.pages), s.lead) for s in stretches(Teller(definition, "en"))]
    lead = "Answer questions 2 to 3 only if you answered “Yes” to question 1."
    assert leads == [(1, None), (2, lead), (1, None)]


def test_answer_says_where_to_go_on():
    definition = load_definition(TWO_PAGES)
    teller = Teller(definition, "en")
    assert skips(definition.by_name["first"], teller) == {"no": "4"}
    # Whether question 4 is asked depends on another answer too.
    assert skips(definition.by_name["second"], teller) == {}


def test_last_answer_leads_to_the_end():
    definition = load_definition(TWO_PAGES.replace("{first: {is: yes}}", "{first: {is: no}}"))
    text = TWO_PAGES.partition("  - questions:\n      - {name: fourth")[0]
    ends = load_definition(text)
    assert skips(ends.by_name["first"], Teller(ends, "en")) == {"no": None}
    assert skips(definition.by_name["first"], Teller(definition, "en")) == {"yes": "4"}


def test_question_of_its_own_condition_has_a_lead():
    definition = small_definition()
    lead = lead_of(definition.by_name["calls"], Teller(definition, "en"))
    assert lead == "Answer this only if you answered “Yes” to question 4."


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"area": {"is": "north"}}, "Dim ond os gwnaethoch chi ateb “North” i gwestiwn 1"),
        (
            {"calls": {"ge": 3}},
            "Dim ond os yw eich ateb i gwestiwn 6 yn 3 neu fwy",
        ),
        (
            {"reasons": {"count": {"ge": 2}}},
            "Dim ond os gwnaethoch chi ddewis 2 neu fwy o atebion yng nghwestiwn 3",
        ),
        (
            {"when": {"lt": "2022-11"}},
            "Dim ond os yw eich ateb i gwestiwn 7 cyn Tachwedd 2022",
        ),
    ],
)
def test_condition_in_welsh(condition, words):
    assert Teller(small_definition(), "cy").in_words(parse_condition(condition)) == words


TWO_PAGES = """
survey: two
version: 1
title: {en: Two}
policy: open
design: census
discreet: false
minutes: 1
languages: [en]
start: {en: Start}
done: {en: Done}
pages:
  - questions:
      - {name: first, kind: yes-no, ask: {en: First?}}
  - show_if: {first: {is: yes}}
    questions:
      - {name: second, kind: yes-no, ask: {en: Second?}}
  - show_if: {first: {is: yes}}
    questions:
      - {name: third, kind: yes-no, ask: {en: Third?}}
  - questions:
      - {name: fourth, kind: yes-no, ask: {en: Fourth?}}
"""

"""Parts of a survey that nobody comes to, and conditions that decide nothing: what is told."""

from typing import Any

import pytest

from surveys.definitions import reach
from tests.factories.checked import after, ask, options, page, told
from tests.factories.small_routes import WORDS, definition_of

FINISH = {"outcome": "finish"}
NO_ANSWERS = "no answers make this condition true"
NOBODY = "nobody who comes this far can have given the answers that this asks for"


def ends(*whens: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"when": when, **FINISH} for when in whens]


@pytest.mark.parametrize(
    "condition",
    [
        {"all": [{"how": {"is": "phone"}}, {"how": {"is": "online"}}]},
        {"all": [{"calls": {"lt": 3}}, {"calls": {"ge": 3}}]},
        {"calls": {"gt": 9}},
        {"all": [{"why": {"all_of": ["fear", "harm"]}}, {"why": {"count": {"lt": 2}}}]},
        {"why": {"count": {"gt": 3}}},
        {"all": [{"when": {"gt": "2022-03"}}, {"when": {"lt": "2022-04"}}]},
        {"all": [{"at": {"gt": "09:59"}}, {"at": {"lt": "10:00"}}]},
        {"all": [{"how": {"answered": False}}, {"not": {"how": {"is": "phone"}}}]},
        {"all": [{"how": {"is": "prefer-not-to-say"}}, {"how": {"answered": False}}]},
        {"all": [{"grid.police": {"lt": 2}}, {"grid.police": {"is": 2}}]},
    ],
)
def test_contradictory_condition(condition):
    definition = after(page(ask("then", show_if=condition), ask("other"), show_if=condition))
    # The question goes without saying where the page does.
    assert told(definition) == [
        f"publication at pages.1.show_if: {NO_ANSWERS}, so page 2 is never shown"
    ]


@pytest.mark.parametrize(
    "condition",
    [
        {"all": [{"calls": {"gt": 2}}, {"calls": {"lt": 4}}]},
        {"all": [{"when": {"ge": "2022-03"}}, {"when": {"lt": "2022-04"}}]},
        {"all": [{"why": {"any_of": ["fear"]}}, {"not": {"why": {"any_of": ["harm", "loss"]}}}]},
        {"all": [{"how": {"answered": True}}, {"not": {"how": {"in": ["phone", "online"]}}}]},
    ],
)
def test_narrow_condition_that_somebody_meets(condition):
    assert told(after(page(ask("then"), show_if=condition))) == []


def test_question_option_case_and_ending_that_nobody_comes_to():
    by_phone, online = {"how": {"is": "phone"}}, {"how": {"is": "online"}}
    definition = after(
        page(
            ask("never", show_if=online),
            ask("some", options=[*options("x", show_if=online), *options("y")]),
            show_if=by_phone,
            end_if=ends(online, {"some": {"is": "x"}}),
        ),
        page(
            ask(
                "sum",
                "computed",
                cases=[
                    {"code": "one", "label": WORDS, "when": {"calls": {"ge": 1}}},
                    {"code": "two", "label": WORDS, "when": {"calls": {"ge": 2}}},
                ],
            ),
            ask("last"),
        ),
    )
    at = "publication at pages.1."
    assert told(definition) == [
        f"{at}questions.0.show_if: {NOBODY}, so never is never asked",
        f"{at}questions.1.options.0.show_if: {NOBODY}, so the option 'x' of some is never offered",
        f"{at}end_if.0.when: {NOBODY}, so the survey never ends here",
        f"{at}end_if.1.when: {NOBODY}, so the survey never ends here",
        f"publication at pages.2.questions.0.cases.1.when: {NOBODY}, so the case 'two' of sum "
        "never applies",
    ]


def test_page_behind_an_ending_for_the_same_people():
    by_phone = {"how": {"is": "phone"}}
    definition = after(
        page(ask("then"), end_if=ends(by_phone)), page(ask("more"), show_if=by_phone)
    )
    assert told(definition) == [
        f"publication at pages.2.show_if: {NOBODY}, so page 3 is never shown"
    ]


def test_answer_that_is_hidden_opens_nothing():
    definition = after(
        page(ask("detail", options=options("a", "b")), show_if={"how": {"is": "phone"}}),
        page(
            ask("last"),
            show_if={"all": [{"detail": {"is": "a"}}, {"how": {"is": "online"}}]},
        ),
    )
    assert told(definition) == [
        f"publication at pages.2.show_if: {NOBODY}, so page 3 is never shown"
    ]


@pytest.mark.parametrize(
    ("condition", "pages", "expected"),
    [
        (
            {"any": [{"how": {"answered": True}}, {"how": {"answered": False}}]},
            2,
            "publication at pages.1.end_if: nobody gets past page 2: pages 3 to 4 are never shown",
        ),
        (
            {"any": [{"how": {"answered": True}}, {"how": {"answered": False}}]},
            1,
            "publication at pages.1.end_if: nobody gets past page 2: page 3 is never shown",
        ),
    ],
)
def test_ending_that_is_for_everybody(condition, pages, expected):
    more = [page(ask(f"more{i}", show_if={"how": {"is": "phone"}})) for i in range(pages)]
    assert told(after(page(ask("then"), end_if=ends(condition)), *more)) == [expected]


def test_ending_of_the_last_page_that_leaves_nobody_for_the_end():
    whens = [{"then": {"answered": True}}, {"then": {"answered": False}}]
    out = [{"when": when, "outcome": "screen-out", "say": WORDS} for when in whens]
    everybody = "everybody who comes this far leaves here: nobody gets to the end"
    assert told(after(page(ask("then"), end_if=out))) == [
        f"publication at pages.1.end_if: {everybody}"
    ]
    assert told(after(page(ask("then"), end_if=ends(*whens)))) == [
        f"advice at pages.1.end_if: {everybody}"
    ]


def test_condition_that_is_true_for_everybody():
    by_phone = {"how": {"is": "phone"}}
    always = "this condition is true for everybody who comes here: leave it out"
    definition = after(
        page(
            ask("then", show_if=by_phone),
            ask("some", options=[*options("x", show_if=by_phone), *options("y")]),
            show_if=by_phone,
        )
    )
    assert told(definition) == [
        f"advice at pages.1.questions.0.show_if: {always}",
        f"advice at pages.1.questions.1.options.0.show_if: {always}",
    ]
    # A skipped question is unknown, so this is no such condition.
    either = {"any": [{"how": {"is": "phone"}}, {"not": {"how": {"is": "phone"}}}]}
    assert told(after(page(ask("then"), show_if=either))) == []


def test_question_that_offers_some_people_nothing():
    offered = [
        *options("x", show_if={"how": {"is": "phone"}}),
        *options("y", show_if={"how": {"is": "online"}}),
    ]
    told_of = told(after(page(ask("then", options=offered))))
    assert told_of == [
        "publication at pages.1.questions.0: then offers some people nothing: leave one option "
        "always"
    ]
    answered = {"how": {"in": ["phone", "online"]}}
    assert told(after(page(ask("then", options=offered, show_if=answered)))) == []


def test_option_of_a_named_list_is_told_where_it_stands():
    lists = {
        "l": [
            *options("x", show_if={"how": {"is": "z"}}),
            *options("w", show_if={"calls": {"gt": 9}}),
            *options("y"),
        ]
    }
    one = {"name": "one", "kind": "choice", "ask": WORDS, "list": "l"}
    definition = after(page(one), page({**one, "name": "two"}), lists=lists)
    assert told(definition) == [
        "error at lists.l.0.show_if: how has no code 'z': it has phone, online, prefer-not-to-say",
        *(
            f"publication at lists.l.1.show_if: {NO_ANSWERS}, so the option 'w' of {name} is never "
            "offered"
            for name in ("one", "two")
        ),
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            {"n": {"gt": 9}},
            "publication at pages.0.questions.0.valid_if: n: no answer is right by this rule",
        ),
        (
            {"n": {"ge": 0}},
            "advice at pages.0.questions.0.valid_if: n: this rule refuses no answer: leave it out",
        ),
    ],
)
def test_rule_of_a_question_that_takes_all_answers_or_none(rule, expected):
    definition = definition_of([page(ask("n", "whole-number", valid_if=rule, valid_says=WORDS))])
    assert told(definition) == [expected]


def test_what_would_take_too_long_is_advice_and_hangs_nobody(monkeypatch):
    monkeypatch.setattr(reach, "MOST_STEPS_EACH", 1)
    both = {"all": [{"how": {"is": "phone"}}, {"calls": {"lt": 3}}]}
    undecided = "advice at pages.1.show_if: whether anybody comes here could not be decided: "
    assert told(after(page(ask("then"), show_if=both))) == [
        f"{undecided}there are too many combinations of answers to try"
    ]
    codes = [f"c{i}" for i in range(20)]
    many = page(ask("many", "choices", options=options(*codes)))
    rest = [{"many": {"any_of": codes[i:]}} for i in range(20)]
    assert told(definition_of([many, page(ask("then"), show_if={"all": rest})])) == [
        f"{undecided}many has too many combinations of options to try"
    ]


def test_broken_condition_is_told_once_and_taken_for_possible():
    definition = after(
        page(ask("then"), show_if={"how": {"is": "letter"}}),
        page(ask("last"), show_if={"then": {"is": "a"}}),
    )
    assert told(definition) == [
        "error at pages.1.show_if: how has no code 'letter': it has phone, online, "
        "prefer-not-to-say"
    ]

"""What stands between a definition and its publication: each bad case with all that is told."""

import pytest

from surveys.definitions.loader import load_definition
from surveys.definitions.places import DefinitionError
from tests.factories.checked import WITHHELD, after, ask, options, page, told
from tests.factories.small_routes import WORDS, definition_of

AT = "error at pages.1.show_if: "


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ({"hwo": {"is": "phone"}}, "no question is called 'hwo': did you mean 'how'?"),
        ({"zzz": {"is": "phone"}}, "no question is called 'zzz'"),
        ({"then": {"is": "a"}}, "'then' is not on an earlier page: conditions look back only"),
        ({"grid": {"is": "1"}}, "'grid' asks for several things: test one, such as 'grid.police'"),
        ({"read": {"answered": True}}, "'read' asks nothing that could be tested"),
        (
            {"write": {"answered": True}},
            "write is how to reach somebody: it is never kept where answers are",
        ),
        (
            {"how": {"is": "letter"}},
            "how has no code 'letter': it has phone, online, prefer-not-to-say",
        ),
        (
            {"calls": {"is": 3}},
            "calls has no code 3: it has none; a whole-number is compared by lt, le, gt, ge, "
            "between",
        ),
        (
            {"how": {"ge": 3}},
            "how ge 3: expected a number or date to compare, and how is choice",
        ),
        (
            {"when": {"ge": "2022"}},
            "when ge '2022': expected a number or date to compare, here a real date like 2018-01",
        ),
        ({"at": {"lt": "25:00"}}, "at lt '25:00': expected a time like 14:05, in quotes"),
        # Digits of another script, which no answer has.
        (
            {"at": {"lt": "\u0661\u0664:\u0661\u0665"}},
            "at lt '\u0661\u0664:\u0661\u0665': expected a time like 14:05, in quotes",
        ),
        ({"calls": {"lt": "x"}}, "calls lt 'x': expected a number to compare"),
        ({"calls": {"between": [5, 2]}}, "calls between [5, 2]: expected the smaller bound first"),
        (
            {"how": {"count": {"ge": 2}}},
            "how: `count` is for the kind choices, and this is choice",
        ),
        (
            {"how": {"equals": "phone"}},
            "unknown operator 'equals' for how: expected is, in, any_of, all_of, lt, le, gt, ge, "
            "between, answered, count",
        ),
    ],
)
def test_condition_that_can_not_be_meant(condition, message):
    assert told(after(page(ask("then"), show_if=condition))) == [AT + message]


def test_conditions_of_all_places_are_looked_at():
    later = {"last": {"answered": True}}
    definition = after(
        page(
            ask("a", show_if=later),
            ask("b", options=[*options("x", show_if=later), *options("y")]),
            ask("c", "computed", cases=[{"code": "k", "label": WORDS, "when": later}]),
            ask("d", "whole-number", valid_if=later),
            show_if=later,
            end_if=[{"when": later, "outcome": "finish"}],
        ),
        page(ask("last")),
    )
    look_back = "'last' is not on an earlier page: conditions look back only"
    assert sorted(told(definition)) == sorted(
        [
            f"error at pages.1.show_if: {look_back}",
            f"error at pages.1.end_if.0.when: {look_back}",
            f"error at pages.1.questions.0.show_if: {look_back}",
            f"error at pages.1.questions.1.options.0.show_if: {look_back}",
            f"error at pages.1.questions.2.cases.0.when: {look_back}",
            "error at pages.1.questions.3.valid_if: 'last' is another question: `valid_if` looks "
            "at its own answer, 'd'",
        ]
    )


def test_ending_may_look_at_its_own_page_and_a_question_may_not():
    own = {"then": {"is": "a"}}
    definition = after(
        page(ask("then"), end_if=[{"when": own, "outcome": "finish"}]), page(ask("x"))
    )
    assert told(definition) == []


@pytest.mark.parametrize(
    ("pages", "more", "expected"),
    [
        (
            [page(ask("q")), page(ask("q"))],
            {},
            ["error at pages.1.questions.0.name: a question is called 'q' already"],
        ),
        (
            [page(ask("Age"), ask("age"))],
            {},
            [
                "advice at pages.0.questions.1.name: age and Age differ in capitals only: many "
                "tools mix them up"
            ],
        ),
        (
            [page(ask("a.b")), page(ask("not"))],
            {},
            [
                "error at pages.0.questions.0.name: 'a.b' has a dot, which parts a question from "
                "its rows",
                "error at pages.1.questions.0.name: 'not' is a word of conditions: no question can "
                "have it",
            ],
        ),
        (
            [page(ask("Nonce"), ask("csrfmiddlewaretoken"), ask("language"))],
            {},
            [
                "error at pages.0.questions.0.name: 'Nonce' is a field of our own: no question can "
                "have it",
                "error at pages.0.questions.1.name: 'csrfmiddlewaretoken' is a field of our own: "
                "no question can have it",
            ],
        ),
        (
            [page(ask("q", options=options("a", "a")))],
            {},
            ["error at pages.0.questions.0: q: the code 'a' stands twice"],
        ),
        (
            [page(ask("q", list="l", options=None))],
            {"lists": {"l": options("a", "b", "a")}},
            ["error at lists.l: the code 'a' stands twice in the list 'l'"],
        ),
        (
            [
                page(ask("q")),
                page(
                    ask(
                        "c",
                        "computed",
                        cases=[
                            {"code": "k", "label": WORDS, "when": {"q": {"is": "a"}}},
                            {"code": "k", "label": {"en": "Else"}, "when": {"q": {"is": "b"}}},
                        ],
                    )
                ),
            ],
            {},
            [
                "error at pages.1.questions.0.cases.1.label: c: the code 'k' has two labels",
            ],
        ),
        (
            [page(ask("q"))],
            {"continuity": {"gone": "It is the same"}},
            ["error at continuity.gone: no question is called 'gone'"],
        ),
        (
            [page(ask("q"))],
            {"languages": ["en", "en"]},
            ["error at languages: the language 'en' stands twice"],
        ),
    ],
)
def test_names_and_codes(pages, more, expected):
    for questions in pages:
        for question in questions["questions"]:
            if question.get("options", True) is None:
                del question["options"]
    assert told(definition_of(pages, **more)) == expected


def test_nets_breakdowns_and_strata_that_name_nothing():
    definition = definition_of(
        [page({"name": "q", "kind": "choices", "ask": WORDS, "list": "l"})],
        lists={"l": [*options("a", "b"), WITHHELD]},
        nets={
            "one": {"list": "l", "codes": ["a", "a", "z", "prefer-not-to-say"], "label": WORDS},
            "two": {"list": "m", "codes": ["a"], "label": WORDS},
        },
        indicator={"question": "gone", "net": "three"},
        breakdowns=["channel", "q", "channel"],
        strata=["channel"],
    )
    assert told(definition) == [
        "error at nets.one.codes: the list 'l' has no code 'z'",
        "error at nets.one.codes: 'prefer-not-to-say' is a missing code, which stays outside "
        "every share",
        "error at nets.one.codes: the code 'a' stands twice",
        "error at nets.two.list: no list is called 'm'",
        "error at pages.0.questions.0: q takes several codes: a net would count people twice",
        "error at indicator: no question is called 'gone'",
        "error at indicator: no net is called 'three'",
        "error at breakdowns.1: 'q' is no question of which one option is chosen",
        "error at breakdowns: 'channel' stands twice",
        "error at strata.0: 'channel' is no question of which one option is chosen",
    ]


def test_advice_on_contact_where_it_may_be_dangerous():
    assert told(definition_of([page(ask("e", "email"))], discreet=True)) == [
        "advice at pages.0.questions.0: e: somebody else may read what is sent there, and then "
        "knows of this survey: ask on a page of its own whether it is safe to write or call"
    ]
    assert told(definition_of([page(ask("e", "phone"))], policy="sensitive")) == [
        "advice at pages.0.questions.0: e: who gives it is no longer unknown to you, though "
        "answers are kept apart: say so in `purpose`"
    ]


def test_all_mistakes_of_a_file_are_told_at_once_with_their_lines():
    text = """survey: mistakes
version: 1
title: {en: Your views, cy: Eich barn}
policy: open
design: self-selected
discreet: false
minutes: 1
languages: [en, cy]
start: {en: Hello, cy: Helo}
pages:
  - questions:
      - name: how
        kind: choice
        ask: {en: How?, cy: Sut?}
        required: true
        options:
          - {code: a, label: {en: A, cy: A}}
          - {code: b, label: {en: B}}
  - show_if: {all: [{how: {is: a}}, {how: {is: b}}]}
    questions:
      - name: why
        kind: yes-no
        ask: {en: "Why {{what|that}}?", cy: Pam?}
        show_if: {how: {is: c}}
"""
    with pytest.raises(DefinitionError) as error:
        load_definition(text)
    assert [problem.told("1.yaml") for problem in error.value.problems] == [
        "1.yaml: line 1: done: is missing",
        "1.yaml: line 12: how must be answered and offers no missing code as a way out",
        "1.yaml: line 18: pages.0.questions.0.options.1.label: no text in 'cy'",
        "1.yaml: line 19: no answers make this condition true, so page 2 is never shown",
        "1.yaml: line 23: {{what}}: no question is called 'what' (en)",
        "1.yaml: line 24: how has no code 'c': it has a, b",
    ]

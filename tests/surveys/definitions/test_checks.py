"""What stands between a definition and its publication: each bad case with all that is told."""

from typing import Any

import pytest

from surveys.definitions.checks import problems_in
from surveys.definitions.loader import load_definition
from surveys.definitions.places import DefinitionError
from surveys.definitions.schema import Definition
from tests.factories.small_routes import WORDS, definition_of

Data = dict[str, Any]
WITHHELD = {"missing": "prefer-not-to-say", "label": WORDS}
SOMETIMES = {"show_if": {"before": {"is": "a"}}}


def options(*codes: str, **more: Any) -> list[Data]:
    return [{"code": code, "label": {"en": f"Words of {code}"}, **more} for code in codes]


def ask(name: str, kind: str = "choice", **more: Any) -> Data:
    own: Data = {"options": options("a", "b")} if kind in ("choice", "choices") else {}
    own |= {"max": 9} if kind == "whole-number" else {}
    own |= {"purpose": WORDS} if kind in ("email", "phone") else {}
    return {"name": name, "kind": kind, "ask": WORDS, **own, **more}


def page(*questions: Data, **more: Any) -> Data:
    return {"questions": list(questions), **more}


def told(definition: Definition) -> list[str]:
    """Each problem as `level at path: message`."""
    return [
        f"{found.level} at {'.'.join(map(str, found.path))}: {found.message}"
        for found in problems_in(definition)
    ]


def after(*pages: Data, **more: Any) -> Definition:
    """A definition that asks one of each kind first, and then these pages."""
    first = page(
        ask("how", options=[*options("phone", "online"), WITHHELD]),
        ask("why", "choices", options=options("fear", "harm", "loss")),
        ask("calls", "whole-number"),
        ask("when", "date", accepts="month"),
        ask("at", "time"),
        ask("words", "short-text"),
        ask("read", "information"),
        ask("grid", "matrix", rows=[{"code": "police", "label": WORDS}], options=options("1", "2")),
        ask("write", "email"),
    )
    return definition_of([first, *pages], **more)


def shown_if(**condition: Any) -> Definition:
    return after(page(ask("then"), show_if={k.replace("_", "."): v for k, v in condition.items()}))


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


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (
            ask("q", sensitive=True),
            "q is sensitive and offers no `prefer-not-to-say`",
        ),
        (
            ask("q", required=True),
            "q must be answered and offers no missing code as a way out",
        ),
        (
            ask("q", "priorities", required=True, options=options("a", "b", "c")),
            "q must be answered and offers no missing code as a way out, nor an option that stands "
            'alone, such as "None of these" with `exclusive: true`',
        ),
        (
            ask(
                "q",
                "choices",
                required=True,
                options=[*options("a", "b", "c"), *options("none", exclusive=True)],
                valid_if={"q": {"count": {"ge": 2}}},
            ),
            "q must be answered and offers no missing code as a way out, nor an option that stands "
            'alone, such as "None of these" with `exclusive: true`',
        ),
        (
            ask(
                "q",
                "matrix",
                required=True,
                options=options("a", "b"),
                rows=[{"code": "x", "label": WORDS}, {"code": "y", "label": WORDS}],
            ),
            "q must be answered and offers no missing code as a way out: each of its 2 rows forces "
            "a choice",
        ),
        # Offered to some only, it is no way out for the others.
        (
            ask("q", sensitive=True, options=[*options("a", "b"), {**WITHHELD, **SOMETIMES}]),
            "q is sensitive and offers no `prefer-not-to-say`",
        ),
        (
            ask("q", "yes-no", required=True, missing=[{**WITHHELD, **SOMETIMES}]),
            "q must be answered and offers no missing code as a way out",
        ),
        (
            ask(
                "q",
                "choices",
                required=True,
                options=[*options("a", "b", "c"), *options("none", exclusive=True, **SOMETIMES)],
            ),
            "q must be answered and offers no missing code as a way out, nor an option that stands "
            'alone, such as "None of these" with `exclusive: true`',
        ),
        (
            ask(
                "q",
                "money-option",
                options=[
                    {"code": "a", "label": WORDS, "pence": 500},
                    {"code": "b", "label": {"en": "Nothing"}, "pence": 0, **SOMETIMES},
                ],
            ),
            "q: every option costs something, so nobody can say no: add one with `pence: 0` or a "
            "missing code",
        ),
        (
            ask("q", "email", required=True),
            "q must be answered: nobody may be made to say how to reach them",
        ),
        (
            ask(
                "q",
                "money-option",
                options=[{"code": "a", "label": WORDS, "pence": 500}],
            ),
            "q: every option costs something, so nobody can say no: add one with `pence: 0` or a "
            "missing code",
        ),
    ],
)
def test_forced_choice(question, message):
    definition = definition_of([page(ask("before")), page(question)])
    assert told(definition) == [f"publication at pages.1.questions.0: {message}"]


@pytest.mark.parametrize(
    "question",
    [
        ask("q", required=True, sensitive=True, options=[*options("a", "b"), WITHHELD]),
        ask(
            "q",
            "priorities",
            required=True,
            options=[*options("a", "b", "c", "d"), *options("none", exclusive=True)],
        ),
        ask("q", "statements", required=True, rows=[{"code": "x", "label": WORDS}]),
        ask("q", "consent", required=True),
        ask("q", "money-option", options=[{"code": "a", "label": WORDS, "pence": 0}]),
        ask("q", "email", sensitive=True),
    ],
)
def test_a_way_out_is_enough(question):
    assert told(definition_of([page(question)])) == []


def test_missing_translations_of_every_part():
    english, both = {"en": "English"}, {"en": "English", "cy": "Cymraeg"}
    definition = definition_of(
        [
            {
                "title": english,
                "questions": [
                    {
                        "name": "q",
                        "kind": "choice",
                        "ask": english,
                        "hint": english,
                        "options": [
                            {"code": "a", "label": english, "hint": english},
                            {"missing": "dont-know", "label": {"en": "No idea"}},
                        ],
                    },
                    {
                        "name": "n",
                        "kind": "whole-number",
                        "max": 9,
                        "ask": both,
                        "unit": english,
                        "valid_if": {"n": {"ge": 1}},
                        "valid_says": english,
                    },
                    {"name": "e", "kind": "email", "ask": both, "purpose": english},
                    {
                        "name": "m",
                        "kind": "statements",
                        "ask": both,
                        "rows": [{"code": "x", "label": english}],
                    },
                    {
                        "name": "s",
                        "kind": "scale",
                        "ask": both,
                        "points": {"from": 1, "to": 3, "low": english, "high": both},
                    },
                ],
                "end_if": [{"when": {"q": {"is": "a"}}, "outcome": "screen-out", "say": english}],
            },
            {"questions": [{"name": "l", "kind": "choice", "ask": both, "list": "list"}]},
        ],
        languages=["en", "cy"],
        title=both,
        start=english,
        done=both,
        lists={"list": [{"code": "a", "label": english}]},
        nets={"net": {"list": "list", "codes": ["a"], "label": english}},
    )
    missing = [line.removesuffix(": no text in 'cy'") for line in told(definition)]
    assert sorted(line.rpartition(": ")[2] for line in missing) == sorted(
        [
            "start",
            "lists.list.0.label",
            "nets.net.label",
            "pages.0.title",
            "pages.0.questions.0.ask",
            "pages.0.questions.0.hint",
            "pages.0.questions.0.options.0.label",
            "pages.0.questions.0.options.0.hint",
            "pages.0.questions.0.options.1.label",
            "pages.0.questions.1.unit",
            "pages.0.questions.1.valid_says",
            "pages.0.questions.2.purpose",
            "pages.0.questions.3.rows.0.label",
            "pages.0.questions.4.points.low",
            "pages.0.end_if.0.say",
        ]
    )
    assert told(definition)[0] == "publication at start: start: no text in 'cy'"


def test_labels_that_a_kind_brings_along_count():
    arabic = {"en": "English", "ar": "عربي"}
    question = {"name": "q", "kind": "yes-no", "ask": arabic}
    more: Data = {"languages": ["en", "ar"], "title": arabic, "start": arabic, "done": arabic}
    at = "publication at pages.0.questions.0.labels"
    assert told(definition_of([page(question)], **more)) == [
        f"{at}.yes: pages.0.questions.0.labels.yes: no text in 'ar'",
        f"{at}.no: pages.0.questions.0.labels.no: no text in 'ar'",
    ]
    question["labels"] = {"yes": {"ar": "نعم"}, "no": {"ar": "لا"}}
    assert told(definition_of([page(question)], **more)) == []


def test_easy_read_may_borrow_and_its_author_is_told_how_much():
    definition = definition_of([page(ask("q"))], languages=["en", "en-simple"])
    assert told(definition) == [
        "advice at languages.1: 6 of 6 texts have no words in 'en-simple' and are shown in 'en'"
    ]


def test_start_and_done_are_needed_for_publication():
    definition = definition_of([page(ask("q"))], start=None, done=None)
    assert told(definition) == [
        "publication at start: start: is missing",
        "publication at done: done: is missing",
    ]


def test_titles_of_a_discreet_survey_give_nothing_away():
    title = {"en": "Your case", "cy": "Cam-drin"}
    both = {"en": "A", "cy": "B"}
    question = {"name": "q", "kind": "short-text", "ask": both}
    definition = definition_of(
        [page(question, title={"en": "After the assault/attack", "cy": "Wedyn"})],
        title=title,
        discreet=True,
        listed=True,
        languages=["en", "cy"],
        start=both,
        done=both,
    )
    why = "tells what a discreet survey is about: it stands in the browser's tab"
    assert told(definition) == [
        f"publication at title.cy: 'cam-drin' in the title (cy) {why}",
        f"publication at pages.0.title.en: 'assault' in the title (en) {why}",
        f"publication at pages.0.title.en: 'attack' in the title (en) {why}",
        "advice at listed: a discreet survey that is listed can be found by whoever looks at the "
        "site",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "With {{hwo|it}}",
            "error at pages.1.questions.0.ask: {{hwo}}: no question is called 'hwo' (en)",
        ),
        (
            "With {{then|it}}",
            "error at pages.1.questions.0.ask: {{then}}: 'then' is not on an earlier page (en)",
        ),
        (
            "With {{words|it}}",
            "error at pages.1.questions.0.ask: {{words}}: words is short-text: expected one of "
            "which one option is chosen (en)",
        ),
        (
            "With {{why|it}}",
            "error at pages.1.questions.0.ask: {{why}}: why is choices: expected one of which one "
            "option is chosen (en)",
        ),
        (
            "With {{how}}",
            "publication at pages.1.questions.0.ask: {{how}}: expected words for when there is no "
            "answer: {{how|…}} (en)",
        ),
        (
            "With {{how|the way}",
            "publication at pages.1.questions.0.ask: {{ without an end: expected "
            "{{question|words}} (en)",
        ),
    ],
)
def test_pieces_that_can_not_be_filled_in(text, expected):
    assert told(after(page(ask("then", ask={"en": text})))) == [expected]


def test_pieces_where_none_may_stand():
    piece = {"en": "By {{how|it}}"}
    discreet = after(page(ask("then"), title=piece), discreet=True)
    assert (
        "publication at pages.1.title: the title stands in the browser's tab: no answer may be put "
        "into it (en)"
    ) in told(discreet)
    assert told(after(page(ask("then")), done=piece)) == [
        "publication at done: no answer can be put into this text (en)"
    ]
    ending = {"when": {"then": {"is": "a"}}, "outcome": "screen-out", "say": {"en": "{{how|it}}"}}
    assert told(after(page(ask("then"), end_if=[ending]), page(ask("x")))) == [
        "error at pages.1.end_if.0.say: no answer can be put into what is said at an ending: "
        "answers are gone by then (en)"
    ]


def test_pieces_stand_in_rows_and_hints_and_never_in_options():
    piece = {"en": "By {{how|it}}"}
    agreed = ask("agreed", "yes-no", labels={"yes": piece})
    case = {"code": "k", "label": piece, "when": {"how": {"is": "phone"}}}
    own = ask("own", options=[*options("a"), {"code": "b", "label": piece}, WITHHELD])
    number = ask("n", "whole-number", missing=[{"missing": "dont-know", "label": piece}])
    shared = {key: value for key, value in ask("shared").items() if key != "options"}
    refused = after(
        page(own, agreed, number, ask("worked-out", "computed", cases=[case])),
        page(shared | {"list": "l"}),
        lists={"l": [{"code": "a", "label": piece}, *options("b")]},
    )
    why = "no answer can be put into the label of an option: it is shown where no other answer is"
    assert [line for line in told(refused) if line.startswith("error")] == [
        f"error at {path}: {why} (en)"
        for path in (
            "lists.l.0.label",
            "pages.1.questions.0.options.1.label",
            "pages.1.questions.2.missing.0.label",
            "pages.1.questions.3.cases.0.label",
            "pages.1.questions.1.labels.yes",
        )
    ]
    hinted = ask("hinted", options=options("a", "b", hint=piece))
    rows = [{"code": "x", "label": piece}]
    grid = ask("g", "matrix", options=options("a", "b"), rows=rows)
    assert told(after(page(hinted, grid))) == []


def test_advice_on_contact_where_it_may_be_dangerous():
    assert told(definition_of([page(ask("e", "email"))], discreet=True)) == [
        "advice at pages.0.questions.0: e: somebody else may read what is sent there, and then "
        "knows of this survey: ask on a page of its own whether it is safe to write or call"
    ]
    assert told(definition_of([page(ask("e", "phone"))], policy="sensitive")) == [
        "advice at pages.0.questions.0: e: who gives it is no longer unknown to you, though "
        "answers are kept apart: say so in `purpose`"
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            ask("q", "choices", options=options("a", "b", exclusive=True)),
            "publication at pages.0.questions.0: q: every option stands alone: expected the kind "
            "choice",
        ),
        (
            ask("q", "choices", max_choices=1),
            "advice at pages.0.questions.0: q: one can be chosen: the kind choice says so to "
            "everybody",
        ),
        (
            ask(
                "q",
                "choices",
                max_choices=2,
                options=[*options("a", "b"), *options("none", exclusive=True)],
            ),
            "advice at pages.0.questions.0: q: 2 of 2 may be chosen, which limits nobody",
        ),
        (
            ask("q", options=[*options("a"), *options("b", exclusive=True)]),
            "advice at pages.0.questions.0.options.1.exclusive: q: one is chosen, so `exclusive` "
            "says nothing",
        ),
        (
            ask("q", "scale", options=options("1", "2"), order="random"),
            "publication at pages.0.questions.0.order: q: a scale in random order can't be read "
            "as one",
        ),
        (
            ask("q", options=[WITHHELD]),
            "publication at pages.0.questions.0: q offers missing codes only: nothing could be "
            "counted",
        ),
    ],
)
def test_odd_options(question, expected):
    assert told(definition_of([page(question)])) == [expected]


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


def test_areas_have_names_that_can_be_typed():
    areas = [
        {"code": "E07000105", "label": {"en": "Ashford & Tenterden"}},
        {"code": "E07000106", "label": {"en": "Ashford and Tenterden"}},
        {"code": "E07000112", "label": {"en": "x" * 101}},
        WITHHELD,
    ]
    assert told(definition_of([page(ask("home", "place", options=areas))])) == [
        "publication at pages.0.questions.0.options.1.label: home: E07000105 has this name too: "
        "nobody could type it (en)",
        "publication at pages.0.questions.0.options.2.label: home: expected a name of 100 "
        "characters at most (en)",
    ]


@pytest.mark.parametrize(
    ("kind", "more"), [("short-text", {}), ("ranking", {"options": options("a", "b")})]
)
def test_boxes_that_are_always_offered_take_no_condition(kind, more):
    boxes = [{**WITHHELD, **SOMETIMES}]
    with pytest.raises(ValueError, match=r"expected no `show_if` under `missing`"):
        definition_of([page(ask("before")), page(ask("q", kind, missing=boxes, **more))])


@pytest.mark.parametrize("character", ["\x07", "\r", "\x1b", "\x7f", "\x85"])
def test_control_characters_are_in_no_text(character):
    with pytest.raises(ValueError, match=rf"control character U\+{ord(character):04X}"):
        definition_of([page(ask("q", ask={"en": f"Why{character}?"}))])
    assert told(definition_of([page(ask("q", ask={"en": "Why\n\tnot?"}))])) == []


def test_labels_that_nobody_can_tell_apart():
    bad = [{"code": "1", "label": {"en": "Bad"}}, {"code": "2", "label": {"en": " bad"}}]
    some = [{**one, "show_if": {"how": {"is": "phone"}}} for one in bad]
    both = "option 1 and option 2 of {} are both labelled “ bad” in English"
    assert told(after(page(ask("then", options=bad)))) == [
        f"publication at pages.1.questions.0: {both.format('then')}"
    ]
    assert (
        f"publication at lists.marks: {both.format(repr('marks')).replace('of ', 'of the list ')}"
        in (
            told(
                after(
                    page({"name": "then", "kind": "scale", "ask": WORDS, "list": "marks"}),
                    lists={"marks": bad},
                )
            )
        )
    )
    assert not any("both labelled" in line for line in told(after(page(ask("then", options=some)))))


def test_yes_and_no_in_welsh_repeat_the_verb_of_the_question():
    ask_in_welsh = {
        "name": "q",
        "kind": "yes-no",
        "ask": {"en": "Did you?", "cy": "Wnaethoch chi?"},
    }
    own = {"yes": {"cy": "Do"}, "no": {"cy": "Naddo"}}
    languages = {"languages": ["en", "cy"]}
    [advice] = [
        line for line in told(definition_of([page(ask_in_welsh)], **languages)) if "Ie" in line
    ]
    assert advice.startswith("advice at pages.0.questions.0: q: in Welsh its answers are")
    told_of = told(definition_of([page({**ask_in_welsh, "labels": own})], **languages))
    assert not any("in Welsh" in line for line in told_of)

"""What is told of options and ways out: whom a question forces, and what can't be meant."""

import pytest

from tests.factories.checked import SOMETIMES, WITHHELD, ask, options, page, told
from tests.factories.small_routes import WORDS, definition_of


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

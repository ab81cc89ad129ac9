"""What is told of the words of a definition: labels, translations, titles, pieces put in."""

import pytest

from tests.factories.checked import WITHHELD, Data, after, ask, options, page, told
from tests.factories.small_routes import WORDS, definition_of


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

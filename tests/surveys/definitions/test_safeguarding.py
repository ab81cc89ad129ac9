"""Calls for help: which answers and words make them, and what is told of those that can't be."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.definitions.compare import compare
from surveys.definitions.fingerprint import canonical, restore
from surveys.definitions.loader import load_definition
from surveys.definitions.safeguarding import calls_for_help, caused_by, holds, spelled_plainly
from surveys.definitions.schema import Definition
from surveys.definitions.write_yaml import write_yaml
from surveys.definitions.xlsform import read_xlsform, write_xlsform
from tests.factories.checked import after, ask, options, page, told
from tests.factories.guarded import GUARDED
from tests.factories.small_routes import WORDS
from tests.surveys.definitions.test_loading import CONTENT

SAY = {"say": WORDS}


def guarded(*pages: Any, **guard: Any) -> Definition:
    """A definition that asks one of each kind, and whose calls are given."""
    whole = {"anonymous": True, **guard}
    return after(*pages, helplines=["emergency"], safeguarding=whole)


def of_guard(definition: Definition) -> list[str]:
    return [line for line in told(definition) if " at safeguarding" in line]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("he will kill me", "kill me", True),
        ("He'll KILL ME!", "kill me", True),
        ("kill\r\n  me", "kill me", True),
        ("kill, me", "kill me", True),
        ("“kill-me”", "kill me", True),
        ("overkill means nothing", "kill me", False),
        ("kill men", "kill me", False),
        ("skill me", "kill me", False),
        ("I’m not safe", "I'm not safe", True),
        ("im not safe", "I'm not safe", True),
        ("I`m not safe", "im not safe", True),
        ("I\u00b4m not safe", "im not safe", True),
        ("I am quite safe", "I'm not safe", False),
        ("SUICIDE.", "suicide", True),
        ("suicides", "suicide", False),
        ("mewn perygl rŵan", "mewn perygl rŵan", True),
        ("mewn perygl rwan", "mewn perygl rŵan", True),
        ("mae'n bygwth fy lladd i", "fy lladd", True),
        ("self harm", "self-harm", True),
        ("k\u00adill me", "kill me", True),
        ("\uff4bill me", "kill me", True),
        ("أريد أن أَمُوت", "أموت", True),
        ("我不想活了", "不想活", True),
        ("", "kill me", False),
        ("!!!", "…", False),
    ],
)
def test_words_are_found_whole_however_they_are_written(text: str, words: str, expected: bool):
    assert holds(text, (words,)) is expected


@given(st.text())
def test_spelling_plainly_twice_is_spelling_plainly_once(text: str):
    assert spelled_plainly(spelled_plainly(text)) == spelled_plainly(text)


@given(st.text(), st.text(alphabet=" \n\t.,;!?-“”", min_size=1), st.text())
def test_a_phrase_is_found_wherever_it_stands_between_words(before: str, gap: str, behind: str):
    assert holds(f"{before}{gap}kill{gap}me{gap}{behind}", ("kill me",))


CALLS = guarded(
    calls=[
        {"when": {"how": {"is": "phone"}}, **SAY},
        {"when": {"all": [{"how": {"is": "online"}}, {"calls": {"ge": 3}}]}, **SAY},
        {"words_in": ["words"], **SAY},
    ],
    words={"en": ["kill me"]},
)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ({}, {"how": "phone"}, [0]),
        ({"how": "phone"}, {"how": "phone", "calls": 3}, []),
        ({"how": "online"}, {"how": "online", "calls": 3}, [1]),
        ({"how": "online"}, {"how": "online", "calls": 2}, []),
        ({}, {"how": {"missing": "prefer-not-to-say"}}, []),
        ({}, {"words": "He will kill me."}, [2]),
        ({"words": "kill me"}, {"words": "kill me now"}, []),
        ({"words": "well"}, {"words": "kill me"}, [2]),
        ({}, {"how": "phone", "words": "kill me"}, [0, 2]),
        ({}, {}, []),
    ],
)
def test_calls_are_those_that_a_page_made_true(before: Any, now: Any, expected: list[int]):
    assert calls_for_help(CALLS, before, now) == expected


def test_survey_without_safeguarding_has_no_calls():
    assert calls_for_help(after(), {}, {"how": "phone"}) == []


def test_what_made_a_call_is_the_last_field_that_decided():
    answers = {"how": "online", "calls": 3, "words": "kill me"}
    assert caused_by(CALLS, 1, answers) == "calls"
    assert caused_by(CALLS, 2, answers) == "words"
    assert caused_by(CALLS, 0, answers) is None


@pytest.mark.parametrize(
    ("guard", "expected"),
    [
        (
            {"calls": [{"when": {"nobody": {"is": "a"}}, **SAY}]},
            "error at safeguarding.calls.0.when: no question is called 'nobody'",
        ),
        (
            {"calls": [{"when": {"how": {"is": "post"}}, **SAY}]},
            "error at safeguarding.calls.0.when: how has no code 'post'",
        ),
        (
            {"calls": [{"when": {"write": {"answered": True}}, **SAY}]},
            "error at safeguarding.calls.0.when: write is how to reach somebody",
        ),
        (
            {
                "calls": [
                    {"when": {"all": [{"how": {"is": c}} for c in ("phone", "online")]}, **SAY}
                ]
            },
            "publication at safeguarding.calls.0.when: no answers make this condition true, so "
            "nobody can call for help like this",
        ),
        (
            {"calls": [{"words_in": ["how"], **SAY}], "words": {"en": ["a"]}},
            "error at safeguarding.calls.0.words_in.0: how is choice: nobody writes words of",
        ),
        (
            {"calls": [{"words_in": ["word"], **SAY}], "words": {"en": ["a"]}},
            "error at safeguarding.calls.0.words_in.0: no question is called 'word': did you mean "
            "'words'?",
        ),
        (
            {"calls": [{"words_in": ["words", "words"], **SAY}], "words": {"en": ["a"]}},
            "error at safeguarding.calls.0.words_in: 'words' stands twice",
        ),
        (
            {"calls": [{"words_in": ["words"], **SAY}]},
            "publication at safeguarding.words: no words that call for help in 'en'",
        ),
        (
            {"calls": [{"when": {"how": {"is": "phone"}}, **SAY}], "words": {"en": ["a"]}},
            "publication at safeguarding.words: these words are looked for nowhere",
        ),
        (
            {"calls": [{"words_in": ["words"], **SAY}], "words": {"en": ["…"]}},
            "error at safeguarding.words.en.0: '…' has no letters, so it can never be found",
        ),
        (
            {"calls": [{"words_in": ["words"], **SAY}], "words": {"en": ["I'm", "im"]}},
            "advice at safeguarding.words.en: 'im' stands twice, but for case",
        ),
        (
            {"calls": [{"when": {"how": {"is": "phone"}}, "say": {"en": "{{how|so}}"}}]},
            "publication at safeguarding.calls.0.say: no answer can be put into",
        ),
    ],
)
def test_calls_that_are_wrong_are_told(guard: Any, expected: str):
    found = [
        line.replace("error at safeguarding.calls.0.say", "publication at safeguarding.calls.0.say")
        for line in of_guard(guarded(**guard))
    ]
    assert any(line.startswith(expected) for line in found), found


def test_call_that_only_who_left_could_make_is_told():
    leaving = page(
        ask("adult", options=options("yes", "no")),
        end_if=[{"when": {"adult": {"is": "no"}}, "outcome": "screen-out", "say": WORDS}],
    )
    definition = guarded(leaving, calls=[{"when": {"adult": {"is": "no"}}, **SAY}])
    assert "nobody can call for help like this" in of_guard(definition)[0]


def test_call_that_one_of_two_pages_can_make_is_fine():
    second = page(ask("safe", options=options("yes", "no")))
    when = {"any": [{"how": {"is": "phone"}}, {"safe": {"is": "no"}}]}
    assert of_guard(guarded(second, calls=[{"when": when, **SAY}])) == []


def test_calls_need_somebody_who_can_help():
    guard = {"anonymous": True, "calls": [{"when": {"how": {"is": "phone"}}, **SAY}]}
    assert "nobody to name: add `helplines`" in of_guard(after(safeguarding=guard))[0]


def test_own_words_that_are_not_searched_are_pointed_out():
    definition = guarded(
        page(ask("more", "long-text")),
        calls=[{"words_in": ["words"], **SAY}],
        words={"en": ["kill me"]},
    )
    assert of_guard(definition) == [
        "advice at safeguarding.calls: more: what is written there is not searched for calls for "
        "help"
    ]


@pytest.mark.parametrize("extra", [{}, {"when": {"how": {"is": "phone"}}, "words_in": ["words"]}])
def test_call_looks_at_answers_or_at_words(extra: Any):
    with pytest.raises(ValueError, match="expected either `when` or `words_in`"):
        guarded(calls=[{**extra, **SAY}])


def test_missing_translation_of_what_is_said_is_told():
    definition = guarded(
        calls=[{"when": {"how": {"is": "phone"}}, **SAY}],
    ).model_copy(update={"languages": ("en", "cy")})
    assert "publication at safeguarding.calls.0.say: safeguarding.calls.0.say: no text in 'cy'" in (
        of_guard(definition)
    )


def test_definitions_without_safeguarding_keep_their_text():
    assert "safeguarding" not in canonical(after())
    assert "interruption" not in canonical(after())
    assert '"save"' not in canonical(after())


def test_written_restored_and_carried_by_a_spreadsheet_it_is_the_same():
    definition = load_definition(GUARDED)
    assert restore(canonical(definition)) == definition
    assert load_definition(write_yaml(definition)) == definition
    carried = read_xlsform(write_xlsform(definition), file_name="a.xlsx").data
    assert canonical(Definition.model_validate(carried)) == canonical(definition)


def test_changes_of_help_on_the_way_break_nothing():
    before = load_definition(GUARDED)
    later = load_definition(GUARDED.replace("kill me", "hurt me").replace("cope", "be"))
    without = before.model_copy(update={"safeguarding": None})
    assert [(c.kind, c.what) for c in compare(before, later)] == [
        ("cosmetic", "the words that call for help changed"),
        ("cosmetic", "what calls for help, or what is said then, changed"),
    ]
    assert [c.what for c in compare(without, before)] == ["the page of help is new"]
    assert [c.what for c in compare(before, without)] == ["the page of help is no longer shown"]


# What people do write about how they were served.
ORDINARY = (
    "Nobody called me back and I felt let down.",
    "The officer was kind. She believed me and I felt safe.",
    "Tell me what is happening. The waiting was killing me.",
    "He hit me and they did nothing about it for weeks.",
    "I had to tell my story again and again.",
    "It would help to be told when he was let out.",
    "Quicker answers. Skill and training for the call handlers.",
    "Dylen nhw fod wedi fy ffonio'n ôl yn gynt.",
    "Yr hyn sy'n fy nharo i yw pa mor garedig oedd y swyddog.",
    "Roedd y swyddog yn garedig ac fe deimlais i'n ddiogel.",
)
CALLING = (
    "He said hell kill me if I talk to you again",
    "im not safe. please help",
    "I don’t want to live",
    "some days i want to die",
    "Mae e'n bygwth fy lladd i",
    "dwi ddim isio byw",
)


@pytest.mark.parametrize("name", ["domestic-abuse", "hate-crime", "rape"])
def test_words_of_the_built_in_surveys_hear_calls_and_not_complaints(name: str):
    definition = load_definition((CONTENT / name / "1.yaml").read_text(encoding="utf-8"))
    assert definition.safeguarding is not None
    call = next(i for i, c in enumerate(definition.safeguarding.calls) if c.words_in)
    for text in ORDINARY:
        assert calls_for_help(definition, {}, {"better": text}) == [], text
    for text in CALLING:
        assert calls_for_help(definition, {}, {"better": text}) == [call], text

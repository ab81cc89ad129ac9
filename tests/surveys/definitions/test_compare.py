"""What changed between two versions, and what can be compared still."""

import pytest

from surveys.definitions.compare import Comparison, comparable, compare
from surveys.definitions.loader import load_definition
from tests.factories.surveys import SMALL, changed

EARLIER = load_definition(SMALL)
SCREEN_OUT = "end_if: [{when: {area: {is: north}}, outcome: screen-out, say: {en: Sorry}}]"
FIRST = "    - {code: 1, label: {en: Completely satisfied}}\n"
NEITHER = "    - {code: 2, label: {en: Neither}}\n"
SOUTH = "{code: south, label: {en: South}}"
EAST = "\n          - {code: east, label: {en: East}}"
LATEST = "        latest: today\n"
SHOWN = "  - show_if: {overall: {is: 3}}\n    questions:\n      - name: reasons"
FREE = "  - questions:\n      - name: reasons"
NO_IDEA = "    - {missing: dont-know, label: {en: No idea}}\n"
OWN_WORDS = (
    "      - {name: first-name-of-area, kind: short-text, ask: {en: What do you call your area?}}\n"
)
MISSING = "{missing: does-not-apply, label: {en: Does not apply to me}}"
NEW_PAGE = "  - questions: [{name: new, kind: yes-no, ask: {en: Is it new?}}]\n"


def later(**changes):
    return load_definition(changed(SMALL, changes))


def told(**changes):
    """Each change as `kind field: what | before | after`."""
    return [
        f"{c.kind} {c.field or '-'}: {c.what} | {c.before} | {c.after}"
        for c in compare(EARLIER, later(**changes))
    ]


def test_the_same_definition_did_not_change():
    assert compare(EARLIER, load_definition(SMALL)) == ()
    assert told(**{"version: 1": "version: 2"}) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # Cosmetic: nothing that is measured.
        (
            {"Overall, how was it?": "OVERALL: how was it"},
            "cosmetic overall: question: capitals or punctuation changed | Overall, how was it? | "
            "OVERALL: how was it",
        ),
        (
            {"title: {en: Your views}": "title: {en: Your opinions}"},
            "cosmetic -: title reworded | Your views | Your opinions",
        ),
        (
            {"done: {en: Thank you}": "done: {en: Thanks}"},
            "cosmetic -: done reworded | Thank you | Thanks",
        ),
        ({"minutes: 2": "minutes: 3"}, "cosmetic -: how long it takes changed | 2 | 3"),
        (
            {"languages: [en]": "languages: [en]\nhelplines: [emergency]"},
            "cosmetic -: who can help changed |  | emergency",
        ),
        (
            {"ask: {en: When was it?}": "ask: {en: When was it?}\n        hint: {en: About}"},
            "cosmetic when: hint put in |  | About",
        ),
        (
            {"max_length: 50": "max_length: 40"},
            "cosmetic words: how long an answer may be changed | 50 | 40",
        ),
        (
            {"label: {en: Satisfied}}": "label: {en: Content}}"},
            "cosmetic -: net satisfied reworded | Satisfied | Content",
        ),
        # Additive: what was there stays.
        (
            {"breakdowns:": f"{NEW_PAGE}breakdowns:"},
            "additive new: it is asked for the first time |  | Is it new?",
        ),
        (
            {SOUTH: SOUTH + EAST},
            "additive area: the option 'east' is new |  | East",
        ),
        ({"max: 20": "max: 30"}, "additive calls: max: more answers are taken | 20 | 30"),
        (
            {"max_choices: 2": "max_choices: 3"},
            "additive reasons: max_choices: more answers are taken | 2 | 3",
        ),
        (
            {"        latest: today\n": ""},
            "additive when: latest: more answers are taken | today | ",
        ),
        (
            {"nets:": "nets:\n  unhappy: {list: satisfaction, codes: [3], label: {en: No}}"},
            "additive -: the net unhappy is new |  | satisfaction: 3",
        ),
        (
            {"breakdowns: [area,": "breakdowns: [area, reported,"},
            "additive -: the breakdown reported is new |  | reported",
        ),
        # Breaking: another question, other people, or another count.
        (
            {"Overall, how was it?": "All in all, how was it?"},
            "breaking overall: question reworded | Overall, how was it? | All in all, how was it?",
        ),
        (
            {"label: {en: Neither}": "label: {en: In between}"},
            "breaking overall: option '2' reworded | Neither | In between",
        ),
        (
            {NEITHER: ""},
            "breaking overall: the option '2' is no longer offered | Neither | ",
        ),
        (
            {NEITHER: NEITHER + NEITHER.replace("2", "9").replace("Neither", "New")},
            "breaking overall: the option '9' is new |  | New",
        ),
        (
            {
                FIRST: "",
                NEITHER: NEITHER + FIRST,
            },
            "breaking overall: the options stand in another order | 1, 2, 3, does-not-apply "
            "| 2, 1, 3, does-not-apply",
        ),
        (
            {f"    - {MISSING}\n": ""},
            "breaking overall: the missing code 'does-not-apply' is no longer offered: more "
            "people are in the base | Does not apply to me | ",
        ),
        (
            {f"    - {MISSING}\n": f"    - {MISSING}\n{NO_IDEA}"},
            "breaking overall: the missing code 'dont-know' is new: who chooses it leaves "
            "the base |  | No idea",
        ),
        (
            {"kind: scale, list": "kind: choice, list"},
            "breaking overall: it is of another kind | scale | choice",
        ),
        ({"max: 20": "max: 10"}, "breaking calls: max: fewer answers are taken | 20 | 10"),
        (
            {"latest: today": "latest: 2022-11"},
            "breaking when: latest: fewer answers are taken | today | 2022-11",
        ),
        (
            {"accepts: month": "accepts: year"},
            "breaking when: how much of a date is asked for changed | month | year",
        ),
        (
            {"unit: {en: calls}": "unit: {en: times}"},
            "breaking calls: unit reworded | calls | times",
        ),
        (
            {"show_if: {overall: {is: 3}}": "show_if: {overall: {in: [2, 3]}}"},
            "breaking reasons: other people are asked | {overall: {is: 3}} | {overall: {in: "
            "[2, 3]}}",
        ),
        (
            {SHOWN: FREE},
            "breaking reasons: other people are asked | {overall: {is: 3}} | ",
        ),
        (
            {"list: satisfaction, codes: [1]": "list: satisfaction, codes: [1, 2]"},
            "breaking -: the net satisfied has other codes | satisfaction: 1 | satisfaction: 1, 2",
        ),
        (
            {"design: probability": "design: census"},
            "breaking -: people come to answer in another way | probability | census",
        ),
        (
            {"strata: [area, reported]": "strata: [area]"},
            "breaking -: the stratum reported is no longer counted | reported | ",
        ),
        (
            {"exclusive: true": "exclusive: false"},
            "breaking reasons: the option 'none' goes with others now |  | ",
        ),
        (
            {"        sensitive: true\n": f"        sensitive: true\n    {SCREEN_OUT}\n"},
            "breaking -: other people leave early |  | screen-out: {area: {is: north}}",
        ),
        (
            {"kind: scale, list: satisfaction": "kind: scale, required: true, list: satisfaction"},
            "breaking overall: it must be answered now |  | ",
        ),
    ],
)
def test_change_and_its_kind(changes, expected):
    assert told(**changes) == [expected]


def test_question_taken_out_breaks_and_what_hung_on_it_shows():
    assert told(**{OWN_WORDS: ""}) == [
        "breaking first-name-of-area: it is no longer asked | What do you call your area? | "
    ]


def test_a_new_language_is_additive_and_its_words_cosmetic():
    earlier = load_definition(TWO.replace("languages: [en, cy]", "languages: [en]"))
    new = compare(earlier, load_definition(TWO))
    assert [(c.kind, c.what) for c in new] == [("additive", "the language cy is new")]
    welsh = TWO.replace("{en: Good, cy: Da}", "{en: Good}")
    [put_in] = compare(load_definition(welsh, draft=True), load_definition(TWO))
    assert (put_in.before, put_in.after) == ("", "Da")
    other = compare(load_definition(TWO), load_definition(TWO.replace("Da}", "Gwych}")))
    assert [(c.kind, c.what, c.before, c.after) for c in other] == [
        ("cosmetic", "option 'a': the words changed in cy", "Da", "Gwych")
    ]
    gone = compare(load_definition(TWO), earlier)
    assert gone[0].kind == "breaking"


TWO = """
survey: two
version: 1
title: {en: Yours, cy: Eich}
policy: open
design: self-selected
discreet: false
minutes: 1
languages: [en, cy]
start: {en: Hello, cy: Helo}
done: {en: Bye, cy: Hwyl}
pages:
  - questions:
      - name: q
        kind: choice
        ask: {en: How is it?, cy: Sut mae?}
        options:
          - {code: a, label: {en: Good, cy: Da}}
          - {code: b, label: {en: Bad, cy: Drwg}}
      - name: m
        kind: matrix
        ask: {en: And these?, cy: A rhain?}
        rows: [{code: x, label: {en: Ex, cy: Ecs}}, {code: y, label: {en: Why, cy: Pam}}]
        options: [{code: 1, label: {en: One, cy: Un}}, {code: 2, label: {en: Two, cy: Dau}}]
  - questions:
      - name: c
        kind: computed
        ask: {en: Sum, cy: Swm}
        cases: [{code: k, label: {en: Kay, cy: Cei}, when: {q: {is: a}}}]
"""


def both(old: str, new: str):
    earlier, later_one = load_definition(TWO), load_definition(TWO.replace(old, new))
    return earlier, later_one, [(c.kind, c.field, c.what) for c in compare(earlier, later_one)]


def test_rows_of_a_matrix_change_by_themselves():
    earlier, after, changes = both("{en: Ex, cy: Ecs}", "{en: Exit, cy: Ecs}")
    assert changes == [("breaking", "m.x", "row reworded")]
    assert comparable(earlier, after, "m.x") == Comparison(False, "row reworded")
    assert comparable(earlier, after, "m.y").is_comparable
    _, _, changes = both("{code: y, label: {en: Why, cy: Pam}}", "{code: z, label: {en: Z, cy: Z}}")
    assert changes == [
        ("breaking", "m.y", "it is no longer asked"),
        ("additive", "m.z", "it is asked for the first time"),
    ]
    earlier, after, _ = both("And these?", "And those?")
    assert not comparable(earlier, after, "m.y").is_comparable


def test_computed_value_that_is_worked_out_otherwise():
    _, _, changes = both("when: {q: {is: a}}", "when: {q: {in: [a, b]}}")
    assert changes == [("breaking", "c", "it is worked out in another way")]
    # What it is worked out from means something else: so does it.
    earlier, after, _ = both("How is it?", "How was it?")
    assert comparable(earlier, after, "c") == Comparison(
        False, "who is asked hangs on q: question reworded"
    )


def test_other_ways_to_write_a_condition_are_none():
    before = later(
        **{"{overall: {is: 3}}": "{any: [{overall: {in: [3, 2]}}, {area: {is: north}}]}"}
    )
    after = later(**{"{overall: {is: 3}}": "{any: [{area: {is: north}}, {overall: {in: [2, 3]}}]}"})
    assert compare(before, after) == ()


def test_continuity_makes_other_words_cosmetic_and_tells_why():
    after = later(
        **{
            "Overall, how was it?": "Overall, how satisfied were you?",
            "strata:": 'continuity: {overall: "asked both ways in a pilot"}\nstrata:',
        }
    )
    [change] = compare(EARLIER, after)
    assert (change.kind, change.what) == (
        "cosmetic",
        "question reworded, and said to mean the same: asked both ways in a pilot",
    )
    assert comparable(EARLIER, after, "overall") == Comparison(True, change.what)
    # Of an option that is gone no words can say that it is the same.
    without = later(
        **{
            NEITHER: "",
            "strata:": "continuity: {overall: It is the same}\nstrata:",
        }
    )
    assert not comparable(EARLIER, without, "overall").is_comparable


def test_option_added_to_a_ranking_is_one_change():
    def ranking(*codes: str):
        options = ", ".join(f"{{code: {code}, label: {{en: {code.title()}}}}}" for code in codes)
        asked = f"{{name: best, kind: ranking, ask: {{en: Which?}}, options: [{options}]}}"
        return later(**{"breakdowns:": f"  - questions: [{asked}]\nbreakdowns:"})

    [change] = compare(ranking("a", "b"), ranking("a", "b", "c"))
    assert (change.kind, change.what) == ("additive", "the option 'c' is new")

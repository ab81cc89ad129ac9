"""How groups, conditions, filters and texts of LimeSurvey come over, in any version's layout."""

import gzip

import pytest

from surveys.definitions.journey import walk
from surveys.definitions.limesurvey import read_limesurvey
from tests.surveys.definitions.lime_files import (
    Group,
    Lime,
    carried,
    lss,
    pages_of,
    question_of,
    troubles_of,
)

LIGHTS = Lime("lights", "L", "How are they?", answers={"A1": "Good", "A2": "Bad"}, mandatory="Y")
BOXES = Lime("what", "M", subs={"dim": "Dim", "off": "Off"})


def names(pages):
    return [[question["name"] for question in page["questions"]] for page in pages]


def test_small_group_is_one_page_with_its_name():
    pages = pages_of(Group([Lime("a", "S"), Lime("b", "S")], name="About <i>you</i>"))
    assert names(pages) == [["a", "b"]]
    assert pages[0]["title"] == {"en": "About you"}


def test_large_group_is_a_page_a_question():
    pages = pages_of(Group([Lime(code, "S") for code in "abcd"]))
    assert names(pages) == [["a"], ["b"], ["c"], ["d"]]
    assert "title" not in pages[0]


def test_survey_that_shows_one_question_at_a_time_keeps_doing_so():
    pages = pages_of(Lime("a", "S"), Lime("b", "S"), settings={"format": "S"})
    assert names(pages) == [["a"], ["b"]]


def test_question_that_rests_on_its_own_group_comes_on_a_later_page():
    pages = pages_of(LIGHTS, Lime("why", "T", relevance='lights == "A2"'), Lime("end", "S"))
    assert names(pages) == [["lights"], ["why", "end"]]
    assert pages[1]["questions"][0]["show_if"] == {"lights": {"is": "A2"}}
    assert "show_if" not in pages[1]


def test_conditions_of_group_and_question_are_both_kept():
    inner = Lime("inner", "S", relevance="!is_empty(outer)")
    pages = pages_of(
        Group([LIGHTS, Lime("outer", "S")]),
        Group([inner, Lime("last", "S")], relevance='lights == "A2"'),
    )
    assert pages[1]["show_if"] == {"lights": {"is": "A2"}}
    assert pages[1]["questions"][0]["show_if"] == {"outer": {"answered": True}}


def test_description_of_a_group_comes_first_under_its_name():
    group = Group([Lime("a", "S")], name="Street", description="<p>About <b>your</b> street.</p>")
    (page,) = pages_of(group)
    assert page["questions"][0] == {
        "name": "group-1",
        "kind": "information",
        "ask": {"en": "Street"},
        "hint": {"en": "About **your** street."},
    }


def test_description_is_left_out_where_the_survey_hides_it():
    group = Group([Lime("a", "S")], description="Hidden")
    assert names(pages_of(group, settings={"showgroupinfo": "X"})) == [["a"]]


def test_old_names_made_of_numbers_are_known():
    why = Lime("why", "T", relevance='((12X1X1.NAOK == "A2" or 12X1X2dim.NAOK == "Y"))')
    assert pages_of(LIGHTS, BOXES, why)[-1]["show_if"] == {
        "any": [{"lights": {"is": "A2"}}, {"what": {"any_of": ["dim"]}}]
    }


def test_parts_of_arrays_are_known_by_both_names():
    matrix = Lime("m", "1", subs={"r1": "R"}, answers={"A1": "a"}, answers_2={"B1": "b"})
    by_name = Lime("x", "S", relevance='m_r1_1 == "B1"')
    by_number = Lime("y", "S", relevance='12X1X1r1#0 == "A1"')
    pages = pages_of(matrix, by_name, by_number)
    assert pages[2]["questions"][0]["show_if"] == {"m-2.r1": {"is": "B1"}}
    assert pages[2]["questions"][1]["show_if"] == {"m-1.r1": {"is": "A1"}}


def conditions(*rows):
    keys = ("qid", "cqid", "cfieldname", "method", "value", "scenario")
    return {"conditions": [dict(zip(keys, row, strict=True)) for row in rows]}


def test_conditions_of_old_versions_are_alternatives_within_a_question():
    rows = conditions(
        ("3", "1", "12X1X1", "==", "A1", "1"),
        ("3", "1", "12X1X1", "==", "A2", "1"),
        ("3", "2", "12X1X2", "==", "dim", "1"),
    )
    why = Lime("why", "T", relevance="")
    assert pages_of(LIGHTS, BOXES, why, tables=rows)[-1]["show_if"] == {
        "all": [{"lights": {"in": ["A1", "A2"]}}, {"what": {"any_of": ["dim"]}}]
    }


def test_scenarios_of_old_versions_are_alternatives():
    rows = conditions(
        ("3", "1", "12X1X1", "==", "A1", "1"),
        ("3", "2", "+12X1X2off", "!=", "Y", "2"),
    )
    shown = pages_of(LIGHTS, BOXES, Lime("why", "T"), tables=rows)[-1]["show_if"]
    assert shown == {
        "any": [
            {"lights": {"is": "A1"}},
            {"what": {"answered": False}},
            {"not": {"what": {"any_of": ["off"]}}},
        ]
    }


def test_relevance_goes_before_the_rows_it_was_made_from():
    rows = conditions(("2", "1", "12X1X1", "==", "A1", "1"))
    why = Lime("why", "T", relevance='lights == "A2"')
    assert pages_of(LIGHTS, why, tables=rows)[-1]["show_if"] == {"lights": {"is": "A2"}}


def test_filter_becomes_conditions_of_options():
    attributes = {"array_filter": "what"}
    which = Lime("which", "L", answers={"dim": "Dim", "off": "Off"}, attributes=attributes)
    definition = carried(lss(BOXES, which))
    options = definition.questions[-1].options
    assert [option.show_if for option in options] == [
        {"what": {"any_of": ["dim"]}},
        {"what": {"any_of": ["off"]}},
        None,
    ]
    # Nothing to offer, nothing to ask.
    assert [stop.number for stop in walk(definition, {}).stops] == [1]


def test_filter_that_excludes_offers_the_others():
    attributes = {"array_filter_exclude": "what"}
    which = Lime("which", "R", answers={"dim": "Dim", "off": "Off"}, attributes=attributes)
    definition = carried(lss(BOXES, which))
    stop = walk(definition, {"what": ["dim"]}).stops[-1]
    assert [option.code for option in stop.questions[0].options] == ["off"]


def test_filter_over_several_numbers_asks_only_some():
    long = Lime("long", "K", subs={"dim": "Dim", "off": "Off"}, attributes={"array_filter": "what"})
    definition = carried(lss(BOXES, long))
    stops = walk(definition, {"what": ["off"]}).stops
    assert [question.name for question in stops[-1].questions] == ["long_off"]


def test_relevance_of_a_subquestion_becomes_a_condition_of_its_option():
    more = Lime("more", "M", subs={"x": "X", "y": "Y"}, sub_relevance={"y": 'lights == "A2"'})
    options = question_of(LIGHTS, more)["options"]
    assert [option.get("show_if") for option in options] == [None, {"lights": {"is": "A2"}}]


def test_label_of_an_earlier_answer_is_put_into_a_text():
    why = Lime("why", "T", "Why is it <em>{lights.shown}</em>?")
    pages = pages_of(LIGHTS, why)
    assert names(pages) == [["lights"], ["why"]]
    assert pages[1]["questions"][0]["ask"] == {"en": "Why is it {{lights|…}}?"}


def test_computed_words_are_put_into_a_text():
    his = Lime("his", "*", "{if(who == 'M', 'his', 'her')}", attributes={"hidden": "1"})
    name = Lime("name", "S", "What is {his} name?")
    assert question_of(Lime("who", "G", mandatory="Y"), his, name)["ask"] == {
        "en": "What is {{his|…}} name?"
    }


def test_braces_with_a_space_are_no_expression():
    assert question_of(Lime("a", "S", "One { 3 } or {{two"))["ask"] == {"en": "One { 3 } or { {two"}


@pytest.mark.parametrize("is_new", [False, True])
def test_both_layouts_give_the_same_survey(is_new):
    groups = (
        Group(
            [LIGHTS, Lime("m", "F", subs={"r": "Row"}, answers={"A1": "One"})],
            description="What it is about.",
        ),
        Group([BOXES], name="More", relevance='lights == "A2"'),
    )
    keys = {"languages": ("en", "fr")}
    assert pages_of(*groups, is_new=is_new, **keys) == pages_of(*groups, **keys)


def test_packed_and_plain_are_the_same():
    data = lss(LIGHTS)
    plain = read_limesurvey(data, file_name="a.lss")
    assert read_limesurvey(gzip.compress(data), file_name="a.lss.gz") == plain


def test_languages_keep_their_order_and_lose_how_people_are_addressed():
    text = Lime("a", "S", texts={"de-informal": "Wie?", "en": "How?", "de-easy": "Wie denn?"})
    imported = read_limesurvey(
        lss(text, languages=("en", "de-informal", "de-easy")), file_name="a.lss"
    )
    assert imported.data["languages"] == ["en", "de", "de-simple"]
    (page,) = imported.data["pages"]
    assert page["questions"][0]["ask"] == {"en": "How?", "de": "Wie?", "de-simple": "Wie denn?"}


def test_missing_translation_is_left_for_the_check_before_publication():
    text = Lime("a", "S", texts={"en": "How?"})
    assert question_of(text, languages=("en", "fr"))["ask"] == {"en": "How?"}


def test_whole_survey_promises_nothing_that_limesurvey_does_not_say():
    said = {
        "surveyls_title": "Street <b>lights</b>",
        "surveyls_description": "Short.",
        "surveyls_welcometext": "<p>Hello,<br>you.</p>",
        "surveyls_endtext": "<h2>Thanks</h2>",
    }
    imported = read_limesurvey(lss(LIGHTS, said=said), file_name="forms/My lights 2.lss.gz")
    pages = imported.data.pop("pages")
    assert len(pages) == 1
    assert imported.data == {
        "survey": "my-lights-2",
        "version": 1,
        "title": {"en": "Street lights"},
        "policy": "sensitive",
        "design": "self-selected",
        "discreet": False,
        "listed": False,
        "minutes": 1,
        "languages": ["en"],
        "start": {"en": "Short.\n\nHello,\n\nyou."},
        "done": {"en": "# Thanks"},
    }


def test_name_that_is_given_goes_before_that_of_the_file():
    imported = read_limesurvey(lss(LIGHTS), file_name="a.lss", survey="other")
    assert imported.data["survey"] == "other"


def quota(**keys):
    return {
        "quota": [{"id": "7", "name": "Under 16", "qlimit": "0", "active": "1"} | keys],
        "quota_members": [
            {"quota_id": "7", "qid": "1", "code": "A1"},
            {"quota_id": "7", "qid": "1", "code": "A2"},
        ],
        "quota_languagesettings": [
            {"quotals_quota_id": "7", "quotals_language": "en", "quotals_message": "Not for you."}
        ],
    }


def test_quota_of_none_becomes_a_screen_out():
    pages = pages_of(LIGHTS, Lime("a", "S", relevance="!is_empty(lights)"), tables=quota())
    assert pages[0]["end_if"] == [
        {
            "when": {"lights": {"in": ["A1", "A2"]}},
            "outcome": "screen-out",
            "say": {"en": "Not for you."},
        }
    ]


def test_quota_out_of_force_is_passed_over():
    assert troubles_of(LIGHTS, tables=quota(active="0", qlimit="5")) == []


def test_label_of_an_earlier_answer_stands_in_rows_and_never_in_options():
    later = Lime("why", "L", "Why?", answers={"a": "It is {lights.shown}"})
    assert "answers can't be put into this text" in " ".join(troubles_of(LIGHTS, later))
    grid = Lime("grid", "F", subs={"a": "{lights.shown}, still?"}, answers={"1": "Yes"})
    pages = pages_of(LIGHTS, grid)
    assert pages[1]["questions"][0]["rows"][0]["label"] == {"en": "{{lights|…}}, still?"}

"""What can't be carried over is refused in one list, each with line, group, question and part."""

import pytest

from surveys.definitions.limesurvey import LimeSurveyError, read_limesurvey
from tests.surveys.definitions.lime_files import Group, Lime, lss, troubles_of
from tests.surveys.definitions.test_limesurvey_pages import BOXES, LIGHTS, conditions, quota

A = {"A1": "One", "A2": "Two"}
EVERYBODY = "; until it is put right, everybody is asked"


def only(*groups, **keys):
    """The one trouble of a file, without the line."""
    (found,) = troubles_of(*groups, **keys)
    line, _, rest = found.partition(", ")
    assert line.startswith("line ")
    return rest


def test_all_troubles_come_at_once_and_nothing_is_imported():
    data = lss(
        Lime("up", "|"), Lime("a", "S", preg="/x/"), Lime("b", "N", attributes={"prefix": "about"})
    )
    with pytest.raises(LimeSurveyError) as refused:
        read_limesurvey(data, file_name="form.lss")
    found = [str(trouble) for trouble in refused.value.troubles]
    assert [one.partition("question ")[2].partition(":")[0] for one in found] == [
        "up, type",
        "a, preg",
        "b, prefix",
    ]
    assert all(one.startswith("form.lss: line ") for one in found)


def test_line_is_where_the_row_begins():
    data = lss(Lime("a", "S", preg="/x/"))
    line = data.decode().splitlines().index("<qid>1</qid>")
    (trouble,) = read_limesurvey(data, file_name="f.lss", lenient=True).dropped
    assert trouble.place == f"f.lss: line {line}, group “Page”, question a, preg"


TYPES = [
    ("|", "an upload: files can't be taken"),
    (":", "an array of numbers: ask for the numbers one by one"),
    (";", "an array of texts: ask for the texts one by one"),
    ("Z", "the type 'Z' is not known"),
]


@pytest.mark.parametrize(("kind", "message"), TYPES)
def test_type_that_has_no_kind_is_left_out(kind, message):
    told = only(Lime("a", "S"), Lime("b", kind))
    assert told == f"group “Page”, question b, type: {message}; the question is left out"


@pytest.mark.parametrize(
    ("lime", "part", "message"),
    [
        (Lime("q", "S", preg="/^a/"), "preg", "the pattern /^a/ for answers can't be carried"),
        (
            Lime("q", "S", mandatory="S"),
            "mandatory",
            "softly mandatory: the question may be skipped here",
        ),
        (Lime("q", "S", extra={"script": "alert(1)"}), "script", "a script can't be carried"),
        (Lime("q", "S", "<img src='x'>See"), "text", "a picture in the text can't be carried"),
        (Lime("q", "S", "a<script>x()</script>"), "text", "a script in the text can't be carried"),
        (
            Lime("q", "S", help="<iframe></iframe>a"),
            "help",
            "another site's page in the text can't be carried",
        ),
        (Lime("q", "S", ""), "text", "it has no text in any language"),
        (Lime("q", "L", answers={"A1": ""}), "answer A1", "it has no text in any language"),
        (
            Lime("q", "N", attributes={"prefix": "about"}),
            "prefix",
            "words before the field can't be carried",
        ),
        (
            Lime("q", "S", attributes={"suffix": "m"}),
            "suffix",
            "words behind the field can't be carried",
        ),
        (
            Lime("q", "N", attributes={"min_num_value_n": "other + 1"}),
            "min_num_value_n",
            "expected a number, found 'other + 1': it can't rest on other answers",
        ),
        (
            Lime("q", "N", attributes={"min_num_value_n": "5", "max_num_value_n": "2"}),
            "min_num_value_n",
            "the least (5) is above the most (2)",
        ),
        (
            Lime("q", "M", subs=A, attributes={"max_answers": "1.5"}),
            "max_answers",
            "expected a whole number from 1 on, found 1.5",
        ),
        (
            Lime("q", "M", subs=A, attributes={"exclude_all_others": "A9"}),
            "exclude_all_others",
            "no subquestion is called A9",
        ),
        (
            Lime("q", "L", answers=A, other="Y", attributes={"other_comment_mandatory": "1"}),
            "other_comment_mandatory",
            "words beside an answer can't be demanded",
        ),
        (
            Lime("q", "L", answers=A, attributes={"array_filter": "gone"}),
            "array_filter",
            "gone: no question is called gone_A1; all are offered",
        ),
        (
            Lime("q", "R", answers=A, other="Y"),
            "other",
            "words of one's own can't be ranked",
        ),
        (
            Lime("q", "K", subs=A, attributes={"max_num_value": "9"}),
            "max_num_value",
            "a sum over several questions can't be checked",
        ),
        (
            Lime("q", "K", subs=A, attributes={"random_order": "1"}),
            "random_order",
            "questions keep their order: only options can be shuffled",
        ),
        (
            Lime("q", "D", attributes={"date_min": "yesterday"}),
            "date_min",
            "expected a date such as 2024-01-31 or today, found 'yesterday'",
        ),
        (
            Lime("q", "D", attributes={"date_min": "2024", "date_max": "2020"}),
            "date_min",
            "the earliest date is after the latest",
        ),
        (
            Lime("q", "D", attributes={"date_format": "yyyy-mm-dd HH:MM"}),
            "date_format",
            "a date with a time of day can't be asked in one; asks the day",
        ),
        (Lime("q", "S", attributes={"time_limit": "60"}), "time_limit", "nobody is timed here"),
        (
            Lime("q", "S", attributes={"location_mapservice": "1"}),
            "location_mapservice",
            "a map can't be asked for",
        ),
        (
            Lime("q", "S", attributes={"random_group": "g"}),
            "random_group",
            "questions keep their order",
        ),
        (
            Lime("q", "S", attributes={"from_a_plugin": "on"}),
            "from_a_plugin",
            "the attribute ('on') can't be carried",
        ),
        (
            Lime("q", "S", attributes={"em_validation_q": "strlen(self) > 5"}),
            "em_validation_q",
            "the attribute ('strlen(self) > 5') can't be carried",
        ),
        (
            Lime("q", "N", attributes={"em_validation_q": "other > 5"}),
            "em_validation_q",
            "other > 5: other is another question: only the answer itself is looked at",
        ),
        (
            Lime("1st", "S"),
            "code",
            "expected a letter first, then letters, digits, _ or -; called q-1st here",
        ),
        (
            Lime("all", "Y"),
            "code",
            "all is a word of our conditions or pages; called q-all here",
        ),
        (
            Lime("nonce", "S"),
            "code",
            "nonce is a word of our conditions or pages; called q-nonce here",
        ),
        (
            Lime("q", "L", answers={"a b": "One"}),
            "answers",
            "the code 'a b' can't be kept; called a-b here",
        ),
        (
            Lime("q", "F", subs=A, answers=A, attributes={"array_filter": "what"}),
            "array_filter",
            "the rows of this kind can't depend on an earlier answer",
        ),
    ],
)
def test_part_that_cannot_be_carried_says_why(lime, part, message):
    told = only(lime)
    assert told.startswith(f"group “Page”, question {lime.code}, {part}: {message}")


def test_name_that_is_taken_gets_a_number():
    told = only(Lime("a", "S"), Lime("a", "S", "Again"))
    assert told == "group “Page”, question a, code: a question is called a already; called a-2 here"


def test_condition_on_a_question_that_could_not_keep_its_name_is_carried():
    data = lss(Lime("any", "Y"), Lime("b", "S", relevance='any == "Y"'))
    imported = read_limesurvey(data, file_name="form.lss", lenient=True)
    assert imported.data["pages"][1]["show_if"] == {"q-any": {"is": "yes"}}


def test_array_of_two_scales_without_the_second_is_nothing_that_a_condition_can_look_at():
    dual = Lime("d", "1", subs=A, answers=A)
    told = troubles_of(dual, Lime("b", "S", relevance='d_A1_0 == "A1"'))
    assert "the question is left out" in told[0]
    assert "d_A1_0 is not carried over" in told[1]


@pytest.mark.parametrize("kind", ["M", "A", "K"])
def test_part_whose_code_is_taken_is_left_out(kind):
    data = lss(Lime("q", kind, subs={"a": "One", "b": "Two"})).replace(b">b<", b">a<")
    (trouble,) = read_limesurvey(data, file_name="f.lss", lenient=True).dropped
    assert trouble.message == "the code 'a' stands twice: the second is left out"


CONDITIONS = [
    ("that.x > 0", "`that.` can't be carried: name each question"),
    ("TOKEN:ATTRIBUTE_1 == 'a'", "TOKEN:ATTRIBUTE_1 is known to LimeSurvey alone, not an answer"),
    ("later == 1", "later comes later: conditions look back only"),
    ("q == 1", "q comes later: conditions look back only"),
    ("what == 'Y'", "what is no single answer: expected one of what_…"),
    ("up == 1", "up is not carried over"),
    ("rank_1 == 'A1'", "rank_1 is a ranking, whose places no condition can look at"),
    ("info == 1", "info is a text, not a question"),
    ("lang == 'en'", "lang chooses the language, which every page offers"),
]


@pytest.mark.parametrize(("relevance", "message"), CONDITIONS)
def test_condition_that_cannot_be_carried_says_why_and_what_comes_of_it(relevance, message):
    found = troubles_of(
        BOXES,
        Lime("up", "|"),
        Lime("rank", "R", answers=A),
        Lime("info", "X"),
        Lime("lang", "I"),
        Lime("q", "S", relevance=relevance),
        Lime("later", "S"),
    )
    told = found[-1].partition("question q, ")[2]
    assert told.startswith(f"relevance: {relevance}: {message}")
    assert told.endswith(EVERYBODY)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("2", "1", "12X1X1", "RX", "/a/", "1"), "the method 'RX' can't be carried"),
        (("2", "1", "12X1X1", "==", "@12X1X1@", "1"), "it compares two things"),
        (("2", "0", "{TOKEN:EMAIL}", "==", "a", "1"), "{TOKEN:EMAIL} is known to LimeSurvey alone"),
        (("2", "9", "12X1X9", "==", "a", "1"), "no question is called 12X1X9"),
    ],
)
def test_old_condition_that_cannot_be_carried_says_why(row, message):
    told = only(LIGHTS, Lime("q", "S", relevance=""), tables=conditions(row))
    assert told.startswith(f"group “Page”, question q, conditions: {message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Dear {name}",
            "{name} can't be put into the text: what was typed or ticked is never shown",
        ),
        ("Is it {lights}", "{lights} can't be put into the text: expected the label"),
        ("{if(lights=='A1','a','b')}?", "{if(lights=='A1','a','b')} can't be put into the text"),
        ("Is {later.shown}", "{later.shown} can't be put into the text: later comes later"),
        ("{a.b}{c.d}{e.f}{g.h}", "{a.b} can't be put into the text: no question is called a"),
    ],
)
def test_expression_in_a_text_that_cannot_be_carried_says_why(text, message):
    found = troubles_of(LIGHTS, Lime("name", "S"), Lime("q", "S", text), Lime("later", "G"))
    assert found[0].partition("question q, text: ")[2].startswith(message)


def test_expressions_that_fail_for_one_reason_are_told_together():
    text = "{name} {name.shown} {name.code} {name.NAOK} {name.value}"
    told = only(Lime("name", "S"), Lime("q", "S", text))
    assert "{name}, {name.shown}, {name.code} and 2 more can't be put into the text" in told


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("{a + b}", "expected {if(condition, 'words', 'other words')}"),
        ("{if(lights == 'A1', 1 + 1, 'x')}", "expected {if(condition, 'words', 'other words')}"),
        ("{if(lights == 'A1', '', 'x')}", "it gives no words in a case before the last"),
        ("{if(1, 'a', 'b')}", "one of its conditions rests on no answer"),
        ("no formula", "expected {if(condition, 'words', 'other words')}"),
    ],
)
def test_equation_that_cannot_be_carried_says_why(formula, message):
    told = only(LIGHTS, Lime("e", "*", formula))
    assert told == f"group “Page”, question e, equation: {formula}: {message}"


def test_condition_on_an_equation_that_was_left_out_says_so():
    found = troubles_of(LIGHTS, Lime("e", "*", "{1+1}"), Lime("q", "S", relevance="e > 1"))
    assert "e is an equation that can't be carried over" in found[-1]


def test_row_of_a_matrix_with_a_condition_is_always_asked():
    matrix = Lime("m", "A", subs={"r": "Row"}, sub_relevance={"r": 'lights == "A1"'})
    told = only(LIGHTS, matrix)
    assert told.endswith(
        "relevance of r: a row can't depend on an earlier answer; it is always asked"
    )


@pytest.mark.parametrize("kind", ["L", "M", "R", "F", "1", "K", "Q"])
def test_question_without_anything_to_answer_is_left_out(kind):
    assert only(Lime("a", "S"), Lime("q", kind)).endswith("the question is left out")


@pytest.mark.parametrize("relevance", ["0", "1 == 2"])
def test_question_that_is_never_shown_is_left_out(relevance):
    told = only(Lime("a", "S"), Lime("q", "S", relevance=relevance))
    assert told.endswith("relevance: the question is never shown: it is left out")


def test_hidden_question_is_left_out():
    told = only(Lime("a", "S"), Lime("q", "S", attributes={"hidden": "1"}))
    assert told.endswith(
        "it is hidden and gets its answer from elsewhere; the question is left out"
    )


def test_group_that_is_never_shown_is_left_out():
    found = only(Group([Lime("a", "S")]), Group([Lime("b", "S")], name="B", relevance="0"))
    assert found == "group “B”, relevance: the group is never shown: it is left out"


def test_groups_in_random_order_keep_their_order():
    assert "groups keep their order" in only(Group([Lime("a", "S")], randomization="g"))


def test_default_answer_is_left_out():
    defaults = {"defaultvalues": [{"qid": 1, "defaultvalue": "A1"}]}
    assert "nothing is answered beforehand" in only(LIGHTS, tables=defaults)


def test_default_answer_in_the_new_layout_is_left_out():
    defaults = {
        "defaultvalues": [{"dvid": 3, "qid": 1}],
        "defaultvalue_l10ns": [{"dvid": 3, "language": "en", "defaultvalue": "A1"}],
    }
    assert "nothing is answered beforehand" in only(LIGHTS, tables=defaults)


def test_settings_of_the_survey_that_cannot_be_carried():
    settings = {"assessments": "Y", "autoredirect": "Y"}
    assert troubles_of(LIGHTS, settings=settings) == [
        "assessments: points for answers can't be carried",
        "autoredirect: nobody is sent on to another address after sending",
    ]


def test_language_that_is_none_is_left_out():
    (told,) = troubles_of(LIGHTS, languages=("en", "klingon!"))
    assert told == "languages: the language 'klingon!' is no known code, or the same as another one"


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"qlimit": "50"}, "nobody is turned away once a number of answers is reached"),
        ({"id": "8"}, "it has no message to say to whom it turns away"),
    ],
)
def test_quota_that_cannot_be_carried_says_why(keys, message):
    assert only(LIGHTS, tables=quota(**keys)) == f"quota “Under 16”: {message}"


def test_question_of_no_group_is_left_out():
    stray = {"gid": 99, "qid": 77, "title": "stray", "type": "S", "language": "en", "parent_qid": 0}
    data = (
        lss(Lime("a", "S"))
        .decode()
        .replace(
            "<questions>\n<rows>",
            "<questions>\n<rows>\n<row>"
            + "".join(f"<{k}>{v}</{k}>" for k, v in stray.items())
            + "</row>",
        )
    )
    (trouble,) = read_limesurvey(data.encode(), file_name="f.lss", lenient=True).dropped
    assert trouble.message == "the question stray belongs to no group: it is left out"

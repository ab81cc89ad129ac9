"""Each thing that a form may hold: what becomes of it, and where what can't be carried stands."""

import pytest

from surveys.definitions.xlsform.languages import name_of, tag_of
from surveys.definitions.xlsform.sheets import named
from surveys.definitions.xlsform.types import row_type
from tests.factories.sheets import YES_NO, questions, read, refused


def remarks(survey: str, choices: str = YES_NO, **others: str) -> list[str]:
    return [str(r).removeprefix("form.xlsx: ") for r in read(survey, choices, **others).remarks]


@pytest.mark.parametrize(
    ("header", "name", "language"),
    [
        ("Type", "type", ""),
        ("list name", "list_name", ""),
        ("caption", "label", ""),
        ("label::English (en)", "label", "English (en)"),
        ("label : English", "label", "English"),
        ("LABEL::EN", "label", "EN"),
        ("bind:relevant", "relevant", ""),
        ("relevance", "relevant", ""),
        ("bind::relevant", "relevant", ""),
        ("bind:jr:constraintMsg", "constraint_message", ""),
        ("constraint-msg", "constraint_message", ""),
        ("constraint_message::Swahili (sw)", "constraint_message", "Swahili (sw)"),
        ("media::image::English (en)", "image", "English (en)"),
        ("body::appearance", "appearance", ""),
        ("Read only", "readonly", ""),
        ("header with spaces", "header_with_spaces", ""),
    ],
)
def test_a_column_has_one_name_however_it_is_written(header, name, language):
    assert named(header) == (name, language)


@pytest.mark.parametrize(
    ("text", "base", "list_name", "has_other"),
    [
        ("select_one yn", "select_one", "yn", False),
        ("select one from food_type or_other", "select_one", "food_type", True),
        ("select one from sexes or specify other", "select_one", "sexes", True),
        ("select_multiple  happy_sad", "select_multiple", "happy_sad", False),
        ("select all that apply from browsers", "select_multiple", "browsers", False),
        ("Begin Group", "begin_group", "", False),
        ("begin_repeat", "begin_repeat", "", False),
        ("end repeat", "end_repeat", "", False),
        ("end", "device", "", False),
        ("uri:deviceid", "device", "", False),
        ("dateTime", "datetime", "", False),
        ("int", "integer", "", False),
        ("rank aspects", "rank", "aspects", False),
        ("geopoint", "refused", "", False),
        ("select_one_from_file x.csv", "refused", "", False),
        ("teleport", "unknown", "", False),
    ],
)
def test_a_type_is_known_in_its_many_spellings(text, base, list_name, has_other):
    found = row_type(text)

    assert (found.base, found.list_name, found.has_other) == (base, list_name, has_other)


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("English (en)", "en"),
        ("English", "en"),
        ("français", "fr"),
        ("Deutsch", "de"),
        ("العربية", "ar"),
        ("Kiswahili", "sw"),
        ("Oromiffa", "om"),
        ("Portuguese (Brazil)", "pt"),
        ("Portuguese (pt-BR)", "pt-BR"),
        ("EN", "en"),
        ("Kiswahili (swa)", "sw"),
        ("Nobody's language", None),
    ],
)
def test_a_language_gets_its_tag(name, tag):
    assert tag_of(name) == tag


@pytest.mark.parametrize("tag", ["en", "cy", "en-simple", "zh-Hant-HK", "pt-BR", "swa", "zzz"])
def test_our_own_name_of_a_language_gives_its_tag_back(tag):
    assert tag_of(name_of(tag)) == tag


def test_each_type_becomes_a_kind():
    found = questions(
        """
        type             | name | label | appearance | parameters
        text             | a    | A
        string           | b    | B     | multiline
        integer          | c    | C
        decimal          | d    | D
        date             | e    | E
        date             | f    | F     | month-year
        time             | g    | G
        select_one yn    | h    | H
        select_one yn    | i    | I     | likert
        select_multiple yn | j  | J
        rank yn          | k    | K
        note             | l    | L
        acknowledge      | m    | M
        range            | n    | N     |            | start=0 end=10 step=1
        range            | o    | O     |            | start=0 end=5 step=0.1
        range            | p    | P     |            | start=0 end=100
        percentage       | q    | Q
        """
    )

    assert {name: question["kind"] for name, question in found.items()} == {
        "a": "short-text",
        "b": "long-text",
        "c": "whole-number",
        "d": "decimal",
        "e": "date",
        "f": "date",
        "g": "time",
        "h": "choice",
        "i": "scale",
        "j": "choices",
        "k": "ranking",
        "l": "information",
        "m": "choice",
        "n": "scale",
        "o": "decimal",
        "p": "whole-number",
        "q": "whole-number",
    }
    assert found["f"]["accepts"] == "month"
    assert [option["code"] for option in found["n"]["options"]] == [str(n) for n in range(11)]
    assert (found["o"]["max"], found["o"]["places"]) == (5, 1)
    assert found["q"]["max"] == 100


def test_careful_defaults_stand_for_what_a_form_does_not_say():
    data = read(
        "type | name | label::Cymraeg | label::English\ntext | a | Beth? | What?",
        settings="form_title | form_id | default_language\nOur streets | Our_Streets | Cymraeg",
    ).data

    assert (data["survey"], data["title"]) == ("our-streets", {"cy": "Our streets"})
    assert data["languages"] == ["cy", "en"]
    assert (data["policy"], data["design"], data["discreet"]) == (
        "sensitive",
        "self-selected",
        True,
    )
    assert "listed" not in data
    assert "start" not in data


@pytest.mark.parametrize(
    ("type_", "constraint", "found"),
    [
        ("integer", ". >= 18 and . <= 120", {"min": 18, "max": 120}),
        ("integer", ". > 17.5", {"min": 18}),
        ("integer", "10 > .", {"max": 9}),
        ("integer", ". < -5", {"min": -999999999, "max": -6}),
        ("integer", ". >= 0", {"max": 999999999}),
        ("decimal", ".>= 5.0 and .<= 20.5", {"min": 5, "max": 20.5}),
        ("date", ". <= today()", {"latest": "today"}),
        ("date", ". > date('2020-02-28') and . < '2021-01-01'",
         {"earliest": "2020-02-29", "latest": "2020-12-31"}),
        ("date", "decimal-date-time(.) <= decimal-date-time(today())", {"latest": "today"}),
        ("time", ". >= '09:00'", {"earliest": "09:00"}),
        ("text", "string-length(.) <= 20", {"max_length": 20}),
        ("text", "string-length(.) < 500", {"kind": "long-text", "max_length": 499}),
        ("select_multiple yn", "count-selected(.) <= 1", {"max_choices": 1}),
        ("select_multiple yn", "not(selected(., 'yes') and selected(., 'no'))",
         {"valid_if": {"any": [{"not": {"q": {"any_of": ["yes"]}}},
                               {"not": {"q": {"any_of": ["no"]}}}]}}),
        ("integer", ". = 0 or . > 9", {"valid_if": {"any": [{"q": {"between": [0, 0]}},
                                                           {"q": {"gt": 9}}]}}),
        ("select_one yn", ". != 'no'", {"valid_if": {"not": {"q": {"is": "no"}}}}),
        ("select_one yn", ". != ''", {}),
    ],
)  # fmt: skip
def test_a_constraint_becomes_bounds_or_a_rule(type_, constraint, found):
    question = questions(f"type | name | label | constraint\n{type_} | q | Q | {constraint}")["q"]

    assert {key: question.get(key) for key in found} == found
    assert ("valid_if" in question) is ("valid_if" in found)


def test_a_choice_that_excludes_the_others_says_so_itself():
    question = questions(
        "type | name | label | constraint\n"
        "select_multiple yn | q | Q | not(selected(., 'no') and count-selected(.) > 1)"
    )["q"]

    assert [option.get("exclusive", False) for option in question["options"]] == [False, True]
    assert "valid_if" not in question


def test_the_words_of_a_constraint_go_with_its_rule():
    question = questions(
        "type | name | label | constraint | constraint_message\n"
        "decimal | q | Q | . > 10.51 and . < 18.39 | Between 10.51 and 18.39"
    )["q"]

    assert question["valid_if"] == {"all": [{"q": {"gt": 10.51}}, {"q": {"lt": 18.39}}]}
    assert question["valid_says"] == {"en": "Between 10.51 and 18.39"}


def test_groups_become_pages_where_they_are_shown():
    data = read(
        """
        type          | name | label  | relevant        | appearance
        select_one yn | a    | A
        begin group   | g    | Group  | ${a} = 'yes'
        text          | b    | B
        begin group   | h    | Inner  |                 | field-list
        text          | c    | C
        select_one yn | d    | D      | ${a} != ''
        end group
        end group
        """
    ).data

    assert [[q["name"] for q in page["questions"]] for page in data["pages"]] == [
        ["a"],
        ["b"],
        ["c", "d"],
    ]
    assert [page.get("show_if") for page in data["pages"]] == [
        None,
        {"a": {"is": "yes"}},
        {"a": {"is": "yes"}},
    ]
    assert data["pages"][1]["title"] == {"en": "Group"}
    assert data["pages"][2]["title"] == {"en": "Group – Inner"}
    assert data["pages"][2]["questions"][1]["show_if"] == {"a": {"answered": True}}


def test_a_page_is_parted_where_a_question_looks_at_another_on_it():
    data = read(
        """
        type          | name | label | relevant     | appearance
        begin group   | g    | Page  |              | field-list
        select_one yn | a    | A
        text          | b    | B
        text          | c    | C     | ${a} = 'yes'
        text          | d    | You chose ${a}
        end group
        """
    ).data

    names = [[question["name"] for question in page["questions"]] for page in data["pages"]]
    assert names == [["a", "b"], ["c", "d"]]
    assert data["pages"][1]["questions"][1]["ask"] == {"en": "You chose {{a|…}}"}


def test_a_grid_becomes_a_matrix_and_its_rows_are_tested_by_their_fields():
    found = questions(
        """
        type          | name | label    | appearance   | relevant
        begin group   | g    |          | field-list
        select_one yn | head | Did you? | label
        select_one yn | r1   | Row one  | list-nolabel
        select_one yn | r2   | Row two  | list-nolabel
        end group
        text          | why  | Why?     |              | ${r2} = 'yes'
        """
    )

    assert found["head"] == {
        "name": "head",
        "kind": "matrix",
        "ask": {"en": "Did you?"},
        "rows": [
            {"code": "r1", "label": {"en": "Row one"}},
            {"code": "r2", "label": {"en": "Row two"}},
        ],
        "options": [
            {"code": "yes", "label": {"en": "Yes"}},
            {"code": "no", "label": {"en": "No"}},
        ],
    }
    assert found["why"]["show_if"] == {"head.r2": {"is": "yes"}}


def test_a_grid_whose_rows_say_more_stays_questions_and_loses_nothing():
    found = questions(
        """
        type          | name | label | hint     | appearance
        begin group   | g    | Table |          | table-list
        select_one yn | r1   | One   | A hint
        select_one yn | r2   | Two
        end group
        """
    )

    assert [question["kind"] for question in found.values()] == ["choice", "choice"]
    assert found["r1"]["hint"] == {"en": "A hint"}


def test_text_asked_only_of_who_chose_other_is_written_beside_it():
    choices = "list_name | name | label\nl | a | A\nl | other | Other"
    survey = """
        type         | name       | label          | relevant
        select_one l | q          | Which?
        text         | q_other    | Which other?   | ${q} = 'other'
        text         | more       | More           | ${q_other} != ''
        """

    found = questions(survey, choices)

    assert list(found) == ["q", "more"]
    assert found["q"]["options"][1] == {
        "code": "other",
        "label": {"en": "Other"},
        "write_in": True,
        "hint": {"en": "Which other?"},
    }
    assert read(survey, choices).data["pages"][1]["questions"][0]["show_if"] == {
        "q.other": {"answered": True}
    }


def test_or_other_adds_a_choice_with_words_beside_it():
    found = questions("type | name | label\nselect_one yn or_other | q | Q")["q"]

    assert found["options"][-1] == {
        "code": "other",
        "label": {"en": "Other"},
        "write_in": True,
    }


def test_a_choice_filter_says_where_each_choice_is_offered():
    choices = """
        list_name | name  | label | state
        states    | texas | Texas
        states    | ohio  | Ohio
        counties  | king  | King  | texas
        counties  | king  | King  | ohio
        counties  | bell  | Bell  | texas
        """
    survey = """
        type                | name   | label  | choice_filter
        select_one states   | state  | State
        select_one counties | county | County | state = ${state}
        """

    found = questions(survey, choices)["county"]["options"]

    assert [(option["code"], option.get("show_if")) for option in found] == [
        ("king", {"state": {"in": ["texas", "ohio"]}}),
        ("bell", {"state": {"is": "texas"}}),
    ]


def test_codes_that_a_filter_tells_apart_become_two():
    choices = """
        list_name | name | label  | state
        states    | t    | Texas
        states    | o    | Ohio
        towns     | 1    | Austin | t
        towns     | 1    | Dayton | o
        """
    survey = """
        type              | name  | label | choice_filter     | relevant
        select_one states | state | State
        select_one towns  | town  | Town  | state = ${state}
        text              | why   | Why?  |                   | ${town} = '1'
        """

    found = read(survey, choices).data["pages"]

    assert [option["code"] for option in found[1]["questions"][0]["options"]] == ["1", "1-2"]
    assert found[2]["questions"][0]["show_if"] == {"town": {"in": ["1", "1-2"]}} or (
        found[2]["questions"][0]["show_if"] == {"town": {"answered": True}}
    )


def test_choices_from_another_sheet_are_offered():
    found = questions(
        "type | name | label\nselect_one_external towns | q | Q",
        external_choices="list_name | name | label\ntowns | a | A",
    )

    assert [option["code"] for option in found["q"]["options"]] == ["a"]


def test_a_calculation_of_codes_is_computed():
    found = questions(
        """
        type          | name | label | calculation
        select_one yn | a    | A
        integer       | age  | Age
        calculate     | risk |       | if(${a} = 'yes', 'high', if(${age} > 60, 'some', ''))
        note          | told | You have ${risk} risk
        """
    )

    assert found["risk"]["cases"] == [
        {"code": "high", "label": {"en": "high"}, "when": {"a": {"is": "yes"}}},
        {
            "code": "some",
            "label": {"en": "some"},
            "when": {
                "all": [
                    {"any": [{"a": {"answered": False}}, {"not": {"a": {"is": "yes"}}}]},
                    {"age": {"gt": 60}},
                ]
            },
        },
    ]
    assert found["told"]["ask"] == {"en": "You have {{risk|…}} risk"}


def test_a_cascade_by_calculation_is_carried():
    found = questions(
        """
        type          | name  | label | calculation                          | relevant
        select_one yn | a     | A
        select_one yn | b     | B     |                                      | ${a} = 'yes'
        select_one yn | c     | C     |                                      | ${a} = 'no'
        calculate     | joint |       | if(${a} = 'yes', ${b}, ${c})
        text          | d     | D     |                                      | ${joint} = 'no'
        """
    )

    assert [case["code"] for case in found["joint"]["cases"]] == ["yes", "no", "yes", "no"]
    assert found["joint"]["cases"][0]["label"] == {"en": "Yes"}


def test_copies_constants_and_devices_are_remarked_on_and_not_stored():
    survey = """
        type          | name  | label | calculation
        start         | start
        deviceid      | phone
        select_one yn | a     | A
        calculate     | copy  |       | ${a}
        calculate     | same  |       | 1 + 1
        calculate     | name  |       | jr:choice-name(${a}, '${a}')
        note          | n     | ${copy}, ${same} and ${name}
        """

    assert list(questions(survey)) == ["a", "n"]
    assert questions(survey)["n"]["ask"] == {"en": "{{a|…}}, 2 and {{a|…}}"}
    told = remarks(survey)
    assert (
        "survey, row 2, column type: is not collected: Heard keeps no data of devices or of"
        in (told[1])
    )
    assert "survey, row 5, column calculation: is a copy of a: not stored twice" in told


def test_a_list_that_several_use_is_named_once():
    data = read("type | name | label\nselect_one yn | a | A\nselect_one yn | b | B").data

    assert list(data["lists"]) == ["yn"]
    assert [page["questions"][0]["list"] for page in data["pages"]] == ["yn", "yn"]


def test_missing_codes_are_such_only_where_the_form_says_so():
    choices = """
        list_name | name | label        | heard_missing
        l         | 1    | Good
        l         | 98   | Don't know
        l         | -99  | Not saying   | prefer-not-to-say
        """
    survey = """
        type         | name | label | relevant      | heard_sensitive
        select_one l | a    | A     |               | yes
        text         | b    | B     | ${a} != '-99'
        """

    found = questions(survey, choices)["a"]

    assert [option.get("missing") for option in found["options"]] == [
        None,
        None,
        "prefer-not-to-say",
    ]
    assert found["sensitive"] is True


def test_names_and_codes_that_we_cannot_have_are_changed_everywhere():
    choices = "list_name | name | label\nl | -99 | None\nl | a b | A and B"
    survey = """
        type         | name | label | relevant
        select_one l | _1   | One
        text         | all  | Why?  | ${_1} = '-99' or ${_1} = 'a b'
        """

    assert list(questions(survey, choices)) == ["q_1", "q-all"]
    assert "survey, row 3, column name: 'all' becomes 'q-all'" in remarks(survey, choices)
    assert "choices, row 2, column name: '-99' becomes the code 'minus99'" in (
        remarks(survey, choices)
    )


def test_a_note_has_its_first_line_for_a_heading_and_keeps_its_marks():
    found = questions(
        "type | name | label\n"
        "note | n | **Welcome** to <b>us</b>\\n\\nRead [this](https://example.org) *first*"
    )["n"]

    assert found["ask"] == {"en": "Welcome to us"}
    assert found["hint"] == {"en": "Read [this](https://example.org) *first*"}


def test_columns_in_odd_case_and_spaces_are_read():
    data = read(
        "TYPE | Name | LABEL::EN\nSelect_One yn | a | A",
        "List Name | VALUE | Label::EN\nyn | yes | Yes",
    ).data

    assert data["pages"][0]["questions"][0]["options"] == [{"code": "yes", "label": {"en": "Yes"}}]


@pytest.mark.parametrize(
    ("survey", "told"),
    [
        ("type | name | label\ngeopoint | a | A\ntext | b | B",
         "survey, row 2, column type: is a place on a map"),
        ("Type | name | label\nphoto | a | A\ntext | b | B",
         "survey, row 2, column Type: is a picture"),
        ("type | name | label\nteleport | a | A\ntext | b | B",
         "survey, row 2, column type: 'teleport' is no type that Heard knows"),
        ("type | name | label\nbegin repeat | r | R\ntext | b | B\nend repeat",
         "survey, row 2, column type: repeats 'r': Heard asks each question once"),
        ("type | name | label\nbegin group | r | R\ntext | b | B",
         "survey, row 2, column type: the group 'r' does not end"),
        ("type | name | label\ntext | b | B\nend group",
         "survey, row 3, column type: ends a group, and none has begun"),
        ("type | name | label\ntext |  | B",
         "survey, row 2, column name: is empty: a question needs a name"),
        ("type | name | label\ntext | b",
         "survey, row 2, column label: is empty: there is nothing to ask"),
        ("type | name | label\nselect_one nope | b | B\ntext | c | C",
         "survey, row 2, column type: is chosen from the list 'nope', of which the sheet choices"),
        ("type | name | label | bind:relevant\ntext | b | B | ${x} = 1",
         "survey, row 2, column bind:relevant: looks at ${x}, which the form does not have"),
        ("type | name | label | constraint\ntext | b | B | regex(., '^a$')",
         "survey, row 2, column constraint: uses regex(), which has no counterpart"),
        ("type | name | label | constraint\ndate | b | B | . < today()",
         "survey, row 2, column constraint: wants a day before today"),
        ("type | name | label | constraint\ninteger | b | B | . > 5 and . < 3",
         "survey, row 2, column constraint: can never be kept"),
        ("type | name | label | default\ntext | b | B | x",
         "survey, row 2, column default: fills in an answer beforehand"),
        ("type | name | label | required\ntext | b | B | ${b} = 1",
         "survey, row 2, column required: depends on other answers"),
        ("type | name | label | appearance\ntext | b | B | ex:org.app(a='b')",
         "survey, row 2, column appearance: takes the answer from another app"),
        ("type | name | label | appearance\ndate | b | B | ethiopian",
         "survey, row 2, column appearance: asks for a date of the ethiopian calendar"),
        ("type | name | label\ntext | a | A\nnote | n | Hello ${a}",
         "survey, row 3, column label: puts ${a} into a text"),
        ("type | name | label | media::image\ntext | a | A | x.jpg",
         "survey, row 2, column media::image: 'x.jpg' is a file"),
        ("type | name | label | relevant\nselect_one yn | a | A\ntext | b | B | ${a} = 'maybe'",
         "survey, row 3, column relevant: is never true: nobody would be asked"),
        ("type | name | label | label\ntext | a | A | B",
         "survey, row 1, column label: stands twice, and says two things in row 2"),
        ("type | name | label | label::Klingonese\ntext | a | A | B",
         "survey, row 1, column label::Klingonese: 'Klingonese' names no language"),
        ("type | name | label | calculation\ntext | a | A\ncalculate | c |  | ${a} + 1",
         "survey, row 3, column calculation: calculates with answers"),
    ],
)  # fmt: skip
def test_what_cannot_be_carried_is_told_by_sheet_row_and_column(survey, told):
    assert any(line.startswith(told) for line in refused(survey))


def test_everything_that_cannot_be_carried_is_told_at_once_or_left_out():
    survey = """
        type     | name | label | constraint
        geopoint | a    | A
        text     | b    | B     | regex(., 'x')
        integer  | c    | C     | . >= 1 and regex(., 'x')
        """

    assert len(refused(survey)) == 3
    imported = read(survey, lenient=True)
    assert len(imported.dropped) == 3
    assert [q["name"] for page in imported.data["pages"] for q in page["questions"]] == ["b", "c"]
    assert imported.data["pages"][1]["questions"][0]["min"] == 1


def test_of_a_condition_that_is_carried_in_part_the_rest_is_kept():
    survey = """
        type          | name | label | relevant
        select_one yn | a    | A
        text          | b    | B     | ${a} = 'yes' and regex(${a}, 'y')
        """

    assert len(refused(survey)) == 1
    asked = questions(survey, lenient=True)["b"]
    assert asked["show_if"] == {"a": {"is": "yes"}}


def test_the_same_code_with_two_meanings_is_refused():
    choices = "list_name | name | label\nl | a | First\nl | a | Second\nl | b | B\nl | b | B"

    assert refused("type | name | label\nselect_one l | q | Q", choices) == [
        "choices, row 3, column name: the code 'a' stands twice in the list 'l' and means two"
        " things"
    ]


def test_what_is_not_read_is_remarked_on():
    told = remarks(
        "type | name | label | notes\ntext | a | A | mine",
        settings="form_title | public_key\nT | abc",
        license="x\ny",
    )

    assert any("survey, row 1, column notes: is no column that Heard knows" in t for t in told)
    assert any("settings, row 2, column public_key" in line for line in told)
    assert "license: the sheet was not read" in told


def test_a_remark_on_many_rows_is_made_once():
    told = remarks("type | name | label\nstart | s\nend | e\ntext | a | A")

    assert sum("is not collected" in line for line in told) == 1
    assert any(line.endswith("(also in row 3)") for line in told)

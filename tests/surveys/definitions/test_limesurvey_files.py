"""The real questionnaires of LimeSurvey: carried over leniently, refused line by line."""

import re
from pathlib import Path

import pytest

from surveys.definitions.checks.names import names_and_codes
from surveys.definitions.checks.piped import pipes
from surveys.definitions.checks.soundness import wrong_conditions
from surveys.definitions.journey import walk
from surveys.definitions.limesurvey import LimeSurveyError, read_limesurvey
from surveys.definitions.limesurvey.report import outcomes, table
from surveys.definitions.schema import Definition

pytestmark = pytest.mark.shared_data

DOCUMENTATION = Path(__file__).parents[3] / "docs" / "limesurvey.md"
FILES = [
    "ls205_cascading_array_filter",
    "ls205_em_tailoring",
    "ls205_group_relevance",
    "ls205_sample_survey_english",
    "ls205_validation_tests",
    "ls3_sample_survey_multilingual_fr_de_en_it",
]


@pytest.fixture
def folder(shared_data):
    return shared_data / "limesurvey"


def definition(folder, name: str) -> Definition:
    data = (folder / f"{name}.lss.gz").read_bytes()
    imported = read_limesurvey(data, file_name=f"{name}.lss.gz", lenient=True)
    return Definition.model_validate(imported.data)


@pytest.mark.parametrize("name", FILES)
def test_real_file_is_refused_with_line_and_question(folder, name):
    data = (folder / f"{name}.lss.gz").read_bytes()
    with pytest.raises(LimeSurveyError) as refused:
        read_limesurvey(data, file_name="real.lss.gz")
    place = re.compile(r"real\.lss\.gz: line \d+, group “.+”(, question \w+)?, .+")
    assert all(place.fullmatch(trouble.place) for trouble in refused.value.troubles)


@pytest.mark.parametrize("name", FILES)
def test_real_file_is_carried_leniently(folder, name):
    survey = definition(folder, name)
    assert wrong_conditions(survey) == []
    found = [*names_and_codes(survey), *pipes(survey)]
    assert [one for one in found if one.level == "error"] == []


def test_report_is_the_table_of_the_documentation(folder):
    told = table(list(outcomes(folder)))
    assert told in DOCUMENTATION.read_text(encoding="utf-8")


def test_filters_that_build_on_each_other_offer_what_was_chosen(folder):
    survey = definition(folder, "ls205_cascading_array_filter")
    answers = {"Q01": ["A", "B", "C"], "Q02": ["B"]}
    offered = {
        question.name: [option.code for option in question.options if option.code]
        for stop in walk(survey, answers).stops
        for question in stop.questions
        if question.name in ("Q02", "Q04", "Q05")
    }
    assert offered == {"Q02": ["A", "B", "C"], "Q04": ["B"], "Q05": ["A", "C"]}


def test_who_bought_nothing_is_asked_why(folder):
    survey = definition(folder, "ls205_cascading_array_filter")
    asked = [q.name for stop in walk(survey, {"Q01": ["NA"]}).stops for q in stop.questions]
    assert asked == ["Q01", "Q03", "Q06"]


def test_groups_are_asked_as_often_as_people_live_there(folder):
    survey = definition(folder, "ls205_group_relevance")
    answers = {"name": "A", "gender": "F", "age": 30.0, "cohabs": 1, "p1sex": "M"}
    asked = [q.name for stop in walk(survey, answers).stops for q in stop.questions]
    assert "p1name" in asked
    assert "p2sex" not in asked


def test_scenarios_show_what_either_of_two_questions_opens(folder):
    survey = definition(folder, "ls3_sample_survey_multilingual_fr_de_en_it")

    def asked(**answers):
        return [q.name for stop in walk(survey, answers).stops for q in stop.questions]

    assert "CC01" in asked(QCS1=["SH101"])
    assert "CC01" in asked(QCS2=["SQ201"])
    assert "CC01" not in asked(QCS1=["SH102"])
    assert "CC01" not in asked(QCS1=["SH101"], QCS3="yes")
    assert "QCNo" not in asked()
    assert "QCDefault" in asked()


def test_every_language_of_the_file_is_there(folder):
    survey = definition(folder, "ls3_sample_survey_multilingual_fr_de_en_it")
    assert survey.languages == ("en", "fr", "it", "de")
    question = survey.by_name["QC"]
    assert set(question.ask) == {"en", "fr", "it", "de"}
    assert question.options[0].label["de"] == "Ja"

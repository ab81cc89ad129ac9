"""How cases ended: read from files, stored whole, replaced whole."""

import pytest

from measures.figures.dispositions import (
    Ended,
    parse_dispositions,
    read_counts_typed,
    store_dispositions,
)
from measures.figures.parsed import Unreadable
from measures.models.weighting import Disposition
from surveys.models.audit import AuditEntry
from surveys.models.versions import Survey
from tests.factories.answers import publish_survey

HEADER = "quarter,mode,code,n\n"


def problems_of(text: str) -> list[str]:
    with pytest.raises(Unreadable) as refused:
        parse_dispositions(text.encode(), "cases.csv")
    return refused.value.problems


def test_file_is_read_as_rows() -> None:
    text = HEADER + '2022-Q4,phone,1.1,412\n2022-Q4,phone,2.11,"1,004"\n2022-Q4,web,3.1,0\n'
    assert parse_dispositions(text.encode(), "cases.csv") == (
        Ended("2022-Q4", "phone", "1.1", 412),
        Ended("2022-Q4", "phone", "2.11", 1004),
        Ended("2022-Q4", "web", "3.1", 0),
    )


def test_every_problem_is_told_with_its_line() -> None:
    text = HEADER + "2022-Q5,phone,1.1,4\n2022-Q4,fax,7.1,4\n2022-Q4,web,1.1,-3\n"
    text += "2022-Q4,web,1.2,3\n2022-Q4,web,1.2,4\n"
    problems = problems_of(text)
    assert [problem.split(":")[1].strip() for problem in problems] == [
        "line 2",
        "line 3",
        "line 3",
        "line 4",
        "line 6",
    ]
    assert "'2022-Q5' is no quarter; expected one such as 2022-Q4" in problems[0]
    assert "'7.1' is no final disposition" in problems[1]
    assert "expected phone, web, paper, person" in problems[2]
    assert "n '-3': expected a whole number of cases" in problems[3]
    assert "2022-Q4 web 1.2 stands in an earlier line" in problems[4]


@pytest.mark.parametrize("n", ["", "4.5", "1e3", "99999999999", "2000000000"])
def test_number_that_is_none_is_refused(n: str) -> None:
    assert len(problems_of(f"{HEADER}2022-Q4,phone,1.1,{n}\n")) == 1


def test_typed_numbers_are_held_to_the_same_rules() -> None:
    assert read_counts_typed({"1.1": "12"}, quarter="2022-Q4", mode="web") == (
        Ended("2022-Q4", "web", "1.1", 12),
    )
    with pytest.raises(Unreadable) as refused:
        read_counts_typed({"1.1": "12", "1.2": "x"}, quarter="last", mode="web")
    # The quarter is one problem, however many numbers stand below it.
    assert len(refused.value.problems) == 2
    with pytest.raises(Unreadable, match="at least one outcome"):
        read_counts_typed({}, quarter="2022-Q4", mode="web")


@pytest.mark.django_db
def test_storing_again_replaces_the_same_quarter_and_mode_only() -> None:
    survey = publish_survey("domestic-abuse").survey
    store_dispositions(
        survey,
        [
            Ended("2022-Q3", "phone", "1.1", 5),
            Ended("2022-Q4", "phone", "1.1", 7),
            Ended("2022-Q4", "phone", "2.11", 3),
            Ended("2022-Q4", "web", "1.1", 9),
        ],
        actor="ann",
    )
    stored = store_dispositions(survey, [Ended("2022-Q4", "phone", "1.1", 8)], actor="bob")

    assert (stored.cases, stored.replaced) == (8, 2)
    rows = Disposition.objects.order_by("quarter", "mode", "code")
    assert list(rows.values_list("quarter", "mode", "code", "n", "added_by")) == [
        ("2022-Q3", "phone", "1.1", 5, "ann"),
        ("2022-Q4", "phone", "1.1", 8, "bob"),
        ("2022-Q4", "web", "1.1", 9, "ann"),
    ]
    entry = AuditEntry.objects.filter(action="store dispositions").first()
    assert entry is not None
    assert (entry.actor, entry.subject, entry.detail["sets"]) == (
        "bob",
        "domestic-abuse",
        ["2022-Q4 phone"],
    )


@pytest.mark.django_db
def test_nobody_is_a_case_of_a_survey_without_a_sample() -> None:
    survey: Survey = publish_survey("rape").survey
    with pytest.raises(Unreadable, match="nobody is sampled for it"):
        store_dispositions(survey, [Ended("2022-Q4", "web", "1.1", 8)], actor="ann")
    assert not Disposition.objects.exists()

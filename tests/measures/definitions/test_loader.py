"""The definitions of the product, and every problem of a wrong one by file and line."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from measures.definitions.loader import HERE, definitions, read_definitions
from measures.definitions.reading import DefinitionsError
from surveys.definitions.loader import load_definition

# Home Office guidance of 2021 to police and crime commissioners on the Specified Information Order.
HEADINGS = [
    "Reduce murder and other homicide",
    "Reduce serious violence",
    "Disrupt drugs supply and county lines",
    "Reduce neighbourhood crime",
    "Tackle cyber crime",
    "Improve satisfaction among victims, with a particular focus on victims of domestic abuse",
]


COUNTED = "counted:\n  one: {en: robbery offence}\n  many: {en: robbery offences}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the definitions to spoil."""
    for path in HERE.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def problems_in(folder: Path) -> list[str]:
    with pytest.raises(DefinitionsError) as caught:
        read_definitions(folder)
    return [str(problem) for problem in caught.value.problems]


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_six_priorities_in_their_official_words() -> None:
    assert [str(priority.heading) for priority in definitions().priorities] == HEADINGS


def test_every_priority_says_whether_it_applies_and_why() -> None:
    assert all(str(priority.reason).endswith(".") for priority in definitions().priorities)


def test_every_measure_is_compared_with_last_year_and_the_baseline() -> None:
    for measure in definitions().measures:
        assert measure.compare == ("previous-year", "baseline")
        assert measure.baseline is not None
        assert measure.baseline.period.label == "year ending June 2019"


def test_the_proxy_for_cyber_crime_says_what_for_and_why() -> None:
    measure = definitions().measure("cyber-organisations")

    assert measure is not None
    assert measure.proxy is not None
    assert "confidence" in str(measure.proxy.stands_for)
    assert "no figure" in str(measure.proxy.why) or "neither gives" in str(measure.proxy.why)


@pytest.mark.parametrize("measure", [m for m in definitions().measures if m.share])
def test_a_share_names_a_question_a_net_and_the_design_of_its_survey(measure) -> None:
    path = settings.BASE_DIR / "surveys" / "content" / measure.share.survey / "1.yaml"
    survey = load_definition(path.read_text("utf-8"))

    assert measure.share.question in survey.by_name
    assert measure.share.net in survey.nets
    assert measure.share.design == survey.design


def test_all_problems_of_all_files_are_told_at_once(folder: Path) -> None:
    spoil(folder / "robbery.yaml", "direction: lower-is-better", "direction: down")
    spoil(folder / "homicide.yaml", "year-ending: 2019-06", "year-ending: 2019-13")
    spoil(folder / "knife.yaml", "written_by", "writtenby")

    told = problems_in(folder)

    assert [line.split(":")[0] for line in told] == [
        "homicide.yaml",
        "knife.yaml",
        "knife.yaml",
        "robbery.yaml",
    ]
    assert "line 16: baseline.year-ending" in told[0]
    assert "such as 2022-11" in told[0]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("robbery.yaml", "measure: robbery", "measure: theft", "measure: expected 'robbery'"),
        ("robbery.yaml", "priority: serious-violence", "priority: drugs", "does not list it"),
        ("robbery.yaml", "headline: 2", "headline: 2\nheadline: 3", "headline: stands twice"),
        ("robbery.yaml", "count:", "count: [", "not YAML"),
        ("robbery.yaml", "{source: ons-pfa", "{source: ons", "count.1.source"),
        (
            "robbery.yaml",
            "compare: [previous-year, baseline]",
            "compare: [baseline, baseline]",
            "twice",
        ),
        (
            "robbery.yaml",
            "compare: [previous-year, baseline]",
            "compare: [previous-year]",
            "together",
        ),
        ("robbery.yaml", COUNTED, "", "needs `counted:`"),
        ("rape-satisfaction.yaml", "net: satisfied", "net: Satisfied!", "share.net"),
        ("priorities.yaml", "measures: [homicide]", "measures: [homicid]", "expected homicid.yaml"),
        (
            "priorities.yaml",
            "measures: [homicide]",
            "measures: [homicide, homicide]",
            "listed twice",
        ),
        ("sources.yaml", "ons-pfa:", "police-data:", "police-data"),
    ],
)
def test_what_is_wrong_is_told_by_file_and_place(
    folder: Path, file: str, old: str, new: str, expected: str
) -> None:
    spoil(folder / file, old, new)

    assert any(
        line.startswith(f"{file}: line ") and expected in line for line in problems_in(folder)
    )


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / "sources.yaml").unlink()

    assert problems_in(folder) == ["sources.yaml: line 1: the file is missing"]


def test_a_source_that_nobody_describes_is_told(folder: Path) -> None:
    text = (folder / "sources.yaml").read_text("utf-8")
    start = text.index("  ons-pfa:")
    (folder / "sources.yaml").write_text(text[:start] + text[text.index("  police-uk:") :], "utf-8")

    assert any("sources.yaml does not describe 'ons-pfa'" in line for line in problems_in(folder))

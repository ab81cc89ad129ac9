"""The compact tables in measures/facts: made from the original files, and equal to them."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import call_command

from measures.figures.importing import holdings
from measures.models.figures import Figure, Release
from tests.measures.figures.test_police_uk import row, street_file

pytestmark = pytest.mark.django_db

FACTS = Path(__file__).resolve().parents[3] / "measures" / "facts"
KENT = "E23000032"
# When the files came out: as docs/figures.md tells, with the reasons.
STREET_COPIES = {
    "copy-2021-12": "2021-12-22",
    "copy-2022-07": "2022-07-10",
    "copy-2023-01": "2023-01-29",
}
WORKBOOKS = {
    "policeforceareatablesyearendingmarch2018v2.xlsx": "2019-04-25",
    "policeforceareadatatablesyearendingjune2018corrected.xlsx": None,
    "policeforceareatablesyearendingdecember2018.xlsx": "2019-04-25",
    "policeforceareatablesyeendingmarch2019.xlsx": "2019-07-18",
    "policeforceareatablesyearendingjune2019.xlsx": "2019-10-17",
}


def load(name, source="published-facts", **options):
    out = io.StringIO()
    call_command("import_figures", str(FACTS / name), source=source, stdout=out, **options)
    return out.getvalue()


def extract(paths, output, *, source, area=KENT):
    call_command(
        "extract_facts", *paths, source=source, area=area, output=output, stdout=io.StringIO()
    )


def dated(folder, days):
    return [f"{folder / name}@{day}" if day else str(folder / name) for name, day in days.items()]


@pytest.mark.shared_data
def test_the_street_facts_are_what_the_files_give_today(shared_data, tmp_path):
    made = tmp_path / "made.csv"

    extract(dated(shared_data / "police-uk/kent", STREET_COPIES), made, source="police-uk")

    assert made.read_text() == (FACTS / "kent-police-uk.csv").read_text()


@pytest.mark.shared_data
def test_the_ons_facts_are_what_the_workbooks_give_today(shared_data, tmp_path):
    made = tmp_path / "made.csv"

    extract(dated(shared_data / "ons-recorded-crime", WORKBOOKS), made, source="ons-pfa")

    assert made.read_text() == (FACTS / "kent-ons-p1.csv").read_text()


@pytest.mark.parametrize("name", ["kent-police-uk.csv", "kent-ons-p1.csv"])
def test_every_fact_has_its_provenance(name):
    with (FACTS / name).open(newline="", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            assert line["licence"] == "Open Government Licence v3.0"
            assert line["publisher"]
            assert line["released"]
            assert line["release_date_from"] in ("stated", "the file")
            assert len(line["sha256"]) == 64


def test_june_2019_in_the_return_equals_ons_table_p1():
    load("kent-ons-p1.csv")
    load("kent-force-return.csv", source="force-return", released="2023-03-15")

    for slug, category, value in (
        ("violence-with-injury", "Violence with injury", 20_241),
        ("robbery", "Robbery", 1_982),
    ):
        figures = Figure.objects.filter(ends="2019-06-30", series__category__in=(slug, category))
        assert sorted(figures.values_list("series__source", "value")) == [
            ("force-return", value),
            ("ons-pfa", value),
        ]


@pytest.mark.shared_data
def test_the_original_files_after_the_facts_are_known_or_complete_them(shared_data):
    load("kent-ons-p1.csv")
    load("kent-police-uk.csv")
    facts = set(Figure.objects.values_list("id", "value", "known"))
    out = io.StringIO()

    for name, source in (("ons-recorded-crime", "ons-pfa"), ("police-uk/kent", "police-uk")):
        call_command("import_figures", str(shared_data / name), source=source, stdout=out)

    printed = out.getvalue()
    # Only Kent's line of 56 is among the facts.
    assert "june2019.xlsx: 1,265 figures taken; 23 were known, 0 replaced" in printed
    assert "2018-10-kent-street.csv.gz: already known, as imported on" in printed
    # The later copy of January 2022 gives the same counts and is not among the facts.
    assert "2022-01-kent-street.csv.gz: 196 figures taken, 196 replaced" in printed
    assert holdings("ons-pfa").figures == 5 * 56 * 23
    assert holdings("police-uk").figures == 20 * 196
    kept = Figure.objects.filter(id__in=[pk for pk, _, _ in facts])
    assert {(pk, value) for pk, value, _ in facts} == set(kept.values_list("id", "value"))


@pytest.mark.shared_data
def test_facts_make_the_rows_that_the_files_make(shared_data):
    fields = ("series__area_id", "series__category", "starts", "ends", "value", "label", "where")
    fields += ("note", "release__file_name", "release__sha256", "release__title")
    load("kent-ons-p1.csv")
    from_facts = set(Figure.objects.values_list(*fields))
    Figure.objects.all().delete()
    Release.objects.all().delete()

    folder = shared_data / "ons-recorded-crime"
    call_command("import_figures", str(folder), source="ons-pfa", stdout=io.StringIO())

    assert from_facts == set(Figure.objects.filter(series__area=KENT).values_list(*fields))


def test_a_table_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "a-street.csv").write_bytes(street_file(row()))
    errors = io.StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command(
            "extract_facts",
            f"{tmp_path}@2022-07-10",
            source="police-uk",
            area=KENT,
            output=tmp_path / "gone" / "made.csv",
            stderr=errors,
        )

    assert ended.value.code == 2
    assert errors.getvalue() == (
        f"{tmp_path}/gone/made.csv: can't be written (No such file or directory)\n"
    )


@pytest.mark.parametrize(
    ("paths", "area", "problem"),
    [
        (["{}/gone@2022-07-10"], KENT, "{}/gone: there is no such file or folder"),
        (["{}"], KENT, "a-street.csv: gives no release date: expected one after @"),
        (["{}@2022-07-10"], "E23000099", "--area E23000099: expected a code of"),
        (["{}@2022-07-10"], "E23000033", "a-street.csv: expected figures about E23000033"),
    ],
)
def test_what_cannot_be_extracted_is_told_and_nothing_written(tmp_path, paths, area, problem):
    (tmp_path / "a-street.csv").write_bytes(street_file(row()))
    made, errors = tmp_path / "made.csv", io.StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command(
            "extract_facts",
            *(path.format(tmp_path) for path in paths),
            source="police-uk",
            area=area,
            output=made,
            stderr=errors,
        )

    assert ended.value.code == 2
    assert errors.getvalue().startswith(problem.format(tmp_path))
    assert not made.exists()

"""Populations: what a file of totals may say, what is kept, and which one holds in a month."""

import csv
import gzip
import io
from collections import Counter
from datetime import date

import pytest
from django.conf import settings
from django.db import IntegrityError

from measures.figures.margins import (
    add_population,
    margins_of,
    population_at,
    read_margin,
    weighting_fields,
)
from measures.figures.parsed import Unreadable
from measures.models.weighting import Margin, Population
from surveys.models.audit import AuditEntry
from tests.factories.answers import publish_survey
from tests.factories.surveys import SMALL, changed, publish

FACTS = settings.BASE_DIR / "measures" / "facts"
JANUARY = date(2022, 1, 1)
AREA = {"north": 600.0, "south": 400.0}
REPORTED = {"yes": 250.0, "no": 750.0}


def refused(content, codes=("north", "south")):
    with pytest.raises(Unreadable) as error:
        read_margin(content.encode(), "area.csv", codes=codes)
    return error.value.problems


def add(survey, margins, **changes):
    given = {"source": "A census, 2021", "holds_from": JANUARY, "actor": "ana", **changes}
    return add_population(survey, margins, **given)


def test_a_margin_keeps_the_order_of_its_file_and_reads_totals_as_publishers_write_them():
    content = b'\xef\xbb\xbfvalue,total\nsouth,"1,400"\nnorth, 600.5 \n'
    found = read_margin(content, "area.csv", codes=("north", "south"))
    assert list(found.items()) == [("south", 1400.0), ("north", 600.5)]


def test_every_wrong_line_is_named():
    assert refused("value,total\nnorht,5\nnorth,none\nsouth,0\nsouth,nan\nnorth,inf\n") == [
        "area.csv: line 2: value 'norht': expected north or south",
        "area.csv: line 3: total 'none': expected a number above zero, such as 104087",
        "area.csv: line 4: total '0': expected a number above zero, such as 104087",
        "area.csv: line 5: value 'south' stands in an earlier line",
        "area.csv: line 5: total 'nan': expected a number above zero, such as 104087",
        "area.csv: line 6: value 'north' stands in an earlier line",
        "area.csv: line 6: total 'inf': expected a number above zero, such as 104087",
    ]


def test_another_table_is_refused_by_its_header():
    assert refused("code,people\nnorth,5\n") == [
        "area.csv: line 1: missing columns value, total; unexpected columns code, people: "
        "expected value, total"
    ]


@pytest.mark.django_db
def test_fields_are_the_strata_with_their_codes():
    assert weighting_fields(publish().survey) == {
        "area": ("north", "south"),
        "reported": ("yes", "no"),
    }


@pytest.mark.django_db
def test_fields_given_one_by_one_make_one_whole_population():
    survey = publish().survey
    add(survey, {"area": AREA})
    whole = add(survey, {"reported": REPORTED})
    assert margins_of(whole.population) == {"area": AREA, "reported": REPORTED}
    assert population_at("small", JANUARY) == whole.population
    assert Population.objects.count() == 2  # what was there is not changed


@pytest.mark.django_db
def test_a_correction_brings_what_it_corrects_and_the_same_again_changes_nothing():
    survey = publish().survey
    first = add(survey, {"area": AREA, "reported": REPORTED})
    again = add(survey, {"area": dict(AREA)})
    assert (again.population, again.is_new) == (first.population, False)
    corrected = add(survey, {"area": {"north": 601.0, "south": 399.0}})
    assert margins_of(corrected.population)["reported"] == REPORTED
    assert margins_of(first.population)["area"] == AREA
    assert [entry.actor for entry in AuditEntry.objects.filter(action="add population")] == [
        "ana",
        "ana",
    ]


@pytest.mark.django_db
def test_another_source_takes_nothing_over():
    survey = publish().survey
    add(survey, {"area": AREA})
    other = add(survey, {"reported": REPORTED}, source="Another census, 2031")
    assert margins_of(other.population) == {"reported": REPORTED}


@pytest.mark.django_db
def test_a_population_holds_from_its_month_until_a_later_one():
    survey = publish().survey
    old = add(survey, {"area": AREA})
    new = add(survey, {"area": {"north": 5.0, "south": 5.0}}, holds_from=date(2022, 7, 1))
    held = [population_at("small", date(2022, month, 1)) for month in (1, 6, 7, 12)]
    assert held == [old.population, old.population, new.population, new.population]
    assert population_at("small", date(2021, 12, 1)) is None


@pytest.mark.django_db
def test_margins_of_different_people_are_refused_and_rounded_ones_are_not():
    survey = publish().survey
    with pytest.raises(Unreadable, match="area 1,000, reported 2,000: expected the same"):
        add(survey, {"area": AREA, "reported": {"yes": 1000.0, "no": 1000.0}})
    assert not Population.objects.exists()
    add(survey, {"area": AREA, "reported": {"yes": 251.0, "no": 751.0}})


@pytest.mark.django_db
def test_codes_that_the_population_has_nobody_in_are_told():
    found = add(publish().survey, {"area": {"north": 600.0}})
    assert found.left_out == {"area": ("south",)}


@pytest.mark.django_db
@pytest.mark.parametrize("source", ["", "  ", "x" * 301])
def test_a_population_without_a_source_is_refused(source):
    with pytest.raises(Unreadable, match="source: expected publisher, title and date"):
        add(publish().survey, {"area": AREA}, source=source)


@pytest.mark.django_db
def test_the_database_too_refuses_a_total_of_nobody():
    population = add(publish().survey, {"area": AREA}).population
    with pytest.raises(IntegrityError, match="margin_is_positive"):
        Margin.objects.create(population=population, field="area", code="west", total=0)


@pytest.mark.django_db
def test_the_demonstrations_facts_fit_the_residents_survey():
    fields = weighting_fields(publish_survey("community-voice").survey)
    totals = {}
    for field, codes in fields.items():
        path = FACTS / f"kent-population-{field}.csv"
        margin = read_margin(path.read_bytes(), path.name, codes=codes)
        assert [code for code in codes if code not in margin] in ([], ["elsewhere"])
        totals[field] = sum(margin.values())
    assert set(totals.values()) == {1_499_222}


@pytest.mark.shared_data
def test_the_demonstrations_facts_are_those_of_the_publisher(shared_data):
    """Residents aged 16 or over: wards of mid-2020 added up."""
    by_sex = {
        "female": _people(shared_data / "population/sape23dt8a-mid-2020-ward-females.csv.gz"),
        "male": _people(shared_data / "population/sape23dt8a-mid-2020-ward-males.csv.gz"),
    }
    both = by_sex["female"] + by_sex["male"]
    districts, bands = Counter(), Counter()
    for (district, age), people in both.items():
        districts[district] += people
        bands[_band(age)] += people
    assert _fact("district") == dict(districts)
    assert _fact("age-band") == dict(bands)
    assert _fact("sex") == {sex: sum(people.values()) for sex, people in by_sex.items()}


def _fact(field):
    with (FACTS / f"kent-population-{field}.csv").open(encoding="utf-8", newline="") as file:
        return {line["value"]: int(line["total"]) for line in csv.DictReader(file)}


def _people(path):
    """People by district of Kent and year of age from 16; 90 stands for 90 and over."""
    kent = _fact("district")
    with io.TextIOWrapper(gzip.open(path), encoding="utf-8-sig", newline="") as file:
        head, *wards = list(csv.reader(file))[4:]
    found = Counter()
    for ward in wards:
        line = dict(zip(head, ward, strict=True))
        for age in range(16, 91) if line["LA Code (2021 boundaries)"] in kent else ():
            told = line["90+" if age == 90 else str(age)]
            found[line["LA Code (2021 boundaries)"], age] += int(told.replace(",", ""))
    return found


def _band(age):
    if age < 18:
        return "16-17"
    if age < 25:
        return "18-24"
    return "75-plus" if age >= 75 else f"{(age - 5) // 10 * 10 + 5}-{(age - 5) // 10 * 10 + 14}"


@pytest.mark.django_db
def test_a_survey_without_strata_has_no_fields():
    text = changed(SMALL, {"strata: [area, reported]": "strata: []"})
    assert weighting_fields(publish(text).survey) == {}

"""The places that figures and answers point to."""

import csv

import pytest
from django.core.management import call_command
from django.db import connection

from surveys.apps import load_places_after_migrate
from surveys.models.places import PLACES_FILE, Place, load_places

KENT = "E23000032"


@pytest.fixture(scope="module")
def lines() -> list[dict[str, str]]:
    with PLACES_FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.django_db
def test_places_stand_after_migrate(lines):
    assert Place.objects.count() == len(lines)


@pytest.mark.django_db
def test_there_are_43_territorial_forces_and_british_transport_police():
    codes = Place.objects.filter(kind="force").values_list("code", flat=True)

    assert len([code for code in codes if code.startswith(("E23", "W15"))]) == 43
    # ONS gives it no code; this is data.police.uk's own.
    assert [code for code in codes if not code.startswith(("E23", "W15"))] == ["btp"]


@pytest.mark.django_db
def test_kent_has_thirteen_districts_under_their_present_names():
    districts = {place.code: place for place in Place.objects.filter(parent=KENT)}

    assert set(districts) == {f"E070001{n:02}" for n in range(5, 17)} | {"E06000035"}
    assert districts["E07000112"].name == "Folkestone and Hythe"
    assert "Shepway" in districts["E07000112"].other_names
    assert "Medway UA" in districts["E06000035"].other_names


@pytest.mark.django_db
def test_every_force_of_england_lies_in_a_region_and_of_wales_in_wales():
    forces = Place.objects.filter(kind="force").exclude(code="btp").select_related("parent")

    for force in forces:
        expected = "region" if force.code.startswith("E") else "country"
        assert force.parent is not None
        assert force.parent.kind == expected


def test_no_two_places_of_a_kind_share_a_name(lines):
    names = [
        (line["kind"], name)
        for line in lines
        for name in (line["name"], *filter(None, line["other_names"].split("|")))
    ]

    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_loading_again_restores_what_changed_and_keeps_other_places(lines):
    Place.objects.filter(code="E07000112").update(name="Shepway", other_names=[])
    Place.objects.create(code="E07000061", name="Eastbourne", kind="district")

    assert load_places() == len(lines)

    assert Place.objects.get(code="E07000112").name == "Folkestone and Hythe"
    assert Place.objects.get(code="E07000112").other_names == ["Shepway", "Folkestone & Hythe"]
    assert Place.objects.count() == len(lines) + 1


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_has_its_places_again(lines):
    call_command("flush", interactive=False, verbosity=0)

    assert Place.objects.count() == len(lines)


@pytest.mark.django_db
def test_nothing_is_loaded_where_the_table_is_gone(monkeypatch):
    # `migrate surveys zero` sends the signal too.
    monkeypatch.setattr(connection.introspection, "table_names", list)
    Place.objects.filter(kind="district").delete()

    load_places_after_migrate()

    assert not Place.objects.filter(kind="district").exists()

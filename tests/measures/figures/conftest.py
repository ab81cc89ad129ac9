"""Places as parsers look them up, without a database."""

import csv

import pytest

from measures.figures.gazetteer import Gazetteer, Known
from surveys.models.places import PLACES_FILE


@pytest.fixture(scope="session")
def places() -> Gazetteer:
    with PLACES_FILE.open(encoding="utf-8", newline="") as file:
        return Gazetteer(
            Known(
                line["code"],
                line["kind"],
                (line["name"], *filter(None, line["other_names"].split("|"))),
                line["parent"] or None,
            )
            for line in csv.DictReader(file)
        )

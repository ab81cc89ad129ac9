"""Places by their ONS code: forces, districts, regions and countries; and where postcodes lie."""

import csv
from pathlib import Path

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction

# `other_names` are separated by "|".
PLACES_FILE = Path(__file__).resolve().parents[1] / "content" / "places.csv"


class Place(models.Model):
    """An area that figures and answers can be about; joined on its code, never on its name."""

    class Kind(models.TextChoices):
        COUNTRY = "country"
        REGION = "region"
        FORCE = "force"
        DISTRICT = "district"

    code = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=100)
    # Names that publishers used for the same code, such as Shepway for Folkestone and Hythe.
    other_names = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    """In which ward and district a postcode lies; nobody's answer, and never kept with one."""

    code = models.CharField(max_length=7, primary_key=True, help_text="Without a space.")
    # Empty where the publisher names none.
    ward = models.CharField(max_length=9, blank=True, db_index=True)
    district = models.CharField(max_length=9)

    def __str__(self) -> str:
        return f"{self.code[:-3]} {self.code[-3:]}"


def written_together(postcode: str) -> str:
    """A postcode as it is looked up: in capitals and without spaces."""
    return "".join(postcode.split()).upper()


@transaction.atomic
def load_places() -> int:
    """Brings the places of surveys/content/places.csv up to date; gives their number.

    Places that are not in the file stay, since figures may be about them. Running it twice
    changes nothing.
    """
    with PLACES_FILE.open(encoding="utf-8", newline="") as file:
        places = [
            Place(
                code=line["code"],
                name=line["name"],
                kind=line["kind"],
                parent_id=line["parent"] or None,
                other_names=[name for name in line["other_names"].split("|") if name],
            )
            for line in csv.DictReader(file)
        ]
    Place.objects.bulk_create(
        places,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "parent", "other_names"],
    )
    return len(places)

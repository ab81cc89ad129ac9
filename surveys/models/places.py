"""Places by their ONS code: forces, districts, regions and countries."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


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

"""Counts that add: how many responses of a group chose a cell."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from surveys.models.packed import PackedNumbers
from surveys.models.responses import Response
from surveys.models.versions import Survey, Version

# Counting and forgetting share this lock and go on side by side; a recount takes it alone.
TALLY_LOCK = 7_205_760
# With the version beside it: one at a time changes the tallies of a version.
ADDING_LOCK = 7_205_761


class Tally(models.Model):
    """How many people of one stratum and group, in one month and wave, count in each cell.

    `group` is a position in the version's `groups`, 0 for everyone. A breakdown that is one of the
    strata has no rows: it is summed from those of everyone. `n` and `keys` have four bytes, the
    lowest first, for each of the version's `cells`: the people in it, and the sum of their record
    keys modulo 2**32. Rows are only made by surveys.tally; one that nobody is in is not there.
    """

    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="tallies", db_index=False
    )
    wave = models.CharField(max_length=40, blank=True)
    period = models.DateField()
    stratum = models.TextField(blank=True)
    group = models.PositiveSmallIntegerField()
    # Made by code and never said by anybody: kept apart, so that every table can say so.
    is_synthetic = models.BooleanField(default=False)
    n = models.BinaryField()
    keys = models.BinaryField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "group", "period", "wave", "stratum", "is_synthetic"],
                name="tally_key",
            ),
            models.CheckConstraint(
                condition=models.Q(Exact(Length("n"), Length("keys"))),
                name="tally_has_a_key_for_each_cell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}, {self.period:%Y-%m}, group {self.group}"


class Uncounted(models.Model):
    """What a response that counts will add to the tallies, until it has been added.

    Triggers of the response's table put it here and keep it the same (migration 0015), whoever
    stores a response and however: nothing that counts can be missed. Whatever `counts` and is not
    here is in the tallies; surveys.tally takes out what it has added. No constraint leads back:
    the triggers delete what goes with its response.
    """

    response = models.OneToOneField(
        Response,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        related_name="uncounted",
        db_constraint=False,
    )
    version = models.ForeignKey(
        Version, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    wave = models.CharField(max_length=40, blank=True)
    period = models.DateField()
    stratum = models.TextField(blank=True)
    groups = ArrayField(models.PositiveSmallIntegerField())
    cells = PackedNumbers()
    record_key = models.BigIntegerField()
    is_synthetic = models.BooleanField()

    class Meta:
        verbose_name_plural = "uncounted"

    def __str__(self) -> str:
        return str(self.response_id)


class ClosedMonth(models.Model):
    """A month whose responses are deleted: its tallies are all that is left, and final.

    A recount leaves it alone, since it could only lose it.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    period = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "period"], name="month_is_closed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.period:%Y-%m} of {self.version_id}"


class Release(models.Model):
    """That results of a survey over these months were published: they can't be taken back."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="releases")
    first_month = models.DateField()
    last_month = models.DateField()
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "first_month", "last_month"], name="months_are_released_once"
            ),
            models.CheckConstraint(
                condition=models.Q(first_month__lte=models.F("last_month")),
                name="release_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey}: {self.first_month:%Y-%m} to {self.last_month:%Y-%m}"

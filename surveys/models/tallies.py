"""Counts that add: how many responses of a group chose a cell."""

from django.db import models

from surveys.models.versions import Survey, Version

# Counting and forgetting share this lock and go on side by side; a recount takes it alone.
TALLY_LOCK = 7_205_760


class Tally(models.Model):
    """n responses of one stratum and group, in one month and wave, count in one cell.

    `group` and `cell` are positions in the version's `groups` and `cells`; group 0 is everyone
    and cell 0 is the response itself. Rows are only made by surveys.tally.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="tallies")
    wave = models.CharField(max_length=40, blank=True)
    period = models.DateField()
    stratum = models.TextField(blank=True)
    group = models.PositiveSmallIntegerField()
    cell = models.PositiveSmallIntegerField()
    # How many of n came from code, so that every table can say so.
    synthetic = models.BigIntegerField(default=0)
    n = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "group", "cell", "period", "wave", "stratum"],
                name="tally_key",
            ),
            models.CheckConstraint(
                condition=models.Q(n__gte=models.F("synthetic"), synthetic__gte=0),
                name="tally_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.n} in cell {self.cell} of {self.version_id}"


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

"""Crime figures with two clocks: the period they are about, and when they were known."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Cast


class Release(models.Model):
    """One file as a publisher released it and as it was imported, once."""

    source = models.CharField(max_length=20, help_text="Which parser read it, such as ons-pfa.")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    # What the file says of itself: publisher, title and licence, to be shown with its figures.
    publisher = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    licence = models.CharField(max_length=200, blank=True)
    released_at = models.DateTimeField(help_text="When its figures became known.")
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.CharField(max_length=150)
    taken = models.PositiveIntegerField()
    replaced = models.PositiveIntegerField()
    # [{"where": "line 12", "why": "…"}]: what was not taken, and the warnings.
    set_aside = models.JSONField(default=list)
    warnings = models.JSONField(default=list)

    class Meta:
        ordering = ["-released_at", "-id"]
        constraints = [
            # The same bytes again change nothing.
            models.UniqueConstraint(fields=["source", "sha256"], name="release_file_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.file_name}"


class Series(models.Model):
    """What a run of figures counts: a publisher's category in an area."""

    source = models.CharField(max_length=20)
    area = models.ForeignKey("surveys.Place", on_delete=models.PROTECT, related_name="+")
    # The publisher's own name, one spelling for all its releases, and its code where it has one.
    category = models.CharField(max_length=120)
    category_code = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "area", "category"], name="series_key_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} in {self.area_id} ({self.source})"


class Figure(models.Model):
    """A count for the days from `starts` to `ends`, both included, as one release told it.

    `known` is when it stood: from its release until the next release that speaks of the same
    days. A revision closes one row and opens another; nothing is overwritten.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="figures")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="figures")
    starts = models.DateField()
    ends = models.DateField()
    value = models.BigIntegerField(help_text="A count; corrections can make it negative.")
    label = models.CharField(max_length=200, help_text="The category as this file spells it.")
    where = models.CharField(max_length=100, blank=True, help_text="Sheet and row, or line.")
    note = models.CharField(max_length=500, blank=True)
    known = DateTimeRangeField()

    class Meta:
        indexes = [
            # One series over time, as of a moment.
            models.Index(fields=["series", "starts", "ends"], name="figure_series_period"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts__lte=models.F("ends")), name="figure_period_runs_forward"
            ),
            # No two truths about the same days at the same moment. Ranges stand in for the plain
            # columns, since btree_gist is not among the extensions of the embedded PostgreSQL.
            ExclusionConstraint(
                name="figure_one_truth_at_a_time",
                expressions=[
                    (
                        models.Func(
                            Cast("series", models.BigIntegerField()),
                            Cast("series", models.BigIntegerField()),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        RangeOperators.EQUAL,
                    ),
                    (
                        models.Func("starts", "ends", models.Value("[]"), function="daterange"),
                        RangeOperators.EQUAL,
                    ),
                    ("known", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} from {self.starts} to {self.ends}"

"""Statements: what was computed for a period, as frozen documents."""

from django.db import models


class Statement(models.Model):
    """One edition of the statement for the twelve months that end with `period`.

    `bundle` is canonical JSON and holds everything that may be shown. Of a survey it tells what
    was released before, so that no exact count of answers stands anywhere in it.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"

    period = models.DateField(help_text="The first day of the last month.")
    edition = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    as_of = models.DateTimeField(help_text="Figures and answers as they were known then.")
    bundle = models.TextField()
    sha256 = models.CharField(max_length=64)
    built_at = models.DateTimeField(auto_now_add=True)
    built_by = models.CharField(max_length=150)
    published_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-period", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["period", "edition"], name="statement_edition"),
            # One draft at a time: building again replaces it.
            models.UniqueConstraint(
                fields=["period"],
                condition=models.Q(state="draft"),
                name="statement_one_draft",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", published_at__isnull=True, approved_by="")
                | (
                    models.Q(state="published", published_at__isnull=False)
                    & ~models.Q(approved_by="")
                ),
                name="statement_published_at_goes_with_by",
            ),
            # Whoever built a statement can't be the one who approves it.
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("built_by")),
                name="statement_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period:%Y-%m}, edition {self.edition}"

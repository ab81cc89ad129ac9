"""What survey answers are weighted by, and how the fieldwork went."""

from django.db import models


class Population(models.Model):
    """Who a survey speaks for, counted by somebody: the totals that weights add up to.

    Holds from the month `holds_from` until a later one of the same survey. Never changed: a
    correction is another one.
    """

    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=300, help_text="Publisher, title and date.")
    holds_from = models.DateField(help_text="The first day of a month.")
    is_frame = models.BooleanField(
        default=False,
        help_text="The sample was drawn from exactly these: errors shrink as it nears them all.",
    )
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["survey", "-holds_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(holds_from__day=1), name="population_holds_from_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey}, from {self.holds_from:%Y-%m}: {self.source}"


class Margin(models.Model):
    """So many people of a population gave, or would give, this code for a field."""

    population = models.ForeignKey(Population, on_delete=models.CASCADE, related_name="margins")
    field = models.CharField(max_length=121, help_text="One of the survey's strata.")
    code = models.CharField(max_length=60)
    total = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["population", "field", "code"], name="margin_once"),
            models.CheckConstraint(condition=models.Q(total__gt=0), name="margin_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.field}={self.code}: {self.total:g}"


class Target(models.Model):
    """How many responses a survey wants in a quarter; shared out over strata by the population."""

    survey = models.OneToOneField("surveys.Survey", on_delete=models.PROTECT, related_name="+")
    a_quarter = models.PositiveIntegerField()
    set_at = models.DateTimeField(auto_now=True)
    set_by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"{self.a_quarter} a quarter for {self.survey}"


class Disposition(models.Model):
    """How many cases of a survey's sample ended so, in a quarter and by one mode.

    `code` is a final disposition of the AAPOR Standard Definitions (2023), such as 1.1 for a
    complete interview or 2.11 for a refusal.
    """

    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=7)
    mode = models.CharField(max_length=6)
    code = models.CharField(max_length=5)
    n = models.PositiveIntegerField()
    # Made by code for the demonstration: it says so wherever it shows.
    is_synthetic = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now=True)
    added_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "quarter", "mode", "code"], name="disposition_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey}, {self.quarter}, {self.mode}: {self.n} of {self.code}"

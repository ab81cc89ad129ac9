"""How many people who agreed to be counted came to the public site; nobody is told apart."""

from django.db import models


class VisitMonth(models.Model):
    """How many browsers came in one month, once each, of those whose owner agreed to be counted."""

    # Its first day.
    month = models.DateField(primary_key=True)
    first_time = models.PositiveIntegerField(default=0)
    returning = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "month of visits to the public site"
        verbose_name_plural = "months of visits to the public site"
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="visits_are_counted_by_month"
            ),
        ]

    def __str__(self) -> str:
        return f"visits in {self.month:%Y-%m}"

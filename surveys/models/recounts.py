"""Recounts that somebody asked for on the desk, and how far they are."""

from django.db import models


class Recounting(models.Model):
    """One recount of all tallies, made by a worker while its page tells how far it is."""

    class State(models.TextChoices):
        ASKED = "asked"  # and being done
        DONE = "done"
        FAILED = "failed"

    state = models.CharField(max_length=6, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True, blank=True)
    # Responses counted of those there are.
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    # How often a worker began: whatever kills it each time is given up in the end.
    tries = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(blank=True, help_text="What came of it.")

    class Meta:
        verbose_name = "recount"
        ordering = ["-asked_at"]
        constraints = [
            # A second one beside it would only wait for the first and give the same.
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="asked"), name="recount_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"recount asked for by {self.asked_by}"

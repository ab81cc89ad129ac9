"""Concerns for somebody's safety, for the safeguarding lead: never sent anywhere by themselves."""

import uuid

from django.db import models
from django.utils import timezone

from surveys.models.encryption import open_sealed, seal
from surveys.models.versions import Survey


class Concern(models.Model):
    """Somebody may be in danger, or asked to be contacted; what was said is sealed.

    `sealed` holds `said` (the answer or words that called for help; never of an anonymous survey)
    and `contact` (what the person left to be reached by, if they asked for it).
    """

    class Why(models.TextChoices):
        ANSWER = "answer", "an answer"
        WORDS = "words", "words that somebody wrote"
        ASKED = "asked", "asked to be contacted"

    class Outcome(models.TextChoices):
        SAFE = "safe", "The person was reached and is safe"
        REFERRED = "referred", "Handed on to another service"
        NOT_REACHED = "not-reached", "The person could not be reached safely"
        NOTHING = "nothing", "Nothing could or needed to be done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="concerns")
    why = models.CharField(max_length=7, choices=Why.choices)
    question = models.CharField(max_length=121, blank=True)
    language = models.CharField(max_length=35)
    sealed = models.TextField(editable=False)
    raised_at = models.DateTimeField(default=timezone.now)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=150, blank=True)
    action = models.TextField(blank=True, help_text="What was done, sealed.")
    acted_at = models.DateTimeField(null=True, blank=True)
    acted_by = models.CharField(max_length=150, blank=True)
    outcome = models.CharField(max_length=11, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["raised_at"]
        indexes = [
            # The queue: what is not closed, oldest first.
            models.Index(
                fields=["raised_at"],
                condition=models.Q(closed_at__isnull=True),
                name="concern_is_open",
            ),
        ]
        constraints = [
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{done}_at__isnull": True, f"{done}_by": ""})
                    | (models.Q(**{f"{done}_at__isnull": False}) & ~models.Q(**{f"{done}_by": ""})),
                    name=f"concern_{done}_at_goes_with_by",
                )
                for done in ("acknowledged", "acted", "closed")
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, outcome="")
                | (
                    models.Q(closed_at__isnull=False, acknowledged_at__isnull=False)
                    & ~models.Q(outcome="")
                ),
                name="concern_is_closed_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"concern {str(self.id)[:8]}"

    def write(self, told: dict[str, object]) -> None:
        self.sealed = seal(told, table="concern", column="sealed", row=str(self.id))

    def read(self) -> dict[str, object]:
        """What was said and left; raises CannotOpenError when it is not as it was sealed."""
        told = open_sealed(self.sealed, table="concern", column="sealed", row=str(self.id))
        if not isinstance(told, dict):
            raise TypeError(f"concern {self.id} holds {type(told).__name__}")
        return told

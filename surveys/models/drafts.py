"""Answers not yet sent: those of a visit that goes on, and those kept under a person's own number.

What somebody left to be reached by stands in surveys/models/contacts.py, and only who holds the
cookie or the number can tell which row of the one belongs to which of the other.
"""

import secrets
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from surveys.models.encryption import open_sealed, seal
from surveys.models.versions import Version
from surveys.questions.base import Answer


def new_seed() -> int:
    """What the options of one person are shuffled by; too small to know anyone by."""
    return secrets.randbelow(1000)


class Draft(models.Model):
    """One visit: answers on their way, sealed, and for some minutes how the visit ended.

    Gone at leaving and when idle; the answers are gone at sending too.
    """

    class State(models.TextChoices):
        ANSWERING = "answering"
        SENT = "sent"
        ENDED = "ended"
        WITHDRAWN = "withdrawn"

    # Also the nonce with which it is sent, once, unless it goes on with what was kept.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # That of the visit whose kept answers this one goes on with: on however many devices they are
    # opened, they are stored once.
    kept_nonce = models.UUIDField(null=True, editable=False)
    # SHA-256 of the one cookie: who reads the database can't take a visit over.
    token_hash = models.BinaryField(unique=True, max_length=32, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    # As long as a BCP 47 tag may need to be (RFC 5646, section 4.4.1).
    language = models.CharField(max_length=35)
    order_seed = models.PositiveSmallIntegerField(default=new_seed)
    # Empty once the visit is over.
    sealed = models.TextField(editable=False, blank=True)
    has_contact = models.BooleanField(default=False)
    # What finds and opens the kept copy, if there is one; it takes the cookie to read this.
    saved = models.TextField(blank=True, editable=False)
    # Which calls for help were answered with the page of help already.
    helped = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ANSWERING)
    # Where in the questionnaire an ending stands: its page and which of that page's endings.
    ended_at_page = models.PositiveSmallIntegerField(default=0)
    ending = models.PositiveSmallIntegerField(default=0)
    # A number that the person was given, until the page that shows it once; it takes the cookie to
    # read this, too.
    number = models.TextField(blank=True, editable=False)
    started_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="answering") | models.Q(sealed="", saved=""),
                name="draft_that_is_over_holds_no_answers",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def nonce(self) -> str:
        """Under which the answers are sent: the same again stores nothing."""
        return (self.kept_nonce or self.id).hex

    def write(self, answers: dict[str, Answer]) -> None:
        self.sealed = seal(answers, table="draft", column="sealed", row=str(self.id))

    def read(self) -> dict[str, Answer]:
        """The answers so far; raises CannotOpenError when they are not as they were sealed."""
        answers = open_sealed(self.sealed, table="draft", column="sealed", row=str(self.id))
        if not isinstance(answers, dict):
            raise TypeError(f"draft {self.id} holds {type(answers).__name__}, expected answers")
        return answers


class SavedAnswers(models.Model):
    """Answers kept under a number that only the person has: it finds them and opens them.

    `lookup` is a keyed hash of the number and `sealed` is locked with a key made from it, so
    neither staff nor a copy of the database can read them.
    """

    lookup = models.BinaryField(primary_key=True, max_length=32)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    sealed = models.TextField(editable=False)
    # A day and not a moment: the time would lead to the contact details kept in the same second.
    last_day = models.DateField(db_index=True)

    class Meta:
        verbose_name_plural = "saved answers"

    def __str__(self) -> str:
        return f"kept answers to {self.version_id}"

"""What people answered, what they wrote in their own words, and answers not yet sent.

Nothing here knows who answered: no key leads to a contact, ids are random, and the time of an
answer is kept to the month.
"""

import secrets
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from surveys.models.encryption import open_sealed, seal
from surveys.models.versions import Version
from surveys.questions.base import Answer


def new_seed() -> int:
    """What the options of one person are shuffled by; too small to know anyone by."""
    return secrets.randbelow(1000)


class Response(models.Model):
    """One person's answers to one version: a single row."""

    class Channel(models.TextChoices):
        WEB = "web"
        PHONE = "phone"
        PAPER = "paper"
        API = "api"
        IMPORT = "import"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="responses")
    wave = models.CharField(max_length=40, blank=True)
    # As long as a BCP 47 tag may need to be (RFC 5646, section 4.4.1).
    language = models.CharField(max_length=35)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    # The first day of the month of the answer; nothing finer is kept.
    period = models.DateField()
    answers = models.JSONField()
    order_seed = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="What options in random order were shuffled by."
    )
    dropped = models.PositiveSmallIntegerField(
        default=0, help_text="Answers that were off the path when it was sent."
    )
    stratum = models.TextField(blank=True)
    # Positions in the version's groups and cells: what this response adds one to.
    groups = ArrayField(models.PositiveSmallIntegerField())
    cells = ArrayField(models.PositiveSmallIntegerField())
    is_synthetic = models.BooleanField(
        default=False, help_text="Made by code for the demonstration; nobody said this."
    )
    is_tallied = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period__day=1), name="response_period_is_a_month"
            ),
        ]
        indexes = [
            # The sweep for what is not yet counted.
            models.Index(
                fields=["version"],
                condition=models.Q(is_tallied=False),
                name="response_not_tallied",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class OwnWords(models.Model):
    """What a person wrote in their own words, sealed; kept for less long than the answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="own_words")
    # A field: 60 characters of a question, a dot and 60 of the option with words beside it.
    question = models.CharField(max_length=121)
    sealed = models.TextField(editable=False)

    class Meta:
        verbose_name_plural = "own words"
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question"], name="own_words_once_a_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.response_id}"

    def write(self, text: str) -> None:
        self.sealed = seal(text, table="own_words", column="sealed", row=str(self.id))

    def read(self) -> str:
        """The text; raises CannotOpenError when it is not as it was sealed."""
        return str(open_sealed(self.sealed, table="own_words", column="sealed", row=str(self.id)))


class Receipt(models.Model):
    """That a submission was stored: the same nonce again stores nothing. Kept for 48 hours."""

    nonce_hash = models.BinaryField(primary_key=True, max_length=32)
    content_hash = models.BinaryField(max_length=32)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"receipt of {self.response_id}"


class Draft(models.Model):
    """Answers on their way, sealed; gone at leaving, at sending and when idle."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    # As long as a BCP 47 tag may need to be (RFC 5646, section 4.4.1).
    language = models.CharField(max_length=35)
    order_seed = models.PositiveSmallIntegerField(default=new_seed)
    sealed = models.TextField(editable=False)
    started_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.id)

    def write(self, answers: dict[str, Answer]) -> None:
        self.sealed = seal(answers, table="draft", column="sealed", row=str(self.id))

    def read(self) -> dict[str, Answer]:
        """The answers so far; raises CannotOpenError when they are not as they were sealed."""
        answers = open_sealed(self.sealed, table="draft", column="sealed", row=str(self.id))
        if not isinstance(answers, dict):
            raise TypeError(f"draft {self.id} holds {type(answers).__name__}, expected answers")
        return answers

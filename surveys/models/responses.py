"""What people answered, and what they wrote in their own words.

Nothing here knows who answered: no key leads to a contact, ids are random, and the time of an
answer is kept to the month.
"""

import secrets
import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from surveys.models.encryption import open_sealed, seal
from surveys.models.packed import PackedNumbers
from surveys.models.versions import Version

# Keys of records add up modulo this (rule D5 of the disclosure policy).
RECORD_KEYS = 2**32


def new_record_key() -> int:
    return secrets.randbelow(RECORD_KEYS)


class Response(models.Model):
    """One person's answers to one version: a single row."""

    class Channel(models.TextChoices):
        WEB = "web"
        PHONE = "phone"
        PAPER = "paper"
        API = "api"
        IMPORT = "import"

    class Standing(models.TextChoices):
        """Whether it is counted; only `counts` is."""

        COUNTS = "counts"
        # Something about it looked like a machine's; a person decides.
        SET_ASIDE = "set-aside"
        # A person decided that nobody honest sent it.
        REFUSED = "refused"
        # The one who sent it took it back.
        WITHDRAWN = "withdrawn"

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
    # Random, and secret for good: what is published of a group is shifted by the sum of its keys.
    record_key = models.BigIntegerField(default=new_record_key, editable=False)
    stratum = models.TextField(blank=True)
    # Positions in the version's groups and cells: what this response adds one to.
    groups = ArrayField(models.PositiveSmallIntegerField())
    cells = PackedNumbers()
    is_synthetic = models.BooleanField(
        default=False, help_text="Made by code for the demonstration; nobody said this."
    )
    standing = models.CharField(
        max_length=9, choices=Standing.choices, default=Standing.COUNTS, editable=False
    )
    # What made it look like a machine's, such as `honeypot`; stays once a person decided.
    signs = ArrayField(models.CharField(max_length=20), default=list, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period__day=1), name="response_period_is_a_month"
            ),
        ]
        indexes = [
            # The list of what waits for a person, and the results with and without it.
            models.Index(
                fields=["version", "standing"],
                condition=~models.Q(standing="counts"),
                name="response_not_counted",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Judgement(models.Model):
    """Who decided last whether a response that was set aside counts; which way is its standing."""

    response = models.OneToOneField(
        Response, on_delete=models.CASCADE, primary_key=True, related_name="judgement"
    )
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(decided_by=""), name="judgement_is_somebodys"
            ),
        ]

    def __str__(self) -> str:
        return f"judgement of {self.response_id}"


class OwnWords(models.Model):
    """What a person wrote in their own words, sealed; kept for less long than the answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The constraint below begins with it: another index would be written for nothing.
    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="own_words", db_index=False
    )
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
    """That a submission was stored: the same nonce again stores nothing. Kept for 48 hours.

    Longer than its response, if that is erased meanwhile: a browser or a client that sends the same
    once more must not bring back what somebody had deleted.
    """

    nonce_hash = models.BinaryField(primary_key=True, max_length=32)
    # Empty once the response is erased, since of few answers a hash can be tried out.
    content_hash = models.BinaryField(max_length=32)
    response = models.ForeignKey(
        Response,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    # The hour and no more: a moment would lead to what else was stored then.
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            # What is over its 48 hours; rows come in the order of their time.
            BrinIndex(fields=["created_at"], name="receipt_by_time"),
        ]

    def __str__(self) -> str:
        return f"receipt of {self.response_id}"


class ReceiptCode(models.Model):
    """The number with which the one who sent a response finds it again; only its HMAC is here."""

    lookup = models.BinaryField(primary_key=True, max_length=32)
    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"number of {self.response_id}"

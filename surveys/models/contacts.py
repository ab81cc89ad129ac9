"""How a person may safely be reached; never joined to an answer.

No key leads from here to a response or back, and the order of rows says nothing either: see
surveys/fieldwork/contact.py.
"""

import uuid

from django.db import models

from surveys.models.encryption import open_sealed, seal
from surveys.models.versions import Survey


class ContactDetail(models.Model):
    """An e-mail address or telephone number that a person left at the end of a survey, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=60)
    # Only one of the site's own languages, which many share: a rare one in the same month could
    # lead to the answers of the one person who read it.
    language = models.CharField(max_length=35)
    sealed = models.TextField(editable=False)
    # The first day of the month in which it was left; nothing finer is kept.
    period = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period__day=1), name="contact_period_is_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"contact left with {self.survey}"

    def write(self, detail: str) -> None:
        self.sealed = seal(detail, table="contact_detail", column="sealed", row=str(self.id))

    def read(self) -> str:
        """The address or number; raises CannotOpenError when it is not as it was sealed."""
        return str(
            open_sealed(self.sealed, table="contact_detail", column="sealed", row=str(self.id))
        )


class DraftContact(models.Model):
    """What a person left to be reached by while they still answer, apart from their answers.

    `key` is a hash of the visit's cookie for this purpose alone: no other row leads here.
    """

    key = models.BinaryField(primary_key=True, max_length=32)
    sealed = models.TextField(editable=False)
    touched_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "contact details on their way"


class SavedContact(models.Model):
    """What a person left to be reached by, kept under the same number as their answers.

    The look-up is another hash of the number: only who has the number can join the two.
    """

    lookup = models.BinaryField(primary_key=True, max_length=32)
    sealed = models.TextField(editable=False)
    last_day = models.DateField(db_index=True)

    def __str__(self) -> str:
        return "kept contact details"

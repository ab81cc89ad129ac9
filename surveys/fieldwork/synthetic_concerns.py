"""Two invented concerns for the demonstration, known by their ids: nobody said any of it."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from surveys.models.safeguarding import Concern
from surveys.models.versions import Survey

SPACE = UUID("6f1d8f0e-5b0a-4c55-9d3a-3f5d0c8d7a11")
IDS = tuple(uuid5(SPACE, f"synthetic concern {n}") for n in range(2))
# How long ago they were raised: one is overdue, one is not.
HOURS_AGO = (50, 3)
LEFT = (
    {
        "how": "phone",
        "reach": "01632 960001",
        "when": "Made up for the demonstration: weekdays, 10am to 2pm.",
        "message": False,
    },
    {
        "how": "email",
        "reach": "somebody@example.org",
        "when": "Made up for the demonstration: any time.",
        "message": True,
    },
)


def is_synthetic(concern_id: UUID) -> bool:
    """Whether code made the concern up."""
    return concern_id in IDS


@transaction.atomic
def load_synthetic_concerns(survey: Survey) -> None:
    """Raises both, unless they were raised before; the number is one that Ofcom keeps for plays."""
    for key, hours, contact in zip(IDS, HOURS_AGO, LEFT, strict=True):
        if Concern.objects.filter(pk=key).exists():
            continue
        raised_at = timezone.now() - timedelta(hours=hours)
        concern = Concern(
            id=key, survey=survey, why=Concern.Why.ASKED, language="en", raised_at=raised_at
        )
        concern.write({"contact": contact})
        concern.save(force_insert=True)

"""Invented responses for the demonstration: the same seed gives the same ones, all marked."""

import random
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from surveys.definitions.counters import LONDON
from surveys.definitions.random_walk import random_answers
from surveys.models.responses import RECORD_KEYS, Response
from surveys.models.versions import Version
from surveys.responses.answers import Cleaned
from surveys.responses.likely import likely_answers
from surveys.responses.submit import make_response
from surveys.versions.read import definition_of


@transaction.atomic
def load_synthetic(version: Version, *, months: list[date], a_month: int, seed: int) -> int:
    """Stores `a_month` invented responses for each month; none where some are stored already."""
    if Response.objects.filter(version=version, is_synthetic=True).exists():
        return 0
    # Not for secrets: the point is that everyone gets the same.
    chance = random.Random(f"{version.sha256}/{seed}")  # noqa: S311
    rows = [_invented(version, chance, month) for month in months for _ in range(a_month)]
    Response.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def _invented(version: Version, chance: random.Random, month: date) -> Response:
    definition = definition_of(version)
    likely = likely_answers(definition.survey, month)
    answers = random_answers(definition, chance, today=month, likely=likely)
    response = make_response(
        version,
        Cleaned(answers, dropped=0, wrong={}),
        language=definition.languages[0],
        channel="web" if definition.policy == "open" else chance.choice(["phone", "web"]),
        at=datetime.combine(month, time(12), LONDON),
    )
    response.id = UUID(int=chance.getrandbits(128), version=4)
    # Not secret, and the same for everyone, as what is published of them shall be.
    response.record_key = response.id.int % RECORD_KEYS
    response.is_synthetic = True
    return response

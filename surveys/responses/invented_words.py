"""Invented words for invented people, so that the demonstration has something to read."""

import random
from pathlib import Path
from uuid import UUID

import yaml
from django.db import transaction

from surveys.models.months import first_month_kept
from surveys.models.responses import OwnWords, Response
from surveys.models.versions import Version

WORDS = Path(__file__).resolve().parents[1] / "content" / "invented-words.yaml"
# How many of those who answer write something.
WRITING = 0.5


@transaction.atomic
def load_invented_words(version: Version, *, months: int, seed: int) -> int:
    """Has half of the invented people of the last months write something; gives how many.

    None where some wrote already. The same seed gives the same words to the same people. Only of
    synthetic responses, which say so wherever their words are shown.
    """
    known = yaml.safe_load(WORDS.read_text(encoding="utf-8")).get(version.survey.slug, {})
    people = Response.objects.filter(
        version=version, is_synthetic=True, period__gte=first_month_kept(months)
    )
    if not known or OwnWords.objects.filter(response__in=people).exists():
        return 0
    # Not for secrets: the point is that everyone gets the same.
    chance = random.Random(f"{version.sha256}/{seed}/words")  # noqa: S311
    found = [
        _written(person, question, chance.choice(texts), chance)
        for person in people.order_by("pk")
        for question, texts in known.items()
        if chance.random() < WRITING
    ]
    OwnWords.objects.bulk_create(found)
    return len(found)


def _written(person: Response, question: str, text: str, chance: random.Random) -> OwnWords:
    words = OwnWords(
        id=UUID(int=chance.getrandbits(128), version=4), response=person, question=question
    )
    words.write(text)
    return words

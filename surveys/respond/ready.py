"""Pages kept ready: what is the same for everyone who comes to one is rendered once.

Kept are only pages on which nothing depends on what somebody answered: no answer given, no error,
no words put in from earlier answers, no order of one's own. What differs is put in last.
"""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache

from django.conf import settings
from django.core.cache import caches
from django.utils.html import escape

from surveys.definitions.fingerprint import fingerprint
from surveys.definitions.journey import Stop
from surveys.definitions.schema import Definition
from surveys.models.versions import Version
from surveys.questions.choosing import OptionsQuestion
from surveys.respond.visit import Visit
from surveys.versions.read import sealed


def ready_page(
    version: Version, *shown: object, render: Callable[[], str], late: Mapping[str, str]
) -> str:
    """The page as it was rendered for the first to whom the same of this version was `shown`.

    `late` gives what is put in for each visit, by the place that stands for it; see `place_of`.
    """
    key = fingerprint(json.dumps([version.pk, version.sha256, *shown, settings.EXIT_URL]))
    cache = caches["pages"]
    page = cache.get(key)
    if page is None:
        page = render()
        cache.set(key, page, timeout=None)
    for name, value in late.items():
        page = page.replace(place_of(name), escape(value))
    return str(page)


def place_of(name: str) -> str:
    """What stands in a page that is kept where something of each visit's own goes."""
    return f"here-goes-the-{name}-of-this-visit"


def is_same_for_all(visit: Visit, stop: Stop) -> bool:
    """Whether a page of questions looks the same to all who come to it on a like path."""
    return stop.number not in _pages_of_ones_own(visit.draft.version_id)


def shown_at(visit: Visit, stop: Stop) -> list[object]:
    """What of a page of questions depends on the path that led to it."""
    offered = [
        (question.name, [option.value for option in question.options])
        for question in stop.questions
        if question.name in visit.definition.option_conditions
        and isinstance(question, OptionsQuestion)
    ]
    return [stop.number, [question.name for question in stop.questions], offered]


@lru_cache(maxsize=64)
def _pages_of_ones_own(version_pk: int) -> frozenset[int]:
    """The numbers of the pages that show earlier answers or an order drawn for one person."""
    definition = sealed(version_pk).definition
    return frozenset(
        number
        for number, page in enumerate(definition.pages, start=1)
        if "{{" in page.model_dump_json() or _shuffles(definition, number)
    )


def _shuffles(definition: Definition, number: int) -> bool:
    questions = definition.pages[number - 1].questions
    return any(getattr(question, "order", "given") == "random" for question in questions)

"""Reading what was published."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from surveys.definitions.fingerprint import restore
from surveys.definitions.schema import Definition
from surveys.models.versions import Survey, Version

# What `sealed` holds, so that a query for a page or a submission can leave it where it is:
# `.defer(*SEALED_FIELDS)`, or `.defer(*(f"version__{name}" for name in SEALED_FIELDS))`.
SEALED_FIELDS = ("document", "cells", "groups")


# The newest of SurveyQuerySet.open_now and published_versions, which a test sees to: written out
# since building a query costs more than asking it, and each visit begins with this one.
OPEN_VERSION = """
SELECT version.id
FROM surveys_version AS version JOIN surveys_survey AS survey ON survey.id = version.survey_id
WHERE survey.code = %(code)s
    AND (survey.opens_at IS NULL OR survey.opens_at <= %(now)s)
    AND (survey.closes_at IS NULL OR survey.closes_at > %(now)s)
    AND version.published_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM surveys_withdrawal WHERE version_id = version.id)
ORDER BY version.number DESC LIMIT 1
"""


@dataclass(frozen=True)
class Sealed:
    """What never changes once a version is published; `…_at` give a counter's position.

    Of the version's survey only id, slug and code may be relied on: the rest can be edited.
    `shuffles` tells whether it has options in random order, which need a seed.
    """

    version: Version
    definition: Definition
    group_at: Mapping[str, int]
    cell_at: Mapping[str, int]
    shuffles: bool


@lru_cache(maxsize=64)
def sealed(version_pk: int) -> Sealed:
    """What a published version sealed, read once in each process.

    Raises Version.DoesNotExist for a draft, which may still change. Not for the transaction that
    publishes: if that is rolled back, the version is a draft again.
    """
    versions = Version.objects.select_related("survey").filter(published_at__isnull=False)
    version = versions.get(pk=version_pk)
    definition = _restored(version.sha256, version.document)
    return Sealed(
        version,
        definition=definition,
        group_at={name: at for at, name in enumerate(version.groups)},
        cell_at={name: at for at, name in enumerate(version.cells)},
        shuffles=any(getattr(q, "order", "given") == "random" for q in definition.questions),
    )


@lru_cache(maxsize=256)
def _published_pk(slug: str, number: int) -> int:
    """Raises Version.DoesNotExist, which is not kept, where nothing was published yet."""
    published = Version.objects.filter(published_at__isnull=False)
    return int(published.values_list("pk", flat=True).get(survey__slug=slug, number=number))


def once_published(slug: str, number: int) -> Version | None:
    """That version of a survey as it was published, or None; it may be withdrawn or closed by now.

    A survey that was given another slug since may still be found by its old one.
    """
    try:
        return sealed(_published_pk(slug, number)).version
    except Version.DoesNotExist:
        return None


def definition_of(version: Version) -> Definition:
    """The definition of a version, built once in each process for each text."""
    if "document" not in vars(version):
        # It was left in the database, where that of a draft may have changed.
        try:
            return sealed(version.pk).definition
        except Version.DoesNotExist:
            pass
    return _restored(version.sha256, version.document)


@lru_cache(maxsize=64)
def _restored(sha256: str, document: str) -> Definition:
    return restore(document)


def published_versions() -> QuerySet[Version]:
    """Published versions with their surveys; drafts and what was withdrawn are left out."""
    return Version.objects.filter(
        published_at__isnull=False, withdrawal__isnull=True
    ).select_related("survey")


def current_version(survey: Survey) -> Version | None:
    """The version that a new respondent answers, or None before the first publication."""
    return published_versions().filter(survey=survey).order_by("-number").first()


def open_version(code: str) -> Version | None:
    """The version that who comes to the survey with this code answers now, if it is open."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN_VERSION, {"code": code, "now": timezone.now()})
        row = cursor.fetchone()
    return None if row is None else sealed(row[0]).version


def listed_versions() -> QuerySet[Version]:
    """The current versions of open surveys that the public site and the API may list, by slug."""
    listed = published_versions().filter(
        survey__in=Survey.objects.open_now(), survey__is_listed=True
    )
    # Of each survey the first in this order.
    return listed.order_by("survey__slug", "-number").distinct("survey__slug")

"""Reading what was published."""

from functools import lru_cache

from django.db.models import QuerySet

from surveys.definitions.fingerprint import restore
from surveys.definitions.schema import Definition
from surveys.models.versions import Survey, Version


def definition_of(version: Version) -> Definition:
    """The definition of a version, built once in each process for each text."""
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


def listed_versions() -> QuerySet[Version]:
    """The current versions of open surveys that the public site and the API may list, by slug."""
    listed = published_versions().filter(
        survey__in=Survey.objects.open_now(), survey__is_listed=True
    )
    # Of each survey the first in this order.
    return listed.order_by("survey__slug", "-number").distinct("survey__slug")

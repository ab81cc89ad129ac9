"""Finding what a page of the desk is about, and what is wrong with it."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.shortcuts import get_object_or_404

from surveys.admin.desk import counted
from surveys.definitions.checks import problems_in
from surveys.definitions.fingerprint import restore
from surveys.definitions.places import Found
from surveys.definitions.schema import Definition
from surveys.models.audit import AuditEntry
from surveys.models.versions import Survey, Version
from surveys.questions.base import said
from surveys.versions.compare import Change, compare
from surveys.versions.read import definition_of


def version_or_404(pk: int) -> Version:
    """The version with its survey and whether it was withdrawn."""
    return get_object_or_404(Version.objects.select_related("survey", "withdrawal"), pk=pk)


def versions_of(survey: Survey) -> list[Version]:
    """All versions of a survey, newest first, without their counters; states ask no more."""
    return list(survey.versions.select_related("withdrawal").defer("cells", "groups"))


def last_stored(version: Version) -> AuditEntry | None:
    """Who changed a draft last, and when."""
    return AuditEntry.objects.filter(action="store draft", subject=str(version)).first()


def problems_of(version: Version) -> tuple[Found, ...]:
    """Everything that is wrong with a version, worked out once in each process for each text."""
    return _problems(version.sha256, version.document)


def to_put_right(version: Version) -> int:
    """How many things stand in the way of publication."""
    return sum(found.level != "advice" for found in problems_of(version))


def problems_counted(levels: Iterable[str]) -> str:
    """ "3 errors, 1 to put right before publication, 2 pieces of advice": what there is of each."""
    found = Counter(levels)
    told = {
        "error": counted(found["error"], "error"),
        "publication": f"{found['publication']:,} to put right before publication",
        "advice": counted(found["advice"], "piece of advice", "pieces of advice"),
    }
    return ", ".join(words for level, words in told.items() if found[level])


def changes_between(before: Version, after: Version) -> tuple[Change, ...]:
    """What changed from one version to another, worked out once in each process."""
    return _changes(before.sha256, before.document, after.sha256, after.document)


def since_before(version: Version) -> dict[str, Any] | None:
    """What a version changes against the last one published before it; None for the first.

    `counts` by kind, and `reasons`: what its authors say of reworded questions that mean the same.
    """
    earlier = version.survey.versions.filter(published_at__isnull=False, number__lt=version.number)
    before = earlier.order_by("-number").first()
    if before is None:
        return None
    definition = definition_of(version)
    counts = Counter(change.kind for change in changes_between(before, version))
    return {
        "before": before,
        "counts": [(kind, counts[kind]) for kind in ("breaking", "additive", "cosmetic")],
        "reasons": [
            (asked_of(name, definition) or name, reason)
            for name, reason in definition.continuity.items()
        ],
    }


def asked_of(field: str, definition: Definition) -> str:
    """The words of a question, or of the one that a field is part of."""
    name = field.partition(".")[0]
    asked = next((question for question in definition.questions if question.name == name), None)
    return str(said(asked.ask, definition.languages[0])) if asked else ""


@lru_cache(maxsize=32)
def _changes(
    old_sha256: str, old_document: str, new_sha256: str, new_document: str
) -> tuple[Change, ...]:
    return compare(restore(old_document), restore(new_document))


@lru_cache(maxsize=32)
def _problems(sha256: str, document: str) -> tuple[Found, ...]:
    return tuple(problems_in(restore(document)))

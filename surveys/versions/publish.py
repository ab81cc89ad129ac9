"""From a definition to a sealed version: stored, checked, approved by another, published.

Each step writes the audit log in the same transaction, and refuses with
CannotPublishError, whose text the officer reads.
"""

from django.db import transaction
from django.utils import timezone

from surveys.definitions.checks import problems_in
from surveys.definitions.counters import cells, groups
from surveys.definitions.fingerprint import canonical, fingerprint, restore
from surveys.definitions.places import Found
from surveys.definitions.schema import Definition
from surveys.models.audit import record
from surveys.models.versions import Survey, Version, Withdrawal
from surveys.versions.helplines import helpline_keys
from surveys.versions.read import current_version, definition_of

# A position in the sealed lists is stored as a small integer.
MOST_COUNTERS = 32_767


class CannotPublishError(ValueError):
    """The step can't be taken; the text says why."""


@transaction.atomic
def store_version(
    definition: Definition, *, actor: str, source: str = Version.Source.COMMAND
) -> Version:
    """The version with this definition: a draft, or the published one if it is the same.

    A draft of the same number is replaced, and where that changes it, it must be checked and
    approved anew. Raises CannotPublishError where that number is published with another
    definition, and for helplines that nobody described.
    """
    _refuse_unknown_helplines(definition)
    all_cells, all_groups = _counters(definition)
    text = canonical(definition)
    survey, _ = Survey.objects.get_or_create(slug=definition.survey)
    # Who stores at the same time waits here, and then sees what the other one stored.
    Survey.objects.select_for_update().get(pk=survey.pk)
    found = survey.versions.select_for_update().filter(number=definition.version).first()
    if found is not None and found.published_at is not None:
        return _same_as_published(found, text)
    if found is not None and found.document == text:
        return found
    version = found or Version(survey=survey, number=definition.version, created_by=actor)
    version.document, version.sha256 = text, fingerprint(text)
    version.cells, version.groups = list(all_cells), list(all_groups)
    # A draft that anyone edited on the desk stays one that two people must see.
    desk = Version.Source.DESK
    version.source = desk if desk in (version.source, source) and found else source
    version.editors = sorted({*version.editors, actor})
    version.checked_at = version.approved_at = None
    version.checked_by = version.approved_by = ""
    version.save()
    record(actor, "store draft", subject=str(version), sha256=version.sha256)
    return version


def to_do(definition: Definition) -> list[Found]:
    """What must be put right before publication; advice is left out."""
    return [found for found in problems_in(definition) if found.level != "advice"]


@transaction.atomic
def check_version(version: Version, *, actor: str) -> Version:
    """Marks a draft as checked; raises CannotPublishError while something is to do."""
    version = _locked(version)
    _refuse_unless(version, "draft")
    problems = to_do(definition_of(version))
    if problems:
        raise CannotPublishError(
            f"{len(problems)} to put right first: " + "; ".join(p.message for p in problems)
        )
    version.checked_at, version.checked_by = timezone.now(), actor
    version.save(update_fields=["checked_at", "checked_by"])
    record(actor, "check version", subject=str(version), sha256=version.sha256)
    return version


@transaction.atomic
def approve_version(version: Version, *, actor: str) -> Version:
    """Marks a checked draft as approved, by somebody who is not among its editors."""
    version = _locked(version)
    _refuse_unless(version, "checked")
    if actor in version.editors:
        raise CannotPublishError(f"{actor} edited {version}: it must be approved by another person")
    version.approved_at, version.approved_by = timezone.now(), actor
    version.save(update_fields=["approved_at", "approved_by"])
    record(actor, "approve version", subject=str(version), sha256=version.sha256)
    return version


@transaction.atomic
def publish_version(version: Version, definition: Definition, *, actor: str) -> Version:
    """Seals a draft: from here on it takes answers and the database refuses any change to it.

    One from the desk must have been approved; who runs a command on the server needs nobody.
    """
    version = _locked(version)
    if version.published_at is not None:
        return version
    if version.source == Version.Source.DESK and version.approved_at is None:
        raise CannotPublishError(f"{version} was not approved: another person must approve it")
    if canonical(definition) != version.document:
        raise CannotPublishError(f"{version} was changed meanwhile: look at it again")
    problems = to_do(definition)
    if problems:
        raise CannotPublishError("; ".join(problem.message for problem in problems))
    newest = current_version(version.survey)
    if newest is not None and newest.number > version.number:
        raise CannotPublishError(
            f"{newest} is published: expected a number above {newest.number}, "
            f"found {version.number}"
        )
    version.published_at, version.published_by = timezone.now(), actor
    version.save(update_fields=["published_at", "published_by"])
    _list_as_current(version.survey)
    record(actor, "publish version", subject=str(version), sha256=version.sha256)
    return version


@transaction.atomic
def withdraw_version(version: Version, *, actor: str, reason: str) -> Withdrawal:
    """Takes a published version back: no new answers, and who is in the middle is told so.

    The version before it, if there is one, takes new answers again.
    """
    version = _locked(version)
    _refuse_unless(version, "published")
    if not reason.strip():
        raise CannotPublishError("expected a reason for the withdrawal")
    withdrawal = Withdrawal.objects.create(version=version, by=actor, reason=reason.strip())
    _list_as_current(version.survey)
    record(actor, "withdraw version", subject=str(version), reason=reason.strip())
    return withdrawal


def _list_as_current(survey: Survey) -> None:
    """Shows the survey publicly where the version that takes answers says so."""
    current = current_version(survey)
    is_listed = current is not None and definition_of(current).listed
    Survey.objects.filter(pk=survey.pk).update(is_listed=is_listed)


def _locked(version: Version) -> Version:
    """The version as it is now; no other step changes meanwhile which one is current."""
    Survey.objects.select_for_update().get(pk=version.survey_id)
    return Version.objects.select_for_update().get(pk=version.pk)


def _refuse_unless(version: Version, state: str) -> None:
    if version.state != state:
        raise CannotPublishError(f"{version} is {version.state}: expected one that is {state}")


def _refuse_unknown_helplines(definition: Definition) -> None:
    unknown = [key for key in definition.helplines if key not in helpline_keys()]
    if unknown:
        raise CannotPublishError(f"helplines.yaml does not describe {', '.join(unknown)}")


def _counters(definition: Definition) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The cells and groups to seal; raises CannotPublishError where there are too many."""
    all_cells, all_groups = cells(definition), groups(definition)
    most = max(len(all_cells), len(all_groups))
    if most > MOST_COUNTERS:
        raise CannotPublishError(
            f"{most:,} counters, of which there can be {MOST_COUNTERS:,}: narrow the numbers asked"
        )
    if cells(restore(canonical(definition))) != all_cells:
        raise CannotPublishError("the definition does not come back as it was stored")
    return all_cells, all_groups


def _same_as_published(version: Version, text: str) -> Version:
    if version.state == "withdrawn":
        raise CannotPublishError(
            f"{version} was withdrawn: expected `version: {version.number + 1}`"
        )
    if version.document != text:
        raise CannotPublishError(
            f"version {version.number} of {version.survey.slug} is published and differs: "
            f"expected `version: {version.number + 1}` for a changed definition"
        )
    return version

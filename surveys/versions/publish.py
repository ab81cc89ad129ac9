"""From a definition to a sealed version."""

from django.db import transaction
from django.utils import timezone

from surveys.definitions.counters import cells, groups
from surveys.definitions.fingerprint import canonical, fingerprint, restore
from surveys.definitions.schema import Definition
from surveys.models.audit import record
from surveys.models.versions import Survey, Version
from surveys.versions.helplines import helpline_keys

# A position in the sealed lists is stored as a small integer.
MOST_COUNTERS = 32_767


class CannotPublishError(ValueError):
    """The definition is sound, and yet it can't be stored or published; the text says why."""


@transaction.atomic
def store_version(definition: Definition, *, actor: str) -> Version:
    """The version with this definition: a draft, or the published one if it is the same.

    A draft of the same number is replaced. Raises CannotPublishError where that number is
    published with another definition, and for helplines that nobody described.
    """
    unknown = [key for key in definition.helplines if key not in helpline_keys()]
    if unknown:
        raise CannotPublishError(f"helplines.yaml does not describe {', '.join(unknown)}")
    all_cells, all_groups = cells(definition), groups(definition)
    most = max(len(all_cells), len(all_groups))
    if most > MOST_COUNTERS:
        raise CannotPublishError(
            f"{most:,} counters, of which there can be {MOST_COUNTERS:,}: narrow the numbers asked"
        )
    survey, _ = Survey.objects.get_or_create(slug=definition.survey)
    text = canonical(definition)
    if cells(restore(text)) != all_cells:
        raise CannotPublishError("the definition does not come back as it was stored")
    sealed = survey.versions.filter(number=definition.version, published_at__isnull=False).first()
    if sealed is not None:
        if sealed.sha256 != fingerprint(text):
            raise CannotPublishError(
                f"version {sealed.number} of {survey.slug} is published and differs: "
                f"expected `version: {sealed.number + 1}` for a changed definition"
            )
        return sealed
    version, _ = Version.objects.update_or_create(
        survey=survey,
        number=definition.version,
        defaults={
            "document": text,
            "sha256": fingerprint(text),
            "cells": list(all_cells),
            "groups": list(all_groups),
        },
    )
    record(actor, "store draft", subject=str(version), sha256=version.sha256)
    return version


@transaction.atomic
def publish_version(version: Version, definition: Definition, *, actor: str) -> Version:
    """Seals a draft: from here on it takes answers and the database refuses any change to it."""
    if version.published_at is not None:
        return version
    version.published_at = timezone.now()
    version.published_by = actor
    version.save(update_fields=["published_at", "published_by"])
    Survey.objects.filter(pk=version.survey_id).update(is_listed=definition.listed)
    record(actor, "publish version", subject=str(version), sha256=version.sha256)
    return version

"""Changing a part of a version: in the draft, or from a published version into the next draft."""

from collections.abc import Callable

from django.db import transaction

from surveys.definitions.editable_parts import Part, part_of
from surveys.definitions.editable_texts import data_of
from surveys.definitions.editing import Changes, apply
from surveys.definitions.fingerprint import canonical
from surveys.definitions.loader import build_definition
from surveys.definitions.places import Marked
from surveys.definitions.schema import Definition
from surveys.models.audit import record
from surveys.models.versions import Survey, Version
from surveys.versions.publish import store_version
from surveys.versions.read import definition_of

EDITED = "edit questionnaire"


class ConflictError(Exception):
    """Somebody else changed the same part since it was opened: `part` as it is now, if it is."""

    def __init__(self, part: Part | None, version: Version) -> None:
        super().__init__(version)
        self.part = part
        self.version = version


@transaction.atomic
def edit_part(
    version: Version,
    key: str,
    *,
    begun: str,
    wanted: Callable[[Definition, Part], Changes],
    actor: str,
) -> Version | None:
    """The draft with the changes in it, or None where there are none.

    A published version stays as it is: the changes make the next one, or go into the draft of it
    that there is. `begun` is the mark of the part from which somebody began. Raises ConflictError,
    DefinitionError with all that is wrong, and CannotPublishError.
    """
    # Whoever saves at the same moment waits here, and then sees what the other one saved.
    Survey.objects.select_for_update().get(pk=version.survey_id)
    version = Version.objects.select_related("survey").get(pk=version.pk)
    base = newer_draft(version) or version
    definition = definition_of(base)
    part = part_of(definition, key)
    if part is None or part.mark != begun:
        raise ConflictError(part, base)
    changed = apply(data_of(definition), wanted(definition, part))
    edited = build_definition(Marked(changed)).definition
    if canonical(edited) == base.document:
        return None
    if base.published_at is not None:
        edited = edited.model_copy(update={"version": next_number(base)})
    stored = store_version(edited, actor=actor, source=Version.Source.DESK)
    record(actor, EDITED, subject=str(stored), part=key, sha256=stored.sha256)
    return stored


def newer_draft(version: Version) -> Version | None:
    """The draft that edits of a published version go into, where there is one already."""
    if version.published_at is None:
        return None
    drafts = version.survey.versions.filter(published_at=None, number__gt=version.number)
    return drafts.select_related("survey", "withdrawal").order_by("number").first()


def next_number(version: Version) -> int:
    """The number of the version that comes after all that the survey has."""
    newest = version.survey.versions.order_by("-number").first()
    return (newest or version).number + 1

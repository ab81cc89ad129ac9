"""Which number a definition gets whose file knows none: a form of another tool, or a copy."""

from surveys.definitions.fingerprint import canonical
from surveys.definitions.schema import Definition
from surveys.models.versions import Survey


def numbered(definition: Definition) -> Definition:
    """The definition with the number of the draft that it replaces, else with the next one.

    Where it says what a version says, it keeps that one's number: loading a file twice, or a form
    that went out from here, makes no second version.
    """
    survey = Survey.objects.filter(slug=definition.survey).first()
    newest = survey.versions.order_by("-number").first() if survey else None
    if newest is None or newest.survey.versions.filter(document=canonical(definition)).exists():
        return definition
    same = definition.model_copy(update={"version": newest.number})
    is_same = canonical(same) == newest.document and newest.state != "withdrawn"
    if newest.published_at is None or is_same:
        return same
    return definition.model_copy(update={"version": newest.number + 1})

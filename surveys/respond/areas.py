"""From a postcode or the name of a place to one of the areas that a question lists.

What was typed is looked at here and nowhere else: it is neither stored nor logged, and no message
repeats it.
"""

import re
from collections.abc import Iterable, Mapping

from django.db.models.functions import Length

from surveys.models.places import Place, Postcode, written_together
from surveys.questions.base import Form
from surveys.questions.place import LONGEST, PlaceQuestion, plain_name
from surveys.questions.wrong import WrongAnswerError

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}", re.ASCII)
# The first half of one, which is enough where all of it lies in one area.
OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?", re.ASCII)
INWARD_LENGTH = 3


def with_area(question: PlaceQuestion, form: Form) -> Form:
    """What was sent, with the area that the typed place lies in as if chosen from the list.

    Raises WrongAnswerError for a place that leads to no one area. What is not known does not
    matter where an area is chosen from the list as well.
    """
    typed = "".join(form.get(f"{question.name}.typed", ())[:1]).strip()
    if not typed:
        return form
    if any(form.get(f"{question.name}.missing", ())):
        # Nothing to look up: the question refuses a place and a missing code at once.
        return {**form, question.name: ["typed"]}
    chosen = next((value for value in form.get(question.name, ()) if value), None)
    try:
        area = find_area(typed, question)
    except WrongAnswerError:
        if chosen is None:
            raise
        return form
    if chosen not in (None, area):
        raise WrongAnswerError("two-places")
    return {**form, question.name: [area]}


def find_area(typed: str, question: PlaceQuestion) -> str:
    """The code of the listed area in which a postcode or named place lies.

    That of `elsewhere` for a known place outside all of them, where the question has one. Raises
    WrongAnswerError for what is unknown, lies in several areas or in none.
    """
    text = written_together(typed)
    if len(typed) > LONGEST:
        raise WrongAnswerError("unknown-place")
    if POSTCODE.fullmatch(text) or OUTWARD.fullmatch(text):
        return _one_of(_areas_of_postcode(text), question)
    return _area_of_name(plain_name(typed), question)


def _areas_of_postcode(text: str) -> list[set[str]]:
    """For each different pair of ward and district, their codes and those of what they are in."""
    rows = Postcode.objects.filter(code=text)
    if OUTWARD.fullmatch(text):
        rows = Postcode.objects.annotate(length=Length("code")).filter(
            code__startswith=text, length=len(text) + INWARD_LENGTH
        )
    found = set(rows.values_list("ward", "district"))
    parents = _parents(())
    return [{ward, *_upwards(district, parents)} for ward, district in found]


def _area_of_name(name: str, question: PlaceQuestion) -> str:
    listed = {
        option.code
        for option in question.options
        if option.code and name in {plain_name(label) for label in option.label.values()}
    }
    if len(listed) == 1:
        return str(listed.pop())
    parents = _parents(question.areas)
    named = [code for code, *names in _names() if name in {plain_name(called) for called in names}]
    return _one_of([_around(code, question, parents) for code in named], question)


def _around(code: str, question: PlaceQuestion, parents: Mapping[str, str | None]) -> set[str]:
    """A place with what it lies in; if it is itself wider than areas that are listed, those."""
    within = {area for area in question.areas if code in _upwards(area, parents)}
    return within or set(_upwards(code, parents))


def _one_of(places: Iterable[set[str]], question: PlaceQuestion) -> str:
    """The one listed area that all these places share; each place is a set of codes."""
    areas = set(question.areas)
    found: set[str | None] = set()
    for place in places:
        found |= (place & areas) or {question.elsewhere}
    if not found:
        raise WrongAnswerError("unknown-place")
    if len(found) > 1:
        raise WrongAnswerError("wide-place")
    area = found.pop()
    if area is None:
        raise WrongAnswerError("outside-place")
    return area


def _parents(areas: Iterable[str]) -> dict[str, str | None]:
    """What each place lies in; wards are no places of ours, but postcodes tell their districts."""
    wards = Postcode.objects.filter(ward__in=areas).values_list("ward", "district").distinct()
    return {**dict(wards), **dict(Place.objects.values_list("code", "parent"))}


def _names() -> list[tuple[str, ...]]:
    return [
        (code, name, *others)
        for code, name, others in Place.objects.values_list("code", "name", "other_names")
    ]


def _upwards(code: str, parents: Mapping[str, str | None]) -> list[str]:
    """A place and what it lies in, from small to large."""
    found: list[str] = []
    at: str | None = code
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return found

"""What people wrote in their own words, picked by question, month and group, and searched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from surveys.models.encryption import CannotOpenError
from surveys.models.responses import OwnWords, Response
from surveys.models.versions import Survey, Version
from surveys.tally.tabulated import asked_in_words, breakdown_of
from surveys.versions.read import definition_of

# Words are sealed, so a search opens each of them; further back it does not look.
MOST_SEARCHED = 20_000
# All that is shown of a response beside its words; nothing else of it is fetched.
SHOWN = ("response__period", "response__language", "response__is_synthetic")
CANNOT_READ = (
    "These words can’t be read: they are sealed with a key that this service does not have."
)


@dataclass(frozen=True)
class Asked:
    """A question that takes words, as the newest version that has it asks it."""

    survey: Survey
    name: str
    question: str

    @property
    def key(self) -> str:
        return f"{self.survey.slug}/{self.name}"


@dataclass(frozen=True)
class Piece:
    """A part of a text; `is_found` where it is one of the words looked for."""

    text: str
    is_found: bool


@dataclass(frozen=True)
class Written:
    """What one person wrote; nothing else of theirs stands with it."""

    pieces: tuple[Piece, ...]
    month: date
    language: str
    is_synthetic: bool


@dataclass(frozen=True)
class Picked:
    """Whose words are asked for. `group` is a group of a breakdown such as `area=north`."""

    asked: Asked
    month: date | None = None
    group: str = ""
    search: str = ""

    def found(self) -> QuerySet[OwnWords]:
        """The words, newest month first; within a month in no order that says anything."""
        words = _of(self.asked)
        if self.month:
            words = words.filter(response__period=self.month)
        if self.group:
            words = words.filter(_in_group(self.asked.survey, self.group))
        shown = words.select_related("response").only("question", "sealed", *SHOWN)
        return shown.order_by("-response__period", "pk")

    def matching(self) -> tuple[list[Written], bool]:
        """All that hold every word of the search, and whether some were too far back to look at."""
        wanted = self.search.casefold().split()
        rows = list(self.found()[: MOST_SEARCHED + 1])
        texts = ((row, text_of(row)) for row in rows[:MOST_SEARCHED])
        return [
            written(row, text, wanted)
            for row, text in texts
            if all(word in text.casefold() for word in wanted)
        ], len(rows) > MOST_SEARCHED


def questions_with_words() -> list[Asked]:
    """The questions of all published versions that take words, by survey and in their order."""
    found: dict[tuple[str, str], Asked] = {}
    versions = Version.objects.filter(published_at__isnull=False).select_related("survey")
    for version in versions.order_by("survey__slug", "-number"):
        definition = definition_of(version)
        for field in definition.fields:
            if field.is_own_words:
                words = asked_in_words(definition, field, definition.languages[0])
                asked = Asked(version.survey, field.name, words)
                found.setdefault((version.survey.slug, field.name), asked)
    return list(found.values())


def months_with_words(asked: Asked) -> list[tuple[date, int]]:
    """The months in which somebody wrote something there, newest first, and how many did."""
    months = _of(asked).values_list("response__period").annotate(Count("pk"))
    return sorted(months, reverse=True)


def groups_to_pick(asked: Asked) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each breakdown of the survey in words, with the name and the words of its groups."""
    version = _versions(asked.survey).first()
    if version is None:
        return []
    definition = definition_of(version)
    breakdowns = [breakdown_of(definition, name) for name in definition.breakdowns]
    return [
        (one.label, [(_group(one.name, code), words) for code, words in one.groups.items()])
        for one in breakdowns
    ]


def written(row: OwnWords, text: str, wanted: Sequence[str] = ()) -> Written:
    """One person's words for the page, with those looked for set apart."""
    response = row.response
    return Written(
        tuple(pieces(text, wanted)), response.period, response.language, response.is_synthetic
    )


def text_of(row: OwnWords) -> str:
    """What was written, or in its place that it can't be read."""
    try:
        return row.read()
    except CannotOpenError:
        return CANNOT_READ


def pieces(text: str, wanted: Sequence[str]) -> list[Piece]:
    """The text in parts, every other of which is one of the words looked for.

    Without a letter that changes its length in small print: of those the whole text is one part.
    """
    small = text.casefold()
    if not wanted or len(small) != len(text):
        return [Piece(text, is_found=False)]
    found, at = [], 0
    while at < len(text):
        hits = [(small.find(word, at), -len(word)) for word in wanted if small.find(word, at) >= 0]
        if not hits:
            break
        start, length = min(hits)
        found += [Piece(text[at:start], is_found=False)] if start > at else []
        found.append(Piece(text[start : start - length], is_found=True))
        at = start - length
    return [*found, Piece(text[at:], is_found=False)] if at < len(text) else found


def _of(asked: Asked) -> QuerySet[OwnWords]:
    """Words of responses that count; what was set aside or taken back is nobody's to read here."""
    return OwnWords.objects.filter(
        question=asked.name,
        response__version__survey=asked.survey,
        response__standing=Response.Standing.COUNTS,
    )


def _group(breakdown: str, code: str) -> str:
    """A group as a version seals it; "~" is who did not say."""
    return f"{breakdown}{code}" if code == "~" else f"{breakdown}={code}"


def _in_group(survey: Survey, group: str) -> Q:
    """Responses in a group, whose position is another in each version."""
    which = Q(pk__in=[])
    for version in _versions(survey):
        if group in version.groups:
            at = version.groups.index(group)
            which |= Q(response__version=version, response__groups__contains=[at])
    return which


def _versions(survey: Survey) -> QuerySet[Version]:
    return Version.objects.filter(survey=survey, published_at__isnull=False).order_by("-number")

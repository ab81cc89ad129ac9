"""Which versions of a survey a table over some months may add up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from surveys.models.versions import Version
from surveys.tally.periods import Span
from surveys.tally.store import months_tallied
from surveys.versions.compare import Segment, trend
from surveys.versions.read import definition_of, sealed

Months = Callable[..., tuple[date, date] | None]


@dataclass(frozen=True)
class Joined:
    """The versions of the newest series that had begun by the end of the months.

    `since` are those of the months in which it was asked so: nothing before them is to be counted.
    Two tables can be compared only where their `series` is the same. `broke` says what changed
    where the question was asked before in a way that can't be joined.
    """

    versions: tuple[Version, ...]
    since: Span
    series: int
    broke: str


def published_of(survey: str) -> tuple[Version, ...]:
    """All published versions of a survey, in the order of their numbers.

    Raises LookupError, in words, where there is none.
    """
    found = Version.objects.filter(survey__slug=survey, published_at__isnull=False)
    versions = tuple(
        sealed(pk).version for pk in found.order_by("number").values_list("pk", flat=True)
    )
    if not versions:
        raise LookupError(f"no survey called {survey!r} was ever published")
    return versions


def series_of(survey: str, field: str, *, by: str | None = None) -> tuple[Segment, ...]:
    """The versions that ask for a field, in segments that join; with `by` those that split by it.

    Raises LookupError, in words, where no published version does.
    """
    segments = trend(survey, field)
    if by is not None:
        segments = _with_breakdown(segments, by)
    if not segments:
        published_of(survey)
        split = f" with the breakdown {by!r}" if by else ""
        raise LookupError(f"no published version of {survey!r} asks for {field!r}{split}")
    return segments


def joined_in(
    segments: tuple[Segment, ...], span: Span, *, months: Months = months_tallied
) -> Joined:
    """What of a question's segments a table over these months may add up.

    `months` tells the first and last month in which versions were answered.
    """
    first = segments[0]
    if len(segments) == 1 and first.begins.replace(day=1) <= span.first:
        return Joined(first.versions, span, first.number, first.reason)
    begins = [_begins(one, months(*one.versions), is_first=one is first) for one in segments]
    newest = max(i for i, month in enumerate(begins) if i == 0 or (month and month <= span.last))
    segment, month = segments[newest], begins[newest]
    is_within = month is not None and span.first < month <= span.last
    since = Span(month, span.last) if is_within and month else span
    return Joined(segment.versions, since, segment.number, segment.reason)


def _with_breakdown(segments: tuple[Segment, ...], by: str) -> tuple[Segment, ...]:
    kept = [
        (segment, tuple(v for v in segment.versions if by in definition_of(v).breakdowns))
        for segment in segments
    ]
    return tuple(
        Segment(versions, segment.begins, segment.is_break, segment.reason)
        for segment, versions in kept
        if versions
    )


def _begins(segment: Segment, answered: tuple[date, date] | None, *, is_first: bool) -> date | None:
    """The month in which a series begins, by its first day; None where that is not known.

    Answers that were brought in from elsewhere may be older than the publication. A series with
    nothing before it then began who knows when; another began with the first of its answers.
    """
    published = segment.begins.replace(day=1)
    if answered is None or answered[0] >= published:
        return published
    return None if is_first else answered[0]

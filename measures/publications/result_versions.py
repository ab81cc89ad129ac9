"""Which version of a survey a quarter's results follow: its questions, splits and policy."""

from collections.abc import Sequence
from dataclasses import dataclass

from measures.stats.disclosure.noise import KEYS
from measures.stats.disclosure.rules import Policy
from surveys.models.versions import Version
from surveys.tally.joined import joined_in, published_of, series_of
from surveys.tally.periods import Span, four_quarters_to
from surveys.tally.read import read_counts
from surveys.tally.store import months_tallied
from surveys.tally.tabulated import EVERY, Tabulation, tabulations
from surveys.versions.compare import trend
from surveys.versions.read import definition_of

# By span: how many people, and the sum of their record keys.
People = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Asked:
    """What the newest version that was answered in a quarter asks, by the questions' names."""

    layouts: dict[str, Tabulation]
    breakdowns: tuple[str, ...]
    policy: Policy


@dataclass(frozen=True)
class Series:
    """Which run of comparable versions a table is of, and what changed when it began."""

    number: int
    broke: str


def asked_in(survey: str, quarter: Span) -> Asked:
    """What was asked in a quarter. Raises LookupError, in words, where nobody answered."""
    answered = [version for version in published_of(survey) if _was_answered(version, quarter)]
    if not answered:
        raise LookupError(f"nobody answered {survey} in {quarter.key}: there is nothing to release")
    definition = definition_of(answered[-1])
    return Asked(
        # Of a question without options, such as one for a time, only "don't know" is counted.
        layouts={
            one.field: one
            for one in tabulations(definition)
            if any(line.kind == "option" for line in one.lines)
        },
        breakdowns=definition.breakdowns,
        policy=definition.policy,
    )


def fieldwork_of(survey: str) -> Span:
    """The months from the first to the last in which anybody answered."""
    found = months_tallied(*published_of(survey))
    if found is None:
        raise LookupError(f"nobody has answered {survey} yet")
    return Span(*found)


def series_in(survey: str, question: str, span: Span, *, net: str | None = None) -> Series | None:
    """The series that a table over these months is of; with `net` that of the net.

    None where a net came to mean something else within them.
    """
    segments = trend(survey, question, net=net) if net else series_of(survey, question)
    joined = joined_in(segments, span)
    if net and joined.since != joined_in(series_of(survey, question), span).since:
        return None
    return Series(joined.series, joined.broke)


def people_in(survey: str, quarters: Sequence[Span]) -> People:
    """How many are counted in each quarter and its year, and the sum of their record keys.

    While these are the same nobody came in or was taken out, whoever they are.
    """
    spans = [span for quarter in quarters for span in (quarter, four_quarters_to(quarter))]
    found = read_counts(published_of(survey), [EVERY], spans=spans)
    n, keys = (by_span.reshape(len(spans), -1).sum(axis=1) for by_span in (found.n, found.keys))
    return tuple(zip(n.tolist(), (keys % KEYS).tolist(), strict=True))


def _was_answered(version: Version, quarter: Span) -> bool:
    months = months_tallied(version)
    return months is not None and months[0] <= quarter.last and months[1] >= quarter.first

"""How the fieldwork of a survey went over some quarters: cases by outcome, rates, by mode."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from measures.figures.dispositions import MODES, quarter_ends
from measures.models.weighting import Disposition
from measures.stats.rates import Outcome, Rates, outcome_rates, outcomes_of
from measures.stats.values import NotAvailable
from surveys.tally.periods import Span, quarter_key, quarter_span

EVERY_MODE = ""
# The rate that is told first: partial answers are in the tables of results too.
RATE = "RR4"


@dataclass(frozen=True)
class ByMode:
    """What came of the cases of one mode, or of all modes ("")."""

    mode: str
    label: str
    dispositions: dict[str, int]
    outcomes: dict[Outcome, int]
    rates: Rates

    @property
    def cases(self) -> int:
        return sum(self.dispositions.values())


@dataclass(frozen=True)
class Fieldwork:
    """The cases of a span: all modes together first, then each mode where there are several.

    `is_synthetic` where any of them were made by code.
    """

    survey: str
    span: Span
    modes: tuple[ByMode, ...]
    is_synthetic: bool

    @property
    def everything(self) -> ByMode:
        return self.modes[0]


def fieldwork_of(survey: str, span: Span) -> Fieldwork | NotAvailable:
    """How the cases of a survey, by its slug, ended in a span of whole quarters.

    Not available where a quarter of the span has no cases on record: a rate of part of the time
    would pass for the rate of all of it.
    """
    wanted = _quarters(span)
    found: dict[str, Counter[str]] = {EVERY_MODE: Counter()}
    seen, is_synthetic = set(), False
    rows = Disposition.objects.filter(survey__slug=survey, quarter__in=wanted)
    wanted_of_each = ("quarter", "mode", "code", "n", "is_synthetic")
    for quarter, mode, code, n, is_made in rows.values_list(*wanted_of_each):
        found.setdefault(mode, Counter())[code] += n
        found[EVERY_MODE][code] += n
        seen.add(quarter)
        is_synthetic |= is_made
    if missing := [quarter for quarter in wanted if quarter not in seen]:
        return NotAvailable(f"no cases are on record for {', '.join(missing)}")
    modes = [mode for mode in MODES if mode in found]
    # One mode is all modes: the same column twice tells nobody anything.
    shown = [EVERY_MODE, *modes] if len(modes) > 1 else [EVERY_MODE]
    only = MODES[modes[0]] if len(modes) == 1 else "All modes"
    return Fieldwork(
        survey,
        span,
        tuple(_by_mode(mode, MODES.get(mode, only), found[mode]) for mode in shown),
        is_synthetic,
    )


def response_rate(survey: str, span: Span) -> float | NotAvailable:
    """RR4 of all modes, from 0 to 1: the rate that stands beside published results."""
    fieldwork = fieldwork_of(survey, span)
    if isinstance(fieldwork, NotAvailable):
        return fieldwork
    rate = fieldwork.everything.rates.values[RATE]
    return NotAvailable("no case was eligible") if rate is None else rate


def quarters_on_record(survey: str) -> list[Span]:
    """The quarters that have cases, oldest first."""
    known = Disposition.objects.filter(survey__slug=survey).values_list("quarter", flat=True)
    return [quarter_span(quarter_ends(key)) for key in sorted(set(known))]


def _by_mode(mode: str, label: str, counts: Counter[str]) -> ByMode:
    dispositions = dict(sorted(counts.items()))
    return ByMode(mode, label, dispositions, outcomes_of(dispositions), outcome_rates(dispositions))


def _quarters(span: Span) -> list[str]:
    """The keys of the quarters that a span is made of; raises ValueError for other spans."""
    months: list[date] = list(span.months())
    first, last = quarter_span(months[0]), quarter_span(months[-1])
    if first.first != span.first or last.last != span.last:
        raise ValueError(f"{span.label} is not made of whole quarters, which cases are counted by")
    return list(dict.fromkeys(quarter_key(month) for month in months))

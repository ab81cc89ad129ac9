"""The closed set: which tables a release holds, each by its period, question and split."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from measures.stats.disclosure.rules import ALL, Rules
from surveys.tally.periods import Span, four_quarters_to, month_span

# D3: too few people for any place; 73% of the cells by district would be withheld.
FORCE_LEVEL_ONLY: Final = frozenset({"rape"})
PLACES: Final = frozenset({"district"})
EVERYONE: Final = ""


@dataclass(frozen=True)
class Facts:
    """What the closed set follows from: a survey's slug, the questions that count something, and
    the breakdowns that it declares."""

    survey: str
    questions: Sequence[str]
    breakdowns: Collection[str]


@dataclass(frozen=True, order=True)
class Allowed:
    """A table that may be released: `by` is empty for everyone together."""

    period: Span
    question: str
    by: str = EVERYONE


def tables_allowed(facts: Facts, quarter: Span, *, rules: Rules = ALL) -> tuple[Allowed, ...]:
    """Every table of the release for a quarter, and no other (D1, D2, D3).

    Each question for everyone, over the quarter and over the four quarters that end with it; and
    by each breakdown over the four quarters only. Never by month, and the survey of rape survivors
    never by place.
    """
    year = four_quarters_to(quarter)
    spans = [quarter, year] if rules.d2 else [quarter, year, *map(month_span, quarter.months())]
    splits = [year] if rules.d2 else spans
    by = _splits(facts, rules)
    return tuple(
        [Allowed(span, question) for question in facts.questions for span in spans]
        + [
            Allowed(span, question, name)
            for question in facts.questions
            for name in by
            # A question split by itself tells nothing that the unsplit table doesn't.
            if name != question
            for span in splits
        ]
    )


def _splits(facts: Facts, rules: Rules) -> list[str]:
    hidden = PLACES if rules.d3 and facts.survey in FORCE_LEVEL_ONLY else frozenset()
    return [name for name in facts.breakdowns if name not in hidden]

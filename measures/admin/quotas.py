"""How far a survey has come in a quarter: responses against its target, by stratum."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from measures.figures.margins import margins_of, population_at
from measures.models.weighting import Target
from surveys.tally.joined import published_of
from surveys.tally.periods import Span, months_later
from surveys.tally.read import Counted, read_counts
from surveys.tally.tabulated import EVERY, stratum_words


@dataclass(frozen=True)
class Quota:
    """One code of a field: how many answered, and how many were to; None where it has no quota.

    `got_share` and `population_share` are from 0 to 1, each of those that the population knows.
    """

    code: str
    label: str
    got: int
    wanted: int | None
    got_share: float | None
    population_share: float | None

    @property
    def lacks(self) -> int:
        """How many are still to come; nothing where it has all of them or no quota."""
        return max((self.wanted or 0) - self.got, 0)


@dataclass(frozen=True)
class FieldQuotas:
    """One field of the strata with a quota for each code that it has."""

    field: str
    quotas: tuple[Quota, ...]

    @property
    def furthest_behind(self) -> Quota | None:
        """The code that lacks most of what it was to have, as a part of that; None if none does."""
        behind = [quota for quota in self.quotas if quota.lacks]
        return max(behind, key=lambda quota: quota.lacks / (quota.wanted or 1), default=None)


@dataclass(frozen=True)
class Progress:
    """A quarter of a survey. `target` and `source` are None where nobody set or brought any.

    `elapsed` is the part of the quarter's days that is over, from 0 to 1.
    """

    span: Span
    got: int
    synthetic: int
    target: int | None
    elapsed: float
    source: str | None
    fields: tuple[FieldQuotas, ...]

    @property
    def expected(self) -> int | None:
        """How many there would be by now if they came evenly over the quarter."""
        return None if self.target is None else round(self.target * self.elapsed)


def apportion(whole: int, shares: Mapping[str, float]) -> dict[str, int]:
    """Whole numbers in the proportions of `shares` that add up to `whole`.

    Hamilton's method of largest remainders (Balinski & Young, Fair Representation, 2nd edition
    2001, appendix A): 10 over shares of 0.5, 0.3 and 0.24 are 5, 3 and 2. Of equal remainders the
    first in order goes first.
    """
    total = math.fsum(shares.values())
    exact = {code: whole * share / total for code, share in shares.items()}
    found = {code: math.floor(value) for code, value in exact.items()}
    by_remainder = sorted(exact, key=lambda code: found[code] - exact[code])
    for code in by_remainder[: whole - sum(found.values())]:
        found[code] += 1
    return found


def progress_of(survey: str, span: Span, *, today: date) -> Progress:
    """How far a survey, by its slug, has come in a quarter, from exact counts.

    Raises LookupError, in words, where it was never published.
    """
    versions = published_of(survey)
    counted = read_counts(versions, [EVERY], spans=[span])
    population = population_at(survey, span.last)
    target = Target.objects.filter(survey__slug=survey).values_list("a_quarter", flat=True).first()
    words = stratum_words(versions[-1], counted.strata_fields)
    margins = margins_of(population) if population else {}
    return Progress(
        span=span,
        got=int(counted.n.sum()),
        synthetic=int(counted.synthetic.sum()),
        target=target,
        elapsed=_elapsed(span, today),
        source=population.source if population else None,
        fields=tuple(
            FieldQuotas(field, _quotas(got, words[field], margins.get(field), target=target))
            for field, got in _by_code(counted).items()
        ),
    )


def _by_code(counted: Counted) -> dict[str, Counter[str]]:
    """How many gave each code of each field of the strata; "-" for who did not say."""
    found: dict[str, Counter[str]] = {field: Counter() for field in counted.strata_fields}
    if not found:
        return {}  # all are in one stratum, which has no codes
    people = counted.n.sum(axis=(0, 1, 3))
    for stratum, n in zip(counted.strata, people, strict=True):
        for field, code in zip(counted.strata_fields, stratum.split("|"), strict=True):
            found[field][code] += int(n)
    return found


def _quotas(
    got: Counter[str],
    words: Mapping[str, str],
    margin: Mapping[str, float] | None,
    *,
    target: int | None,
) -> tuple[Quota, ...]:
    """A line for each code that the questionnaire offers or somebody gave, in its order."""
    known = margin or {}
    wanted = apportion(target, known) if known and target is not None else {}
    people, answered = math.fsum(known.values()), sum(got[code] for code in known)
    codes = [code for code in dict.fromkeys([*words, *got]) if code in known or got[code]]
    return tuple(
        Quota(
            code=code,
            label=words.get(code, code),
            got=got[code],
            wanted=wanted.get(code),
            got_share=got[code] / answered if code in known and answered else None,
            population_share=known[code] / people if code in known else None,
        )
        for code in codes
    )


def _elapsed(span: Span, today: date) -> float:
    days = (months_later(span.last, 1) - span.first).days
    return min(max((today - span.first).days + 1, 0) / days, 1)

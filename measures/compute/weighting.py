"""Weights that make answers stand for a population, worked out from counts by weighting cell."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from measures.figures.margins import margins_of, populations_of
from measures.models.weighting import Population
from measures.stats.calibration import CannotCalibrateError, Raked, rake
from measures.stats.estimates import kish_effective
from measures.stats.sample import Sample
from measures.stats.values import NotAvailable
from surveys.tally.joined import published_of
from surveys.tally.periods import Span
from surveys.tally.read import Counted, read_counts
from surveys.tally.tabulated import EVERY, stratum_words

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Labels = Mapping[str, Mapping[str, str]]

# The least and the most that anybody counts, in multiples of the average: the narrow bounds where
# they can be kept, else the wide ones. On what bounds cost: Potter & Zheng (2015), Methods and
# issues in trimming extreme weights in sample surveys, Joint Statistical Meetings.
BOUNDS = ((1 / 4, 4.0), (1 / 8, 8.0))
# Raking that can be done is done in some dozens of rounds.
MOST_ROUNDS = 300
TOO_UNLIKE = (
    "those who answered are too unlike the population: some would have to count more than "
    f"{BOUNDS[-1][1]:g} times, or less than an eighth of, what people count on average"
)
# Of the population: where so many can't be stood for by anybody who answered, nobody is weighted.
MOST_LEFT_OUT = 0.05
NOT_STATED = "-"


@dataclass(frozen=True)
class MarginRow:
    """One code of a margin, with its shares from 0 to 1.

    Of the population, of the answers as they came, and of the answers weighted. Who is in no
    margin, such as those who did not say, has the same share weighted as before and a population
    of None.
    """

    code: str
    label: str
    n: int
    population: float | None
    unweighted: float
    weighted: float


@dataclass(frozen=True)
class Aim:
    """What one field's codes should add up to: a code and a share of all people for each stratum.

    `code_of` is the position in `codes` of each stratum's code.
    """

    field: str
    codes: tuple[str, ...]
    code_of: Integers
    shares: Floats
    population: Mapping[str, float]


@dataclass(frozen=True)
class Weighting:
    """What a span's answers were weighted by and how that went.

    `strata` and `sample` go together: the sample has a row for each weighting cell, with the people
    in it and the weight of each of them, 1 on average.
    `efficiency` is Kish's effective base divided by the number of people.
    """

    survey: str
    span: Span
    source: str
    is_frame: bool
    population: float
    people: int
    margins: dict[str, tuple[MarginRow, ...]]
    rounds: int
    largest_gap: float
    trimmed: int
    smallest: float
    largest: float
    efficiency: float
    strata: tuple[str, ...]
    sample: Sample


@dataclass(frozen=True)
class Strata:
    """The weighting cells that people are in: what each is made of, and how many are in it."""

    fields: tuple[str, ...]
    names: tuple[str, ...]
    people: Integers

    @classmethod
    def of(cls, counted: Counted, people: Integers) -> "Strata":
        """Those with anybody in them."""
        held = np.flatnonzero(people)
        names = tuple(counted.strata[i] for i in held)
        return cls(counted.strata_fields, names, people[held])


def weighting_of(survey: str, span: Span) -> Weighting | NotAvailable:
    """The weights of a survey's answers in a span, or the reason why they have none.

    Not available where the survey has no strata, no population was imported for the span, people
    of too large a part of it did not answer, or raking found no weights.
    """
    versions = published_of(survey)
    counted = read_counts(versions, [EVERY], spans=[span])
    strata = Strata.of(counted, counted.n[0].sum(axis=0)[:, 0])
    labels = stratum_words(versions[-1], strata.fields)
    return weigh(survey, span, strata, labels=labels, populations=populations_of(survey))


def weigh(
    survey: str, span: Span, strata: Strata, *, labels: Labels, populations: Sequence[Population]
) -> Weighting | NotAvailable:
    """The weights of the people in some strata; reasons as in `weighting_of`.

    `populations` are the survey's, the latest first: the first that holds by the end of the span
    is weighted to.
    """
    if not strata.fields:
        return NotAvailable("the survey names no strata to weight by")
    if not strata.names:
        return NotAvailable("nobody answered")
    population = next((one for one in populations if one.holds_from <= span.last), None)
    if population is None:
        return NotAvailable(f"no population was imported that holds by {span.last:%B %Y}")
    aims = _aims(population, strata)
    if not aims:
        fields = ", ".join(strata.fields)
        return NotAvailable(f"the population that was imported has no margins for {fields}")
    if problem := _left_out(aims, labels):
        return NotAvailable(problem)
    whole = max(sum(aim.population.values()) for aim in aims)
    sample = sample_of(strata, population=whole if population.is_frame else None)
    raked = _raked(sample, aims)
    if raked is None:
        return NotAvailable(TOO_UNLIKE)
    weights = raked.sample.weight
    return Weighting(
        survey=survey,
        span=span,
        source=population.source,
        is_frame=population.is_frame,
        population=whole,
        people=raked.sample.n,
        margins={aim.field: _rows(aim, strata.people, weights, labels) for aim in aims},
        rounds=raked.rounds,
        largest_gap=raked.largest_gap,
        trimmed=raked.trimmed,
        smallest=float(weights.min()),
        largest=float(weights.max()),
        efficiency=kish_effective(raked.sample.frequency, weights) / raked.sample.n,
        strata=strata.names,
        sample=raked.sample,
    )


def _raked(sample: Sample, aims: Sequence[Aim]) -> Raked | None:
    """The sample raked within the narrowest bounds that can be kept; None where none can."""
    margins = [(aim.code_of, aim.shares * sample.n) for aim in aims]
    for bounds in BOUNDS:
        with suppress(CannotCalibrateError):
            return rake(sample, margins, trim=bounds, most_rounds=MOST_ROUNDS)
    return None


def sample_of(strata: Strata, *, population: float | None = None) -> Sample:
    """The people in some strata as a simple random sample, unweighted, with a row for each stratum.

    `population` is how many there are in all, where they were drawn from exactly those.
    """
    people = strata.people.astype(float)
    fpc = None if population is None else np.full(len(people), max(population, people.sum()))
    return Sample(frequency=people, weight=np.ones(len(people)), fpc=fpc)


def _aims(population: Population, strata: Strata) -> tuple[Aim, ...]:
    totals = margins_of(population)
    parts = [stratum.split("|") for stratum in strata.names]
    return tuple(
        _aim(field, [part[at] for part in parts], totals[field], strata.people)
        for at, field in enumerate(strata.fields)
        if field in totals
    )


def _aim(field: str, found: list[str], totals: Mapping[str, float], people: Integers) -> Aim:
    """The shares that a field's codes should have.

    Codes that the margin does not know, such as "-" for not stated, keep the share that they have;
    codes that nobody gave can't be reached and are left out.
    """
    codes = tuple(sorted(set(found)))
    code_of = np.array([codes.index(code) for code in found])
    shares = np.bincount(code_of, weights=people, minlength=len(codes)) / people.sum()
    known = np.array([code in totals for code in codes])
    if known.any():
        wanted = np.array([totals[code] for code in codes if code in totals])
        shares[known] = wanted / wanted.sum() * shares[known].sum()
    return Aim(field, codes, code_of, shares, totals)


def _left_out(aims: Sequence[Aim], labels: Labels) -> str:
    """Why nothing can be weighted: nobody of too large a part of the population answered."""
    for aim in aims:
        missing = [code for code in aim.population if code not in aim.codes]
        share = sum(aim.population[code] for code in missing) / sum(aim.population.values())
        if share > MOST_LEFT_OUT:
            words = ", ".join(labels.get(aim.field, {}).get(code, code) for code in missing)
            return f"nobody of {words} answered, who are {share:.0%} of the population"
    return ""


def _rows(aim: Aim, people: Integers, weights: Floats, labels: Labels) -> tuple[MarginRow, ...]:
    """Each code of a margin in the order of the questionnaire, with the shares before and after."""
    size = len(aim.codes)
    before = np.bincount(aim.code_of, weights=people, minlength=size)
    after = np.bincount(aim.code_of, weights=people * weights, minlength=size)
    at = {code: i for i, code in enumerate(aim.codes)}
    words = labels.get(aim.field, {})
    ordered = [code for code in words if code in at or code in aim.population]
    others = [code for code in (*aim.population, *aim.codes) if code not in words]
    whole = sum(aim.population.values())
    rows = []
    for code in dict.fromkeys([*ordered, *others]):
        i = at.get(code)
        rows.append(
            MarginRow(
                code=code,
                label=words.get(code, code),
                n=0 if i is None else int(before[i]),
                population=aim.population[code] / whole if code in aim.population else None,
                unweighted=0.0 if i is None else float(before[i] / before.sum()),
                weighted=0.0 if i is None else float(after[i] / after.sum()),
            )
        )
    return tuple(rows)

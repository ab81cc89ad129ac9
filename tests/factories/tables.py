"""Tables and series of results, without a database, for what is said and drawn of them."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from measures.compute.tables import Answer, Column, Point, ResultTable, Series, Told
from measures.compute.weighting import MarginRow, Weighting
from measures.stats.claims import Design
from measures.stats.intervals import wilson
from measures.stats.sample import Sample
from measures.stats.values import Estimate, NotAvailable
from surveys.tally.periods import Span, four_quarters_to, parse_span, quarter_span

YEAR = parse_span("year-to-2022-Q4")
SATISFACTION = (
    "Completely satisfied",
    "Very satisfied",
    "Fairly satisfied",
    "Neither satisfied nor dissatisfied",
    "Fairly dissatisfied",
    "Very dissatisfied",
    "Completely dissatisfied",
)
NETS = {"satisfied": (0, 1, 2), "dissatisfied": (4, 5, 6)}
UNWEIGHTED = NotAvailable("no population was imported for these months")


def share(part: int, n: int, *, design: Design = "probability") -> Estimate | NotAvailable:
    """part of n with its Wilson interval, where the design has one."""
    if not n:
        return NotAvailable("nobody answered")
    if design == "self-selected":
        return Estimate(part / n, n=n, effective_n=n, method="share")
    low, high = wilson(part, n)
    return Estimate(part / n, low, high, n, n, "wilson")


def column(
    counts: Sequence[int],
    *,
    group: str = "",
    label: str = "Everyone",
    nets: Mapping[str, Sequence[int]] | None = None,
    dont_know: int = 0,
    skipped: int = 0,
    design: Design = "probability",
) -> Column:
    """A group in which so many gave each option; nets by the places of their options."""
    answered = sum(counts)
    in_nets = [sum(counts[at] for at in places) for places in (nets or {}).values()]
    told = [Told(n, 0, share(n, answered, design=design)) for n in [*counts, *in_nets]]
    told.append(Told(dont_know, 0, NotAvailable("not part of what is counted as an answer")))
    return Column(
        group,
        label,
        people=answered + dont_know + skipped,
        answered=answered,
        answered_key=0,
        skipped=skipped,
        effective=float(answered),
        deff=1.0 if answered else None,
        cells=tuple(told),
        mean=None,
    )


def satisfaction_table(
    *groups: tuple[str, Sequence[int]],
    everyone: Sequence[int] = (100, 60, 40, 20, 15, 10, 5),
    design: Design = "probability",
    span: Span = YEAR,
    broke: str = "",
) -> ResultTable:
    """The seven points with both nets, for everyone and for each group with these counts."""
    answers = [Answer(str(n), label, "option") for n, label in enumerate(SATISFACTION, 1)]
    answers += [Answer(f"net:{name}", name.capitalize(), "net") for name in NETS]
    answers.append(Answer("~dont-know", "I do not know", "missing"))
    columns = [column(everyone, nets=NETS, design=design, dont_know=8, skipped=2)]
    columns += [
        column(counts, group=label.lower(), label=label, nets=NETS, design=design)
        for label, counts in groups
    ]
    return ResultTable(
        survey="domestic-abuse",
        question="whole-experience",
        asked="Taking the whole experience into account, are you satisfied or not?",
        by="area" if groups else "",
        by_label="Where do you live?" if groups else "",
        span=span,
        design=design,
        answers=tuple(answers),
        columns=tuple(columns),
        weighting=UNWEIGHTED,
        is_synthetic=False,
        since=span,
        broke=broke,
    )


def options_table(counts: Mapping[str, int], *, design: Design = "probability") -> ResultTable:
    """A plain choice: so many gave each of these options."""
    answers = [Answer(label.lower(), label, "option") for label in counts]
    answers.append(Answer("~dont-know", "I do not know", "missing"))
    return ResultTable(
        survey="domestic-abuse",
        question="reporter",
        asked="Who told the police?",
        by="",
        by_label="",
        span=YEAR,
        design=design,
        answers=tuple(answers),
        columns=(column(list(counts.values()), design=design),),
        weighting=UNWEIGHTED,
        is_synthetic=False,
        since=YEAR,
        broke="",
    )


def series(
    shares: Sequence[float | None], *, n: int = 200, broke_at: int | None = None, is_rolling=False
) -> Series:
    """A share by quarter from early 2020 on; None where too few answered to tell one."""
    quarter = quarter_span(date(2020, 1, 1))
    points = []
    for at, value in enumerate(shares):
        span = four_quarters_to(quarter) if is_rolling else quarter
        points.append(
            Point(
                span,
                answered=n if value is not None else 9,
                effective=float(n),
                share=NotAvailable("fewer than 30 answers")
                if value is None
                else share(round(value * n), n),
                is_break=at == broke_at,
                reason="the question was reworded" if at == broke_at else "",
            )
        )
        quarter = quarter_span(next_quarter(quarter))
    return Series(
        survey="domestic-abuse",
        question="whole-experience",
        asked="Taking the whole experience into account, are you satisfied or not?",
        answer=Answer("net:satisfied", "Satisfied", "net"),
        group="",
        points=tuple(points),
        is_synthetic=False,
    )


def next_quarter(span: Span) -> date:
    """The first day of the quarter after."""
    year, month = divmod(span.last.year * 12 + span.last.month, 12)
    return date(year, month + 1, 1)


def weighting(span: Span = YEAR) -> Weighting:
    """Weights by sex that stand for 1,000 people."""
    return Weighting(
        survey="domestic-abuse",
        span=span,
        source="Office for National Statistics, mid-year estimates, June 2022",
        is_frame=False,
        population=1000.0,
        people=250,
        margins={
            "sex": (
                MarginRow("female", "Female", 150, 0.5, 0.6, 0.5),
                MarginRow("male", "Male", 100, 0.5, 0.4, 0.5),
            )
        },
        rounds=3,
        largest_gap=1e-9,
        trimmed=0,
        smallest=0.83,
        largest=1.25,
        efficiency=0.96,
        strata=("female", "male"),
        sample=Sample(frequency=np.array([150, 100]), weight=np.array([0.83, 1.25])),
    )

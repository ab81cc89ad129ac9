"""What the explorer offers to pick, and what an address picked of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from measures.admin.asked import Asked, Survey
from measures.admin.desk import typed
from measures.admin.spans import Step, newest, series_spans
from surveys.tally.periods import Span, parse_span

Show = Literal["answers", "trend"]
SHOWS: tuple[Show, ...] = ("answers", "trend")
Word = TypeVar("Word")
STEPS: tuple[Step, ...] = ("quarter", "year", "month")


@dataclass(frozen=True)
class Picked:
    """One page of the explorer: everything that its address says.

    `answer` is the line that is compared or followed over time. `rebase` and `because` begin the
    limits of a chart of counts anew. `amiss` are what could not be had, in words.
    """

    survey: Survey
    question: Asked
    span: Span
    by: str = ""
    show: Show = "answers"
    answer: str = ""
    step: Step = "quarter"
    is_weighted: bool = True
    is_sorted: bool = False
    rebase: str = ""
    because: str = ""
    amiss: tuple[str, ...] = ()

    def query(self) -> dict[str, str]:
        """What the address carries; what is as usual is left out."""
        told = {
            "survey": self.survey.slug,
            "question": self.question.name,
            "period": self.span.key,
            "by": self.by,
            "show": "" if self.show == "answers" else self.show,
            "answer": self.answer,
            "step": "" if self.step == "quarter" else self.step,
            "weights": "" if self.is_weighted else "none",
            "sort": "share" if self.is_sorted else "",
            "rebase": self.rebase,
            "because": self.because,
        }
        return {name: value for name, value in told.items() if value}

    def address(self, **changes: object) -> str:
        """The address of this page, or of the one that differs from it so."""
        changed = replace(self, **changes)  # type: ignore[arg-type]  # names of its own fields
        return f"{reverse('results')}?{urlencode(changed.query())}"

    def spans(self) -> list[Span]:
        """The spans of the series over time."""
        return series_spans(self.survey.months, self.step)


def pick(survey: Survey, asked: QueryDict) -> Picked:
    """What an address picks of a survey with answers; what it doesn't have is told in `amiss`."""
    if survey.months is None:
        raise ValueError(f"{survey.slug} has no answers to show")
    amiss: list[str] = []
    name = typed(asked, "question")
    question = survey.question(name)
    if question is None:
        if name:
            amiss.append(f"{survey.label} asks nothing called “{name}”. This is its headline.")
        question = survey.headline
    span = _span(typed(asked, "period"), amiss) or newest(survey.months)
    by = typed(asked, "by")
    if by and by not in survey.breakdowns:
        amiss.append(f"“{by}” is none of its breakdowns. This is everyone together.")
        by = ""
    return Picked(
        survey,
        question,
        span,
        by=by,
        show=_one_of(SHOWS, asked.get("show")),
        answer=typed(asked, "answer"),
        step=_one_of(STEPS, asked.get("step")),
        is_weighted=asked.get("weights") != "none",
        is_sorted=asked.get("sort") == "share",
        rebase=typed(asked, "rebase"),
        because=typed(asked, "because"),
        amiss=tuple(amiss),
    )


def _span(key: str, amiss: list[str]) -> Span | None:
    if not key:
        return None
    try:
        return parse_span(key)
    except ValueError as error:
        amiss.append(f"{error}.")
        return None


def _one_of(known: Sequence[Word], asked: object) -> Word:
    """What was asked for where it is known, else the first."""
    return next((one for one in known if one == asked), known[0])

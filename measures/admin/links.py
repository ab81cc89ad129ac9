"""The links of an explorer page: each leads to the same page with one thing picked otherwise."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from measures.admin.asked import Asked, Net
from measures.admin.picking import Picked
from measures.admin.spans import neighbours, quarters, single_months, years
from measures.admin.which_survey import Link
from surveys.tally.periods import Span

# So many questions below a heading need not be folded away.
FEW = 5


def links_of(picked: Picked) -> dict[str, Any]:
    """All that can be picked from here, by what it picks."""
    months = picked.survey.months
    if months is None:
        raise ValueError(f"{picked.survey.slug} has no answers to show")
    before, after = neighbours(picked.span, months)
    # Another question has other answers: none of this one's comes along.
    plain = replace(picked, answer="", rebase="", because="")
    return {
        "parts": [_part(plain, part, found) for part, found in picked.survey.parts()],
        "breakdowns": _breakdowns(picked),
        "shows": [
            Link(_("Answers"), picked.address(show="answers"), picked.show == "answers"),
            Link(_("Over time"), picked.address(show="trend", by=""), picked.show == "trend"),
        ],
        "weights": [
            Link(_("on"), picked.address(is_weighted=True), picked.is_weighted),
            Link(_("off"), picked.address(is_weighted=False), not picked.is_weighted),
        ],
        "orders": [
            Link(_("as asked"), picked.address(is_sorted=False), not picked.is_sorted),
            Link(_("highest first"), picked.address(is_sorted=True), picked.is_sorted),
        ],
        "before": Link(before.label, picked.address(span=before)) if before else None,
        "after": Link(after.label, picked.address(span=after)) if after else None,
        "periods": _periods(picked),
        "nets": [_net(picked, net) for net in picked.question.nets],
        # What a form for the period must carry along.
        "kept": {name: value for name, value in picked.query().items() if name != "period"},
        "here": picked.address(),
    }


def _part(picked: Picked, part: str, asked: list[Asked]) -> dict[str, Any]:
    """A heading with its questions; a long one is closed unless the reader is in it."""
    return {
        "label": part,
        "questions": [_question(picked, one) for one in asked],
        "is_open": len(asked) <= FEW or picked.question in asked,
    }


def _question(picked: Picked, one: Asked) -> dict[str, Any]:
    return {
        "link": Link(one.words, picked.address(question=one), one == picked.question),
        "is_headline": one == picked.survey.headline,
    }


def _breakdowns(picked: Picked) -> list[Link]:
    everyone = Link(_("Everyone"), picked.address(by=""), not picked.by)
    return [
        everyone,
        *(
            Link(label, picked.address(by=name), picked.by == name)
            for name, label in picked.survey.breakdowns.items()
            # Split by itself a question says nothing.
            if name != picked.question.name
        ),
    ]


def _periods(picked: Picked) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """The choices of the period, newest first, by their length."""
    months = picked.survey.months
    if months is None:
        return []
    kinds = [
        (_("Four quarters"), years(months)),
        (_("Quarters"), quarters(months)),
        (_("Months"), single_months(months)),
    ]
    return [
        (name, [_option(span, picked) for span in reversed(spans)])
        for name, spans in kinds
        if spans
    ]


def _option(span: Span, picked: Picked) -> tuple[str, str, bool]:
    label = span.label
    return (span.key, label[0].upper() + label[1:], span == picked.span)


def _net(picked: Picked, net: Net) -> Link:
    current = picked.answer or picked.question.headline
    return Link(net.label, picked.address(answer=net.code), net.code == current)

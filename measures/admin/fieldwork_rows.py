"""The rows and the chart of the fieldwork page."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from measures.admin.chart_bars import Bar, draw_bars
from measures.admin.charts import Picture
from measures.admin.figures_in_words import percent
from measures.compute.channels import ChannelEffect
from measures.compute.fieldwork import RATE, Fieldwork, response_rate
from measures.publications.charts.tint import tinted
from measures.stats.claims import judge_base
from measures.stats.rates import FORMULAS, OUTCOMES, USUAL_CODES, outcome_of
from measures.stats.rounding import with_commas
from measures.stats.values import NotAvailable
from surveys.tally.periods import Span

MOST_BARS = 12


def facts_of(fieldwork: Fieldwork) -> list[tuple[str, str, str]]:
    """The four numbers that are told first: what it is, the number, of what."""
    every = fieldwork.everything
    rates = every.rates
    return [
        (_("Cases"), with_commas(every.cases), _("with a final outcome")),
        (
            _("Response rate"),
            in_percent(rates.values[RATE]),
            _("RR4, complete or partial, of those eligible"),
        ),
        (
            _("Cooperation"),
            in_percent(rates.values["COOP1"]),
            _("COOP1, complete of those reached"),
        ),
        (_("Completion"), in_percent(rates.completion), _("of those who began")),
    ]


def rate_rows(fieldwork: Fieldwork) -> list[dict[str, Any]]:
    """The rates in families, each with a value a mode."""
    families = {
        "RR": _("Response"),
        "COOP": _("Cooperation"),
        "REF": _("Refusal"),
        "CON": _("Contact"),
    }
    return [
        {
            "name": name,
            "rows": [
                {
                    "name": formula.name,
                    "words": formula.words,
                    "values": [
                        in_percent(mode.rates.values[formula.name]) for mode in fieldwork.modes
                    ],
                }
                for formula in FORMULAS
                if formula.name.rstrip("123456") == prefix
            ],
        }
        for prefix, name in families.items()
    ]


def case_rows(fieldwork: Fieldwork) -> list[dict[str, Any]]:
    """Every disposition with its number of cases a mode, under the outcome that it counts as."""
    return [
        {
            "outcome": words,
            "letters": outcome,
            "values": [mode.outcomes[outcome] for mode in fieldwork.modes],
            "codes": [
                {
                    "code": code,
                    "words": USUAL_CODES.get(code, ""),
                    "values": [mode.dispositions.get(code, 0) for mode in fieldwork.modes],
                }
                for code in fieldwork.everything.dispositions
                if outcome_of(code) == outcome
            ],
        }
        for outcome, words in OUTCOMES.items()
        if fieldwork.everything.outcomes[outcome]
    ]


def picture_of(
    survey: str, quarters: Sequence[Span], current: Span | None
) -> tuple[Picture, list[tuple[str, str]]]:
    """The response rate of each of the last quarters as a bar, and the same as rows."""
    known = [
        (span, None if isinstance(rate, NotAvailable) else rate)
        for span in quarters[-MOST_BARS:]
        for rate in [response_rate(survey, span)]
    ]
    bars = [
        Bar(span.label, rate, words=_("no case was eligible"), is_current=span == current)
        for span, rate in known
    ]
    title = _("Response rate by quarter")
    rows = [(span.label, in_percent(rate)) for span, rate in known]
    alternative = "; ".join(f"{label}: {rate}" for label, rate in rows)
    svg = draw_bars(bars, name="response", title=title, described=alternative)
    subtitle = _("RR4: complete or partial, of those eligible or taken to be; all modes together")
    return Picture(title, subtitle, alternative, tinted(svg)), rows


def channel_rows(effect: ChannelEffect) -> list[dict[str, str]]:
    """Each channel with its answers, their part of all, and the share of them; [low] where few."""
    return [
        {
            "label": one.label,
            "answered": with_commas(one.answered),
            "part": percent(one.part),
            "share": marker if marker == "[low]" else f"{percent(one.share)} {marker}".strip(),
        }
        for one in effect.channels
        for marker in [judge_base(one.answered).marker]
    ]


def in_percent(rate: float | None) -> str:
    """ "48.3%"; a dash where there is nothing to divide by."""
    return "–" if rate is None else f"{100 * rate:.1f}%"

"""How the fieldwork of a survey went: outcome rates as the AAPOR standard defines them.

American Association for Public Opinion Research (2023), Standard Definitions: final dispositions
of case codes and outcome rates for surveys, 10th edition.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["I", "P", "R", "NC", "O", "UH", "UR", "UO", "NE"]
CODE = re.compile(r"[1-4]\.[0-9]{1,3}", re.ASCII)
# The outcome by the digit before the point and the first one after it.
BEGINNINGS: dict[str, Outcome] = {
    "1.1": "I",
    "1.2": "P",
    "2.1": "R",
    "2.2": "NC",
    "2.3": "O",
    "3.1": "UH",
    "3.2": "UR",
    **{f"3.{digit}": "UO" for digit in "3456789"},
    **{f"4.{digit}": "NE" for digit in "123456789"},
}
BREAK_OFF = "2.12"
INTERVIEWED: tuple[Outcome, ...] = ("I", "P")
ELIGIBLE: tuple[Outcome, ...] = ("I", "P", "R", "NC", "O")
UNKNOWN: tuple[Outcome, ...] = ("UH", "UR", "UO")
OUTCOMES: dict[Outcome, str] = {
    "I": "Complete",
    "P": "Partial",
    "R": "Refusal or break-off",
    "NC": "No contact",
    "O": "Eligible, other",
    "UH": "Unknown: whether the address is lived in",
    "UR": "Unknown: whether anybody eligible",
    "UO": "Unknown: other",
    "NE": "Not eligible",
}
# What an office of this kind records; the standard has more, which are taken too.
USUAL_CODES: dict[str, str] = {
    "1.1": "Complete",
    "1.2": "Partial, enough answered to count",
    "2.11": "Refused",
    BREAK_OFF: "Broke off, too little answered to count",
    "2.2": "No contact though known to be eligible",
    "2.31": "Died",
    "2.32": "Physically or mentally unable",
    "2.33": "Language",
    "2.36": "Other",
    "3.1": "Nothing known of the address or number",
    "3.2": "Not known whether anybody there is eligible",
    "3.3": "Invitation returned undelivered",
    "3.9": "Not known, other",
    "4.1": "Not in the population: out of area, under age, no such case",
    "4.7": "Nobody eligible",
    "4.8": "Quota filled",
}


@dataclass(frozen=True)
class Formula:
    """A rate: what of what, and whether the cases of unknown eligibility count in the whole."""

    name: str
    words: str
    part: tuple[Outcome, ...]
    whole: tuple[Outcome, ...]
    unknown: Literal["none", "part", "all"] = "none"


CONTACTED: tuple[Outcome, ...] = ("I", "P", "R", "O")
SPOKEN_TO: tuple[Outcome, ...] = ("I", "P", "R")
# Name, words, part, whole, then whether all the unknown count, or only their eligible part.
FORMULAS = (
    Formula("RR1", "complete, of all that may be eligible", ("I",), ELIGIBLE, "all"),
    Formula(
        "RR2", "complete or partial, of all that may be eligible", INTERVIEWED, ELIGIBLE, "all"
    ),
    Formula("RR3", "complete, of an estimate of the eligible", ("I",), ELIGIBLE, "part"),
    Formula("RR4", "complete or partial, of that estimate", INTERVIEWED, ELIGIBLE, "part"),
    Formula("RR5", "complete, of those known to be eligible", ("I",), ELIGIBLE),
    Formula("RR6", "complete or partial, of those known", INTERVIEWED, ELIGIBLE),
    Formula("COOP1", "complete, of all eligible people reached", ("I",), CONTACTED),
    Formula("COOP2", "complete or partial, of them", INTERVIEWED, CONTACTED),
    Formula("COOP3", "complete, of those reached and able to answer", ("I",), SPOKEN_TO),
    Formula("COOP4", "complete or partial, of those able to", INTERVIEWED, SPOKEN_TO),
    Formula("REF1", "refused, of all that may be eligible", ("R",), ELIGIBLE, "all"),
    Formula("REF2", "refused, of an estimate of the eligible", ("R",), ELIGIBLE, "part"),
    Formula("REF3", "refused, of those known to be eligible", ("R",), ELIGIBLE),
    Formula("CON1", "reached, of all that may be eligible", CONTACTED, ELIGIBLE, "all"),
    Formula("CON2", "reached, of an estimate of the eligible", CONTACTED, ELIGIBLE, "part"),
    Formula("CON3", "reached, of those known to be eligible", CONTACTED, ELIGIBLE),
)


@dataclass(frozen=True)
class Rates:
    """The rates by name, each from 0 to 1; None where there is nothing to divide by.

    `eligible` (e) is the share of the cases of unknown eligibility that is taken to be eligible.
    `completion` is of those who began, who completed.
    """

    values: dict[str, float | None]
    eligible: float
    completion: float | None


def outcome_of(code: str) -> Outcome:
    """What a final disposition counts as: "2.11", a refusal, as R; "3.2" as UR.

    Raises ValueError, with what was expected, for what the standard has no such code for.
    """
    outcome = BEGINNINGS.get(code[:3]) if CODE.fullmatch(code) else None
    if outcome is None:
        raise ValueError(
            f"{code!r} is no final disposition; expected a code of the AAPOR standard such as 1.1 "
            "(complete), 2.11 (refused), 2.2 (no contact), 3.1 (unknown) or 4.1 (not eligible)"
        )
    return outcome


def outcomes_of(dispositions: Mapping[str, int]) -> dict[Outcome, int]:
    """Numbers of cases by outcome from numbers by disposition code; every outcome is in it."""
    counts = dict.fromkeys(OUTCOMES, 0)
    for code, n in dispositions.items():
        counts[outcome_of(code)] += n
    return counts


def outcome_rates(dispositions: Mapping[str, int], *, eligible: float | None = None) -> Rates:
    """RR1-6, COOP1-4, REF1-3 and CON1-3 of cases by disposition code.

    Standard Definitions (2023), section "Calculating outcome rates". `eligible` is their e; unless
    given it is the share of eligible cases among those known to be so or not, which assumes that
    the unknown are alike (the proportional allocation of the standard's own calculator, version
    4.0). Completion is one minus the break-off rate and the partial ones, Callegaro & DiSogra
    (2008), Public Opinion Quarterly 72, 1008-1032. Worked: I 4, P 2, R, NC, O, UH, UO and NE 1 each
    give RR1 0.364, RR3 0.370, COOP1 0.500, REF1 0.091 and CON1 0.727.
    """
    counts = outcomes_of(dispositions)
    known = sum(counts[outcome] for outcome in ELIGIBLE)
    if eligible is None:
        eligible = _share(known, known + counts["NE"])
        # With nobody known either way, all that are unknown may be eligible.
        eligible = 1.0 if eligible is None else eligible
    if not 0 <= eligible <= 1:
        raise ValueError(f"the eligible part of the unknown is from 0 to 1, not {eligible:g}")
    began = counts["I"] + counts["P"] + dispositions.get(BREAK_OFF, 0)
    return Rates(
        values={formula.name: _rate(formula, counts, eligible) for formula in FORMULAS},
        eligible=eligible,
        completion=_share(counts["I"], began),
    )


def _rate(formula: Formula, counts: Mapping[Outcome, int], eligible: float) -> float | None:
    part = sum(counts[outcome] for outcome in formula.part)
    whole: float = sum(counts[outcome] for outcome in formula.whole)
    if formula.unknown != "none":
        unknown = sum(counts[outcome] for outcome in UNKNOWN)
        whole += unknown * (eligible if formula.unknown == "part" else 1)
    return _share(part, whole)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None

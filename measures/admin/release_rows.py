"""A released table as the desk shows it: a line an answer, a column a group, markers in words."""

from typing import Any

from measures.compute.released import ANSWERED, ReleasedTable
from measures.models.results import PublishedCell
from measures.publications.csv_file import MARKERS
from measures.stats.disclosure.rules import OPEN
from measures.stats.rounding import with_commas

SUPPRESSED = PublishedCell.Status.SUPPRESSED
WITHHELD = MARKERS[SUPPRESSED]


def grid_of(table: ReleasedTable) -> dict[str, Any]:
    """The table as heads, lines and the base below; every cell is what anybody may read."""
    groups = table.about["groups"]
    return {
        "asked": table.about["asked"],
        "label": table.about["label"],
        "heads": [group["label"] for group in groups],
        "is_split": len(groups) > 1,
        "lines": [
            {
                "label": answer["label"],
                "kind": answer["kind"],
                "cells": [cell_of(table.cells[group["code"], answer["code"]]) for group in groups],
            }
            for answer in table.about["answers"]
        ],
        "bases": [_count(table.cells[group["code"], ANSWERED]) for group in groups],
        "is_exact": table.about["policy"] == OPEN and not table.by,
        "notes": notes_of(table),
    }


def cell_of(cell: PublishedCell) -> dict[str, str]:
    """A share with its interval and the count that stands with it, or the marker."""
    share = "" if cell.share is None else f"{cell.share}%"
    return {
        "count": _count(cell),
        "share": f"{cell.bound} {share}".strip(),
        "interval": "" if cell.low is None else f"{cell.low}% to {cell.high}%",
        "is_withheld": "yes" if cell.status == SUPPRESSED else "",
    }


def notes_of(table: ReleasedTable) -> list[str]:
    """What a reader of the table must know, in sentences."""
    about, notes = table.about, []
    if about["is_synthetic"]:
        notes.append("Some of these answers are synthetic: a program made them.")
    if about["since"]:
        notes.append(f"Only answers from {about['since']} on are in it. {about['broke']}".strip())
    if weighting := about["weighting"]:
        notes.append(f"Weighted by {', '.join(weighting['by'])} to: {weighting['to']}.")
    else:
        notes.append("Not weighted: the shares are those of the people who answered.")
    if rate := about["response_rate"]:
        notes.append(f"Response rate about {rate['percent']}% ({rate['by']}).")
    return [*notes, about["may_claim"]]


def _count(cell: PublishedCell) -> str:
    return WITHHELD if cell.n is None else with_commas(cell.n)

"""The bundle: everything that may be shown of a statement, as one plain document."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings

from measures.compute.run import compute_measures
from measures.definitions.loader import Definitions, definitions
from measures.publications.read import title_for
from measures.publications.rows import row_of
from measures.publications.sources import Register
from measures.statements.summary import summary
from measures.stats.periods import year_ending
from surveys.models.places import Place

SCHEMA = "heard-statement/1"


class UnknownAreaError(LookupError):
    """FORCE_AREA names no place that is loaded."""


def build_bundle(month: date, *, as_of: datetime) -> dict[str, Any]:
    """The statement for the year that ends with `month`: for everybody, and no exact count in it.

    The same figures, released results and `as_of` give the same document.
    """
    known = definitions()
    area = Place.objects.filter(code=settings.FORCE_AREA).first()
    if area is None:
        raise UnknownAreaError(
            f"FORCE_AREA is {settings.FORCE_AREA!r}, which is no place here: load the places first"
        )
    period = year_ending(month)
    results = compute_measures(known.measures, area=area.code, period=period, as_of=as_of)
    register = Register()
    rows = [row_of(result, register) for result in results]
    return {
        "schema": SCHEMA,
        "period": f"{month:%Y-%m}",
        "title": title_for(month),
        "label": period.label,
        "starts": period.starts.isoformat(),
        "ends": period.ends.isoformat(),
        "as_of": as_of.astimezone(UTC).isoformat(timespec="seconds"),
        "area": {"code": area.code, "name": area.name},
        "duty": known.duty,
        "rests_on_synthetic": any("synthetic" in row["tags"] for row in rows),
        "summary": list(summary(results, area_name=area.name)),
        "priorities": _priorities(known),
        "measures": rows,
        "sources": _described(register, known),
    }


def _priorities(known: Definitions) -> list[dict[str, Any]]:
    return [
        {
            "key": priority.key,
            "heading": str(priority.heading),
            "applicable": priority.applicable,
            "reason": str(priority.reason),
            "measures": list(priority.measures),
        }
        for priority in known.priorities
    ]


def _described(register: Register, known: Definitions) -> list[dict[str, Any]]:
    """The sources with what to beware of in their kind."""
    return [
        row
        | {
            "caveat": str(known.sources[row["kind"]].caveat)
            if row["kind"] in known.sources
            else None
        }
        for row in register.rows
    ]

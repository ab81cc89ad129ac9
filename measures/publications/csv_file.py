"""The figures of a bundle as CSV: one line a measure and period, with its source."""

import csv
import io
from typing import Any

from measures.publications.sources import licence_of

COLUMNS = (
    "priority",
    "measure",
    "title",
    "what",
    "period_start",
    "period_end",
    "status",
    "value",
    "unit",
    "low",
    "high",
    "base",
    "difference",
    "percentage_change",
    "clear_change",
    "reason",
    "proxy",
    "synthetic",
    "publisher",
    "source",
    "released",
    "licence",
    "sha256",
)

# The markers of the Government Statistical Service: confidential, and not available.
MARKERS = {"suppressed": "[c]", "not-available": "[x]"}


def render_csv(bundle: dict[str, Any]) -> bytes:
    """The table of all figures in UTF-8; the same bundle gives the same bytes."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    sources = {source["number"]: source for source in bundle["sources"]}
    for measure in bundle["measures"]:
        writer.writerow(_line(measure, "current", measure["current"], sources=sources))
        for comparison in measure["comparisons"]:
            line = _line(measure, comparison["kind"], comparison["value"], sources=sources)
            writer.writerow(line | _change(comparison["change"]))
    return text.getvalue().encode()


def _line(
    measure: dict[str, Any], what: str, value: dict[str, Any], *, sources: dict[int, dict[str, Any]]
) -> dict[str, Any]:
    named = [sources[number] for number in sorted({one["source"] for one in value.get("from", [])})]
    named += [one["release"] for one in value.get("from", []) if "release" in one]
    is_count = measure["kind"] == "count"
    line = {
        "priority": measure["priority"],
        "measure": measure["slug"],
        "title": measure["title"],
        "what": what,
        "period_start": value["period"]["starts"],
        "period_end": value["period"]["ends"],
        "status": value["status"],
        "value": _number(value),
        "unit": "offences" if is_count else "percent",
        "low": _blank(value.get("low")),
        "high": _blank(value.get("high")),
        "base": _blank(value.get("base")),
        "reason": value.get("reason", ""),
        "proxy": "yes" if measure["proxy"] else "no",
        "synthetic": "yes" if value.get("synthetic") else "no",
        "publisher": _joined(named, "publisher"),
        "source": _joined(named, "title"),
        "released": _joined(named, "released"),
        "licence": "; ".join(licence_of(one) for one in named if "licence" in one),
        "sha256": _joined(named, "sha256"),
    }
    return {key: safe_cell(cell) for key, cell in line.items()}


def _number(value: dict[str, Any]) -> object:
    """The number alone, or the marker of the Government Statistical Service for why it is not."""
    if value["status"] in MARKERS:
        return MARKERS[value["status"]]
    plain = value.get("value", value.get("percent"))
    return value["shown"] if value["status"] == "bound" or plain is None else plain


def _change(change: dict[str, Any] | None) -> dict[str, Any]:
    if change is None:
        return {}
    return {
        "difference": change.get("difference", change.get("points")),
        "percentage_change": _blank(change.get("percentage")),
        "clear_change": "yes" if change["is_clear"] else "no",
    }


def _joined(rows: list[dict[str, Any]], key: str) -> str:
    return "; ".join(row[key] for row in rows if row.get(key))


def _blank(value: object) -> object:
    return "" if value is None else value


def safe_cell(value: object) -> object:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it.

    Publishers' names and titles come from files, so they are not ours to trust.
    """
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value

"""A measure of a bundle as a page shows it: ready words, so that templates only place them."""

from typing import Any

from django.utils.text import capfirst

from measures.publications.csv_file import MARKERS
from measures.web.source_lines import Sources, also_drawn, numbers_of

# Not available and withheld stand where the number would.
TAGS = {
    "synthetic": "Synthetic answers",
    "provisional": "Provisional",
    "proxy": "Proxy",
}
UNCOMPARED = 2 * ["not compared"]
WAYS = {"up": "up", "down": "down", "same": "level"}


def row_of(measure: dict[str, Any], sources: Sources) -> dict[str, Any]:
    """The measure with its tags, number, unit, comparisons and source lines in words."""
    current = measure["current"]
    values = [current, *(one["value"] for one in measure["comparisons"])]
    named = numbers_of(values)
    has_number = current["status"] in ("value", "bound")
    return {
        "slug": measure["slug"],
        "title": measure["title"],
        "sentence": measure["sentence"],
        "has_number": has_number,
        "number": current["shown"] if has_number else capfirst(current["shown"]),
        "unit": f"{current['unit']}, {current['period']['label']}" if has_number else "",
        "tags": [{"css": tag, "words": TAGS[tag]} for tag in measure["tags"] if tag in TAGS],
        "proxy": measure["proxy"],
        "comparisons": [_comparison(one) for one in measure["comparisons"]] if has_number else [],
        "chart": measure["chart"],
        "table": _points(measure),
        "readings": _readings(measure, sources),
        "sources": [sources[number] for number in named],
        "also_drawn": also_drawn(measure, sources, named=named),
    }


def table_of(measure: dict[str, Any]) -> dict[str, Any]:
    """The measure as a line of the table of all figures."""
    by_kind = {one["kind"]: one for one in measure["comparisons"]}
    cells = [_dated(measure, measure["current"])]
    for kind in ("previous-year", "baseline"):
        one = by_kind.get(kind)
        cells += [_dated(measure, one["value"]), _change(measure, one)] if one else UNCOMPARED
    return {"slug": measure["slug"], "title": measure["title"], "cells": cells}


def _points(measure: dict[str, Any]) -> dict[str, Any] | None:
    """What the chart draws, as heads and lines; the last cell names the sources by number."""
    if measure["kind"] == "count":
        heads = ["Offences"]
        lines = [
            {
                "ending": _ending(year) + (" (baseline)" if year["is_baseline"] else ""),
                "cells": [year["shown"]],
                "sources": year["sources"],
            }
            for year in measure["years"]
        ]
    else:
        heads = ["Share", "95% interval", "Answers, about"]
        values = [measure["current"], *(one["value"] for one in measure["comparisons"])]
        lines = [
            {
                "ending": _ending(value),
                "cells": [_cell(value), _interval(value), value.get("base", "")],
                "sources": numbers_of([value]),
            }
            for value in sorted(values, key=lambda value: str(value["period"]["ends"]))
        ]
    has_numbers = any(line["sources"] for line in lines)
    return {"heads": heads, "lines": lines} if has_numbers else None


def _ending(row: dict[str, Any]) -> str:
    return str(row["period"]["label"]).removeprefix("year ending ")


def _interval(value: dict[str, Any]) -> str:
    return f"{value['low']}% to {value['high']}%" if "low" in value else "none"


def _readings(measure: dict[str, Any], sources: Sources) -> list[dict[str, Any]]:
    """Each figure behind the number and its comparisons: where it stands in its file."""
    values = [measure["current"], *(one["value"] for one in measure["comparisons"])]
    return [
        {
            "label": value["period"]["label"],
            "value": value["shown"],
            "read_as": reading["label"],
            "where": _where(reading, sources[reading["source"]]),
            "note": reading["note"],
            "source": sources[reading["source"]],
        }
        for value in values
        for reading in value.get("from", [])
        if "where" in reading
    ]


def _where(reading: dict[str, Any], source: dict[str, Any]) -> str:
    """The place in the file: "line 5 of kent-force-return.csv"."""
    return " of ".join(filter(None, (reading["where"], source["file"])))


def _comparison(comparison: dict[str, Any]) -> dict[str, str]:
    change, value = comparison["change"], comparison["value"]
    if change:
        return {"words": capfirst(change["short"]), "css": WAYS[change["way"]]}
    name = capfirst(comparison["name"].removeprefix("the "))
    return {"words": f"{name}: {value['shown']}", "css": "plain"}


def _cell(value: dict[str, Any]) -> str:
    return str(MARKERS.get(value["status"], value["shown"]))


def _dated(measure: dict[str, Any], value: dict[str, Any]) -> str:
    """A survey's share with its own four quarters, which are not always those of the column."""
    cell = _cell(value)
    if measure["kind"] == "count" or value["status"] in MARKERS:
        return cell
    return f"{cell}, {value['period']['label']}"


def _change(measure: dict[str, Any], comparison: dict[str, Any]) -> str:
    change = comparison["change"]
    if change:
        if measure["kind"] == "share" and change["way"] == "same":
            return "No clear change"
        is_told = change["is_clear"] or change["amount"] == "the same"
        return capfirst(str(change["amount"])) + ("" if is_told else ", no clear change")
    statuses = (measure["current"]["status"], comparison["value"]["status"])
    return next((MARKERS[status] for status in statuses if status in MARKERS), "not compared")

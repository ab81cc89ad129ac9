"""Where a measure's numbers and its chart come from, in the few words of a source line."""

from datetime import date
from itertools import groupby
from typing import Any

Sources = dict[int, dict[str, Any]]


def sources_of(bundle: dict[str, Any]) -> Sources:
    """The sources by number, their release as a day."""
    return {
        source["number"]: source
        | {"released_on": date.fromisoformat(source["released"]) if "released" in source else None}
        for source in bundle["sources"]
    }


def numbers_of(values: list[dict[str, Any]]) -> list[int]:
    """The sources of some values, each once, in their own order."""
    return sorted({one["source"] for value in values for one in value.get("from", [])})


def also_drawn(
    measure: dict[str, Any], sources: Sources, *, named: list[int]
) -> list[dict[str, Any]]:
    """The chart's other sources, a line a publisher: its years and its numbers in the list.

    "Office for National Statistics", "years ending March 2018 to June 2019", "2–6".
    """
    if not measure["chart"]:
        return []
    years: dict[str, list[str]] = {}
    numbers: dict[str, set[int]] = {}
    for year in measure["years"]:
        for number in year["sources"]:
            if number not in named:
                publisher = sources[number]["publisher"]
                years.setdefault(publisher, []).append(year["period"]["label"])
                numbers.setdefault(publisher, set()).add(number)
    return [
        {"publisher": name, "years": _years(years[name]), "numbers": _runs(numbers[name])}
        for name in years
    ]


def _years(labels: list[str]) -> str:
    """One year, or the first and the last of several: they stand in the order of time."""
    first, last = labels[0], labels[-1].removeprefix("year ending ")
    return first if first.endswith(last) else f"{first.replace('year', 'years', 1)} to {last}"


def _runs(numbers: set[int]) -> list[dict[str, Any]]:
    """Numbers that follow each other as one: 2, 3, 4 and 7 are "2–4" and "7"."""
    counted = enumerate(sorted(numbers))
    runs = [
        [number for _, number in run] for _, run in groupby(counted, lambda one: one[1] - one[0])
    ]
    return [
        {"first": run[0], "words": f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}"}
        for run in runs
    ]

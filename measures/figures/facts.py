"""Makes the compact tables of published facts in measures/facts/ from the original files."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from measures.figures.parsed import Document, Row, Unreadable
from measures.figures.published_facts import FROM_THE_FILE, STATED, Fact
from measures.figures.sources import files_in, known_places, read_file


def extract_facts(
    dated_paths: Sequence[tuple[Path, date | None]], *, source: str, area: str
) -> list[Fact]:
    """The rows about an area and its districts in each file, oldest release first.

    A date beside a path is when its files came out, for files that don't say themselves. Of
    copies that give the same counts for the same days the first is kept, and names the others.
    Raises Unreadable for an unknown area, files that can't be read and files without a date.
    """
    places = known_places()
    if area not in places:
        raise Unreadable([f"--area {area}: expected a code of surveys/content/places.csv"])
    found = [
        _fact(document, stated, areas=[area, *places.districts_of(area).values()])
        for path, stated in dated_paths
        for file in files_in(path, source)
        for document in read_file(file, source, places=places)
    ]
    return _without_repeats(sorted(found, key=_order))


def _fact(document: Document, stated: date | None, *, areas: list[str]) -> Fact:
    parsed = document.parsed
    released = parsed.released_at or stated
    if released is None:
        raise Unreadable(
            [f"{document.file_name}: gives no release date: expected one after @, as in FILE@DATE"]
        )
    rows = tuple(sorted((r for r in parsed.rows if r.area in areas), key=_order_of_row))
    if not rows:
        raise Unreadable([f"{document.file_name}: expected figures about {areas[0]}"])
    kept = replace(parsed, released_at=released, rows=rows)
    return Fact(replace(document, parsed=kept), FROM_THE_FILE if parsed.released_at else STATED)


def _order(fact: Fact) -> tuple[date, date, str]:
    parsed = fact.document.parsed
    return (parsed.released_at or date.max, parsed.rows[0].starts, fact.document.file_name)


def _order_of_row(row: Row) -> tuple[date, date, str, str]:
    return (row.starts, row.ends, row.area, row.category)


def _without_repeats(facts: Sequence[Fact]) -> list[Fact]:
    """Facts without those whose counts an earlier one gives for the same days."""
    kept: dict[tuple[tuple[object, ...], ...], Fact] = {}
    for fact in facts:
        counts = tuple((*row.key, row.value) for row in fact.document.parsed.rows)
        if counts not in kept:
            kept[counts] = fact
            continue
        first, again = kept[counts], fact.document
        named = f"{again.file_name} of {again.parsed.released_at}"
        kept[counts] = replace(
            first, same_counts_in="; ".join(filter(None, (first.same_counts_in, named)))
        )
    return list(kept.values())

"""The sources of figures: which parser reads a file, and which files of a folder are meant."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from measures.figures import force_return, ons_pfa, police_uk, published_facts
from measures.figures.gazetteer import Gazetteer, Known
from measures.figures.parsed import Document, Parsed, Unreadable
from surveys.models.places import Place

PARSERS: dict[str, Callable[..., Parsed]] = {
    "force-return": force_return.parse,
    "ons-pfa": ons_pfa.parse,
    "police-uk": police_uk.parse,
}
# Not a source of its own: a table of what files of the sources above say.
PUBLISHED_FACTS = "published-facts"
SOURCES = (*PARSERS, PUBLISHED_FACTS)

# What is meant when a folder is given: archives of data.police.uk hold other kinds of files too.
_ENDINGS = {
    "force-return": (".csv",),
    "ons-pfa": (".xlsx", ".xls", ".xlsb", ".ods"),
    "police-uk": ("-street.csv", "-street.csv.gz"),
    PUBLISHED_FACTS: (".csv",),
}


def known_places() -> Gazetteer:
    """All stored places, as the parsers look them up."""
    fields = ("code", "kind", "name", "other_names", "parent_id")
    return Gazetteer(
        Known(code, kind, (name, *other_names), parent)
        for code, kind, name, other_names, parent in Place.objects.values_list(*fields)
    )


def read_file(path: Path, source: str, *, places: Gazetteer) -> list[Document]:
    """What a file says; a compact table of published facts speaks for several files.

    Raises Unreadable with every problem, in words that name the file and the place in it.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable([f"{path.name}: can't be read ({error.strerror})"]) from error
    if source == PUBLISHED_FACTS:
        return published_facts.parse(content, path.name, places=places, sources=PARSERS)
    parsed = PARSERS[source](content, path.name, places=places)
    return [Document(source, path.name, hashlib.sha256(content).hexdigest(), parsed)]


def files_in(path: Path, source: str) -> list[Path]:
    """The file itself or, of a folder, the source's files at any depth, sorted by path.

    Raises Unreadable where there is none.
    """
    if not path.exists():
        raise Unreadable([f"{path}: there is no such file or folder"])
    if path.is_file():
        return [path]
    endings = _ENDINGS[source]
    found = sorted(
        p for p in path.rglob("*") if p.is_file() and p.name.casefold().endswith(endings)
    )
    if not found:
        raise Unreadable([f"{path}: expected files that end in {' or '.join(endings)}"])
    return found

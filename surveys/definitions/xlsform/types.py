"""The `type` column: `select one from colours or_other`, `begin group`, `begin_repeat`, `int`."""

import re
from dataclasses import dataclass
from typing import Literal

Base = Literal[
    "select_one",
    "select_multiple",
    "rank",
    "text",
    "integer",
    "decimal",
    "range",
    "date",
    "time",
    "datetime",
    "note",
    "acknowledge",
    "calculate",
    "hidden",
    "today",
    "device",
    "refused",
    "begin_group",
    "begin_repeat",
    "end_group",
    "end_repeat",
    "unknown",
]


@dataclass(frozen=True)
class RowType:
    """What a row is: its base, the list that it chooses from, and whether `other` is added."""

    base: Base
    list_name: str = ""
    has_other: bool = False
    # Its choices stand in the sheet external_choices.
    is_external: bool = False
    # Why a type can't be carried, in words that follow "is".
    why: str = ""


# Older forms and the program that makes forms from them have many words for one thing.
SIMPLE: dict[str, Base] = {
    "text": "text",
    "string": "text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "percentage": "integer",
    "number of days in last month": "integer",
    "number of days in last six months": "integer",
    "number of days in last year": "integer",
    "range": "range",
    "date": "date",
    "time": "time",
    "datetime": "datetime",
    "date time": "datetime",
    "note": "note",
    "acknowledge": "acknowledge",
    "trigger": "acknowledge",
    "calculate": "calculate",
    "calculation": "calculate",
    "hidden": "hidden",
    "today": "today",
    "get today": "today",
}
DEVICE = (
    "start",
    "end",
    "start time",
    "end time",
    "deviceid",
    "device id",
    "imei",
    "subscriberid",
    "subscriber id",
    "simserial",
    "sim id",
    "phonenumber",
    "phone number",
    "username",
    "email",
    "audit",
    "start geopoint",
)
REFUSED = {
    "geopoint": "a place on a map, and Heard keeps no finer place than an area",
    "location": "a place on a map, and Heard keeps no finer place than an area",
    "gps": "a place on a map, and Heard keeps no finer place than an area",
    "geotrace": "a way on a map, and Heard keeps no finer place than an area",
    "geoshape": "a shape on a map, and Heard keeps no finer place than an area",
    "background geopoint": "a place on a map, and Heard keeps no finer place than an area",
    "image": "a picture, and Heard takes no files",
    "photo": "a picture, and Heard takes no files",
    "picture": "a picture, and Heard takes no files",
    "audio": "a sound recording, and Heard takes no files",
    "background audio": "a sound recording, and Heard takes no files",
    "video": "a film, and Heard takes no files",
    "file": "a file, and Heard takes none",
    "barcode": "a barcode to scan, and Heard works without a camera",
    "osm": "a mark on a map",
    "xml external": "a file that is not in the workbook",
    "csv external": "a file that is not in the workbook",
    "loop": "a loop, and Heard asks each question once",
    "cascading select": "an older form of a cascade: use choice_filter",
}
SELECTS: tuple[tuple[str, Base], ...] = (
    ("add select one prompt using", "select_one"),
    ("add select multiple prompt using", "select_multiple"),
    ("select all that apply from", "select_multiple"),
    ("select all that apply", "select_multiple"),
    ("select multiple from", "select_multiple"),
    ("select multiple using", "select_multiple"),
    ("select multiple", "select_multiple"),
    ("select one external", "select_one"),
    ("select one from", "select_one"),
    ("select one using", "select_one"),
    ("select one", "select_one"),
    ("select1", "select_one"),
    ("q select1", "select_one"),
    ("q select", "select_multiple"),
    ("rank", "rank"),
)
FROM_FILE = re.compile(r"select[ _](one|multiple)[ _]from[ _]file\b\s*(.*)", re.I)
OTHER = re.compile(r"[ _]+or[ _]+(specify[ _]+)?other$", re.I)


def row_type(text: str) -> RowType:
    """What a cell of the column `type` says."""
    spaced = " ".join(text.replace("\u00a0", " ").split())
    plain = re.sub(r"[ _-]+", " ", spaced.lower()).removeprefix("uri:")
    if mark := _mark(plain):
        return mark
    if in_file := FROM_FILE.fullmatch(spaced):
        return RowType("refused", why=f"chosen from the file {in_file[2]!r}, not in the workbook")
    if select := _select(spaced):
        return select
    plain = re.sub(r"^(add|q|get) (?=\w)", "", re.sub(r" prompt$", "", plain))
    if plain in SIMPLE:
        return RowType(SIMPLE[plain])
    if plain in DEVICE:
        return RowType("device")
    if plain in REFUSED:
        return RowType("refused", why=REFUSED[plain])
    first = plain.split(" ")[0]
    if first in ("osm", "cascading"):
        return RowType("refused", why=REFUSED["cascading select" if first != "osm" else "osm"])
    return RowType("unknown")


def _mark(plain: str) -> RowType | None:
    edge, _, what = plain.partition(" ")
    if edge not in ("begin", "end"):
        return None
    if what == "group":
        return RowType("begin_group" if edge == "begin" else "end_group")
    if what in ("repeat", "lgroup", "looped group", "loop") or what.startswith("loop over"):
        return RowType("begin_repeat" if edge == "begin" else "end_repeat")
    return None


def _select(spaced: str) -> RowType | None:
    has_other = OTHER.search(spaced) is not None
    bare = OTHER.sub("", spaced)
    # Words of the type may be joined by underscores; the name of the list stays as it is.
    loose = bare.lower().replace("_", " ")
    for words, base in SELECTS:
        if loose == words or loose.startswith(f"{words} "):
            name = bare[len(words) :].strip()
            return RowType(base, name, has_other, is_external=words.endswith("external"))
    return None

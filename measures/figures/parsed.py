"""What every parser hands over: the rows of one file, and what it could not take."""

from dataclasses import dataclass
from datetime import date

OPEN_GOVERNMENT_LICENCE = "Open Government Licence v3.0"


@dataclass(frozen=True)
class Row:
    """One count for an area and the days from `starts` to `ends`, both included.

    `area` is a place's code. `category` has one spelling for all files of a source; `label` is
    the spelling of this file. `where` says where in the file it stands.
    """

    area: str
    category: str
    starts: date
    ends: date
    value: int
    label: str
    category_code: str = ""
    where: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, str, date, date]:
        """What no two rows of one file may share."""
        return (self.area, self.category, self.starts, self.ends)


@dataclass(frozen=True)
class Remark:
    """Something a person should know: where in the file, and what or why."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


@dataclass(frozen=True)
class Parsed:
    """A file as its parser understood it.

    `released_at` is None where the file does not say when it came out. `set_aside` lists what
    was not taken as a figure, `warnings` what was taken and needs care.
    """

    publisher: str
    title: str
    licence: str
    released_at: date | None
    rows: tuple[Row, ...]
    set_aside: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Document:
    """A file and what it says. `file_name` and `sha256` are those of the publisher's own file."""

    source: str
    file_name: str
    sha256: str
    parsed: Parsed


class Unreadable(Exception):  # noqa: N818  # reads as what the file is
    """Raised with all problems of the input, one line each: "file: place: what was expected"."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems

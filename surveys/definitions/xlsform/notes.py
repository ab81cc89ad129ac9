"""What can't be carried and what was changed on the way, by sheet, row and column."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from surveys.definitions.importing import ImportRefusedError, Trouble

# A row, by its sheet and number.
Place = tuple[str, int]
MOST_ROWS_TOLD = 20
# The order in which people look through a form.
SHEETS = ("settings", "heard", "survey", "choices", "external_choices")


class XlsformError(ImportRefusedError):
    """A form that can't be carried whole; `troubles` has every reason at once."""


@dataclass(frozen=True)
class Spot:
    """A place in a workbook; row 0 is the sheet itself, no sheet is the whole file."""

    sheet: str = ""
    row: int = 0
    column: str = ""

    @property
    def place(self) -> Place:
        return self.sheet, self.row

    def told(self, file_name: str) -> str:
        parts = [
            self.sheet,
            f"row {self.row}" if self.row else "",
            f"column {self.column}" if self.column else "",
        ]
        where = ", ".join(part for part in parts if part)
        return f"{file_name}: {where}" if where else file_name


@dataclass(frozen=True)
class Note:
    spot: Spot
    message: str


class Notes:
    """Collects, while a form is read, what is refused and what is worth a remark."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        # By sheet and row.
        self._refused: dict[Place, dict[Note, None]] = {}
        self._remarked: dict[Place, dict[Note, None]] = {}

    def refuse(self, spot: Spot, message: str) -> None:
        """Something is lost or changed in meaning: the form is refused, unless leniently read."""
        self._refused.setdefault(spot.place, {}).setdefault(Note(spot, message))

    def remark(self, spot: Spot, message: str) -> None:
        """Nothing that people are asked is lost, but the author should know."""
        self._remarked.setdefault(spot.place, {}).setdefault(Note(spot, message))

    def messages(self, place: Place) -> list[str]:
        """What was noted of a row."""
        notes = (*self._refused.get(place, ()), *self._remarked.get(place, ()))
        return [note.message for note in notes]

    def forget(self, place: Place) -> None:
        """Takes back what was noted of a row: its meaning stands in columns of our own."""
        self._refused.pop(place, None)
        self._remarked.pop(place, None)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        return self._told(chain(*self._refused.values()))

    @property
    def remarks(self) -> tuple[Trouble, ...]:
        """As `troubles`, but what is said of many rows of a column is said once."""
        alike: dict[tuple[str, str, str], list[Note]] = {}
        for note in chain(*self._remarked.values()):
            key = (note.spot.sheet, note.spot.column, note.message)
            alike.setdefault(key, []).append(note)
        return self._told([_said_once(notes) for notes in alike.values()])

    def _told(self, notes: Iterable[Note]) -> tuple[Trouble, ...]:
        inorder = sorted(notes, key=lambda note: (_rank(note.spot.sheet), note.spot.row))
        return tuple(Trouble(n.spot.told(self.file_name), n.message) for n in inorder)


def _said_once(notes: list[Note]) -> Note:
    first, *others = sorted(notes, key=lambda note: note.spot.row)
    if not others:
        return first
    rows = ", ".join(str(note.spot.row) for note in others[:MOST_ROWS_TOLD])
    rest = " and others" if len(others) > MOST_ROWS_TOLD else ""
    return Note(first.spot, f"{first.message} (also in row {rows}{rest})")


def _rank(sheet: str) -> int:
    name = sheet.strip().lower()
    return SHEETS.index(name) if name in SHEETS else len(SHEETS)


def refused(file_name: str, message: str, spot: Spot | None = None) -> XlsformError:
    """The refusal of a file for one reason."""
    return XlsformError((Trouble((spot or Spot()).told(file_name), message),))

"""What columns of our own add to what the other columns of a row say."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from surveys.definitions.xlsform.notes import Notes, Place
from surveys.definitions.xlsform.own_columns import NOTED, WAS, json_cell, mark_of, overlaid
from surveys.definitions.xlsform.sheets import Row


@dataclass
class Overlay:
    """Reads rows with our columns over them.

    By sheet and row, `plain` has what a row says without them, and `noted` a mark of what was noted
    of it until then: both are needed to write them.
    """

    notes: Notes
    plain: dict[Place, dict[str, Any]] = field(default_factory=dict)
    noted: dict[Place, str] = field(default_factory=dict)

    def over(self, row: Row, plain: dict[str, Any], *, parts: Iterable[Row] = ()) -> dict[str, Any]:
        """The data of a row, or of a row and those that belong to it."""
        rows = [one.spot.place for one in (row, *parts)]
        messages = [message for place in rows for message in self.notes.messages(place)]
        self.plain[rows[0]] = dict(plain)
        self.noted[rows[0]] = mark_of(messages) if messages else ""
        was = json_cell(row, self.notes, column=WAS)
        found, is_whole = overlaid(plain, json_cell(row, self.notes), was)
        if is_whole and messages and was.get(NOTED) == mark_of(messages):
            # What can't be carried of the other columns is what was written, and ours say it.
            for place in rows:
                self.notes.forget(place)
        return found

"""What importers of foreign forms share: the survey they made, and what was not carried."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Trouble:
    """One thing that can't be carried: where it stands in the foreign file, and why."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True)
class Imported:
    """The data of a definition, and what was left out of it where the import was lenient.

    `remarks` tell what the author should know though nothing was lost. A form that Heard wrote
    itself has the name and number of a version of ours.
    """

    data: dict[str, Any]
    dropped: tuple[Trouble, ...] = ()
    remarks: tuple[Trouble, ...] = ()
    is_ours: bool = False


class ImportRefusedError(Exception):
    """A foreign form that can't be carried whole; `troubles` has every reason at once."""

    def __init__(self, troubles: tuple[Trouble, ...]) -> None:
        super().__init__("\n".join(map(str, troubles)))
        self.troubles = troubles

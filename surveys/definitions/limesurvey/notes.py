"""What can't be carried over, in the order in which it was found."""

from dataclasses import dataclass, field

from surveys.definitions.importing import Trouble


@dataclass
class Notes:
    """The troubles of one file, each thing once."""

    file_name: str
    _noted: dict[Trouble, None] = field(default_factory=dict)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        return tuple(self._noted)

    def add(self, place: str, message: str) -> None:
        """Notes a trouble; an empty place is the file itself."""
        where = f"{self.file_name}: {place}" if place else self.file_name
        self._noted.setdefault(Trouble(where, message))

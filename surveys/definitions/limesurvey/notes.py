"""What can't be carried over, in the order in which it was found."""

from dataclasses import dataclass, field

from surveys.definitions.importing import Trouble


@dataclass
class Notes:
    """The troubles of one file, each thing once."""

    file_name: str
    troubles: list[Trouble] = field(default_factory=list)

    def add(self, place: str, message: str) -> None:
        """Notes a trouble; an empty place is the file itself."""
        trouble = Trouble(f"{self.file_name}: {place}" if place else self.file_name, message)
        if trouble not in self.troubles:
            self.troubles.append(trouble)

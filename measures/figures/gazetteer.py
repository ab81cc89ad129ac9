"""The places that figures may be about, found by code or by the names that publishers use."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

FORCE_KINDS = ("force", "country")  # Northern Ireland's force is found as its country


@dataclass(frozen=True)
class Known:
    """One place as the parsers need it; `names` are all that publishers gave it."""

    code: str
    kind: str
    names: tuple[str, ...]
    parent: str | None


def plain_name(name: str) -> str:
    """A name as names are compared: "&" is "and", case, commas and double spaces don't count."""
    return re.sub(r"\W+", " ", name.replace("&", " and ")).strip().casefold()


class Gazetteer:
    """Known places; names are compared in their plain form."""

    def __init__(self, places: Iterable[Known]) -> None:
        self._by_code = {place.code: place for place in places}
        self._forces = {
            plain_name(name): place.code
            for place in self._by_code.values()
            if place.kind in FORCE_KINDS
            for name in place.names
        }

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def called(self, name: str, code: str) -> bool:
        """Whether publishers are known to use this name for this code."""
        return plain_name(name) in map(plain_name, self._by_code[code].names)

    def force_called(self, name: str) -> str | None:
        """The code of a police force by any of its names, such as "Kent Police"."""
        return self._forces.get(plain_name(name))

    def districts_of(self, force: str) -> dict[str, str]:
        """The codes of a force's districts by each of their names; empty where none is known."""
        return {
            plain_name(name): place.code
            for place in self._by_code.values()
            if place.kind == "district" and place.parent == force
            for name in place.names
        }

    def name_of(self, code: str) -> str:
        return self._by_code[code].names[0]

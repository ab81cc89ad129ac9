"""Names and codes of foreign forms as ours: they begin with a letter, without dots or spaces."""

import re
import unicodedata

from surveys.definitions.checks.names import RESERVED
from surveys.definitions.conditions import COMBINERS

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
LONGEST = 60
# A hyphen and a number, of as many things as a file may hold.
ROOM = 7


class Names:
    """Gives each name once: the same again gets a number."""

    def __init__(self) -> None:
        # The last number that each name was given with.
        self._taken: dict[str, int] = {}

    def take(self, wanted: str, *, prefix: str = "q") -> str:
        """`wanted` as a name of ours, or the nearest that is free."""
        return self._free(wanted if is_name(wanted) else as_name(wanted, prefix=prefix))

    def take_code(self, wanted: str) -> str:
        """`wanted` as a code of ours, or the nearest that is free."""
        return self._free(wanted if CODE.fullmatch(wanted) else as_code(wanted))

    def _free(self, name: str) -> str:
        found, number = name, self._taken.get(name, 1)
        while found in self._taken:
            number += 1
            found = f"{name[: LONGEST - ROOM]}-{number}"
        self._taken[name] = number
        self._taken.setdefault(found, 1)
        return found


def is_name(text: str) -> bool:
    """Whether a question can be called so."""
    return bool(NAME.fullmatch(text)) and not is_ours(text)


def is_ours(text: str) -> bool:
    """Whether it is a word of conditions, or a field that our own pages send."""
    return text in COMBINERS or text.lower() in RESERVED


def as_name(text: str, *, prefix: str) -> str:
    """`_1` as `q_1`, `my.name` as `my_name`."""
    plain = _plain(text)
    return plain if is_name(plain) else f"{prefix}{_joint(plain)}{plain}"[:LONGEST]


def as_code(text: str) -> str:
    """`-99` as `minus99`, `Urban Montserrado` as `Urban-Montserrado`."""
    plain = _plain(re.sub(r"^-(?=\d)", "minus", text.strip()))
    return plain if CODE.fullmatch(plain) else f"c{_joint(plain)}{plain}"[:LONGEST]


def as_slug(text: str) -> str:
    """A survey's own name: small letters, digits and hyphens."""
    plain = re.sub(r"[^a-z0-9]+", "-", _plain(text).lower()).strip("-")[:LONGEST].strip("-")
    if not plain:
        return "imported"
    return plain if plain[0].isalpha() else f"survey-{plain}"[:LONGEST].strip("-")


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    dotted = re.sub(r"[.:/]+", "_", bare.strip())
    return re.sub(r"[^A-Za-z0-9_-]+", "-", dotted).strip("-")[:LONGEST]


def _joint(plain: str) -> str:
    return "" if not plain or plain.startswith(("_", "-")) else "-"

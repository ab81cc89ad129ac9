"""Names and codes of a form as ours, which begin with a letter and have no dots or spaces."""

import re
import unicodedata

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
LONGEST = 60
# Words of conditions, which no question can be called.
TAKEN = ("all", "any", "not")


class Names:
    """Gives each name once: the same again gets a number."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str, *, prefix: str = "q") -> str:
        """`wanted` as a name of ours, or the nearest that is free."""
        is_one = NAME.fullmatch(wanted) and wanted not in TAKEN
        return self._free(wanted if is_one else as_name(wanted, prefix=prefix))

    def take_code(self, wanted: str) -> str:
        """`wanted` as a code of ours, or the nearest that is free."""
        return self._free(wanted if CODE.fullmatch(wanted) else as_code(wanted))

    def _free(self, name: str) -> str:
        found, number = name, 1
        while found in self._taken:
            number += 1
            found = f"{name[: LONGEST - 5]}-{number}"
        self._taken.add(found)
        return found


def as_name(text: str, *, prefix: str) -> str:
    """`_1` as `q_1`, `my.name` as `my_name`."""
    plain = _plain(text)
    is_one = NAME.fullmatch(plain) and plain not in TAKEN
    return plain if is_one else f"{prefix}{_joint(plain)}{plain}"[:LONGEST]


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

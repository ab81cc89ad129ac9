"""Names and labels as SPSS takes them (IBM, SPSS Statistics, “Variable names”)."""

import re
from collections.abc import Sequence

LONGEST_NAME = 64
# Words of its own language.
RESERVED = frozenset(
    ["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"]
)


def sav_names(names: Sequence[str]) -> list[str]:
    """A name for each, different from the others whatever the case: `area-of-work` is area_of_work.

    >>> sav_names(["contact-ease", "contact_ease", "by"])
    ['contact_ease', 'contact_ease_2', 'by_']
    """
    taken: set[str] = set()
    found = []
    for name in names:
        plain = re.sub(r"[^A-Za-z0-9_.]", "_", name)[:LONGEST_NAME].rstrip(".")
        # A name begins with a letter.
        plain = f"about{plain}" if plain.startswith("_") else plain
        plain = f"{plain}_" if plain.upper() in RESERVED else plain
        told, n = plain, 1
        while told.upper() in taken:
            n += 1
            told = f"{plain[: LONGEST_NAME - len(str(n)) - 1]}_{n}"
        taken.add(told.upper())
        found.append(told)
    return found


def within(text: str, longest: int) -> str:
    """As much of a text as fits in so many bytes, with an ellipsis where something is left out."""
    if len(text.encode()) <= longest:
        return text
    return text.encode()[: longest - 3].decode(errors="ignore") + "…"

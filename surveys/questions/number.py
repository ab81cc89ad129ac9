"""What the kinds share that take a number."""

import re

from surveys.questions.base import Form, Translated, said
from surveys.questions.typed import TypedQuestion

# 1,250.50 is a number; 12,50 is a slip or a habit from abroad, and is asked again.
THOUSANDS = re.compile(r"(?<![0-9.,])([-+]?[1-9][0-9]{0,2})((?:,[0-9]{3})+)(?![0-9,])", re.ASCII)


class NumberQuestion(TypedQuestion):
    """A number, of which a unit says what it counts."""

    unit: Translated | None = None

    def _typed(self, form: Form) -> object:
        """What was typed, without the unit and without commas between thousands."""
        text = str(super()._typed(form))
        for unit in (self.unit or {}).values():
            text = text.removeprefix(unit).removesuffix(unit).strip()
        return without_thousands(text)

    def _with_unit(self, number: str, language: str) -> str:
        unit = said(self.unit, language) if self.unit else ""
        return f"{unit}{number}" if is_currency(unit) else f"{number} {unit}".rstrip()


def is_currency(unit: str) -> bool:
    """Whether a unit stands before its number."""
    return unit in ("£", "€", "$")


def without_thousands(text: str) -> str:
    """A number as it was typed, without commas between thousands."""
    return THOUSANDS.sub(lambda match: match[1] + match[2].replace(",", ""), text)

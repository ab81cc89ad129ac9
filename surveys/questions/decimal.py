"""A number with decimal places, within bounds."""

import math
import re
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from surveys.questions.base import Answer, Form, Translated, said
from surveys.questions.typed import TypedQuestion, without_thousands
from surveys.questions.wrong import WrongAnswerError

# Fifteen digits are as many as a float keeps, which is what JSON makes of a number.
WRITTEN = re.compile(r"[-+]?[0-9]{1,12}(\.[0-9]{1,12})?|[-+]?\.[0-9]{1,12}", re.ASCII)
LARGEST = 10**9


class DecimalQuestion(TypedQuestion):
    kind: Literal["decimal"]
    min: float = Field(default=0, ge=-LARGEST, le=LARGEST)
    max: float = Field(ge=-LARGEST, le=LARGEST)
    places: int = Field(default=2, ge=1, le=6)
    unit: Translated | None = None

    @model_validator(mode="after")
    def _bounds_in_order(self) -> "DecimalQuestion":
        if self.min > self.max:
            raise ValueError(f"min {plain(self.min)} is above max {plain(self.max)}")
        return self

    def _typed(self, form: Form) -> object:
        """What was typed, without the unit and without commas between thousands."""
        text = str(super()._typed(form))
        for unit in (self.unit or {}).values():
            text = text.removeprefix(unit).removesuffix(unit).strip()
        return without_thousands(text)

    def _clean_value(self, raw: object, **_: object) -> Answer:
        number = self._number(raw)
        # As floats, like the bounds: 0.1 as a decimal is a little less than as a float.
        if float(number) < self.min:
            raise WrongAnswerError("too-small", least=plain(self.min))
        if float(number) > self.max:
            raise WrongAnswerError("too-large", most=plain(self.max))
        if -int(number.normalize().as_tuple().exponent) > self.places:
            raise WrongAnswerError("too-many-places", places=self.places)
        # Nothing below zero is still zero.
        return float(number) or 0.0

    def _number(self, raw: object) -> Decimal:
        if isinstance(raw, str) and WRITTEN.fullmatch(raw.strip()):
            return Decimal(raw.strip())
        if isinstance(raw, float) and math.isfinite(raw):
            return Decimal(repr(raw))
        if isinstance(raw, int) and not isinstance(raw, bool):
            # A million digits are no answer, and slow to write out.
            return Decimal(max(-LARGEST - 1, min(raw, LARGEST + 1)))
        raise WrongAnswerError("not-a-number", example=self._example())

    def _example(self) -> str:
        """A number that would be taken, with a decimal place to show how one is written."""
        return plain(2.5 if self.min <= 2.5 <= self.max else self.max)

    def _typed_to_form(self, answer: Answer) -> dict[str, list[str]]:
        return {self.name: [plain(float(str(answer)))]}

    def _show_typed(self, answer: Answer, language: str) -> str:
        number = plain(float(str(answer)))
        unit = said(self.unit, language) if self.unit else ""
        return f"{unit}{number}" if is_currency(unit) else f"{number} {unit}".rstrip()

    def _counted_values(self) -> tuple[str, ...]:
        # That it was answered counts; the numbers themselves are too many for counters.
        return ()


def plain(number: float) -> str:
    """`2.5`, `1000` and `0.000001`, as people write them."""
    text = f"{number:.6f}"
    return text.rstrip("0").rstrip(".")


def is_currency(unit: str) -> bool:
    """Whether a unit stands before its number."""
    return unit in ("£", "€", "$")

"""A number with decimal places, within bounds."""

import math
import re
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from surveys.questions.base import Answer, FormFields
from surveys.questions.number import NumberQuestion
from surveys.questions.wrong import WrongAnswerError

# Fifteen digits are as many as a float keeps, which is what JSON makes of a number.
WRITTEN = re.compile(r"[-+]?[0-9]{1,12}(\.[0-9]{1,12})?|[-+]?\.[0-9]{1,12}", re.ASCII)
LARGEST = 10**9


class DecimalQuestion(NumberQuestion):
    # Of its answers only that there is one counts: the numbers are too many for counters.
    kind: Literal["decimal"]
    min: float = Field(default=0, ge=-LARGEST, le=LARGEST)
    max: float = Field(ge=-LARGEST, le=LARGEST)
    places: int = Field(default=2, ge=1, le=6)

    @model_validator(mode="after")
    def _bounds_in_order(self) -> "DecimalQuestion":
        if self.min > self.max:
            raise ValueError(f"min {plain(self.min)} is above max {plain(self.max)}")
        return self

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

    def _typed_to_form(self, answer: Answer) -> FormFields:
        return {self.name: [plain(float(str(answer)))]}

    def _show_typed(self, answer: Answer, language: str) -> str:
        return self._with_unit(plain(float(str(answer))), language)


def plain(number: float) -> str:
    """`2.5`, `1000` and `0.000001`, as people write them."""
    text = f"{number:.6f}"
    return text.rstrip("0").rstrip(".")

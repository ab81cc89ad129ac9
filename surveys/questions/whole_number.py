"""A whole number within bounds."""

import re
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import model_validator

from surveys.questions.base import Answer, whole
from surveys.questions.number import NumberQuestion
from surveys.questions.wrong import WrongAnswerError

# Up to here each number has a counter, from which means and spreads follow.
MOST_COUNTERS = 201


class WholeNumberQuestion(NumberQuestion):
    kind: Literal["whole-number"]
    min: int = 0
    max: int

    @model_validator(mode="after")
    def _bounds_in_order(self) -> "WholeNumberQuestion":
        if self.min > self.max:
            raise ValueError(f"min {self.min} is above max {self.max}")
        return self

    def _clean_value(self, raw: object, **_: object) -> Answer:
        number = self._whole(raw)
        if number < self.min:
            raise WrongAnswerError("too-small", least=self.min)
        if number > self.max:
            raise WrongAnswerError("too-large", most=self.max)
        return number

    def _whole(self, raw: Any) -> int:
        number = whole(raw)
        if number is not None:
            return number
        # Twenty digits are no answer, and int() of a megabyte of them is slow.
        if isinstance(raw, str) and re.fullmatch(r"[-+]?[0-9]{1,20}", raw.strip()):
            return int(raw)
        raise WrongAnswerError("not-a-whole-number", example=max(self.min, min(3, self.max)))

    def _show_typed(self, answer: Answer, language: str) -> str:
        return self._with_unit(str(answer), language)

    def _counted_values(self) -> Sequence[str]:
        if self.max - self.min >= MOST_COUNTERS:
            return ()
        return [str(number) for number in range(self.min, self.max + 1)]

    def _values_of(self, answer: Answer) -> Sequence[str]:
        return [str(answer)] if self.max - self.min < MOST_COUNTERS else []

"""What the kinds share where the person types, and a missing code is a box to tick beneath."""

import re

from pydantic import model_validator

from surveys.questions.base import Answer, Form, Option, Question, boxes_only, said
from surveys.questions.wrong import WrongAnswerError

# 1,250.50 is a number; 12,50 is a slip or a habit from abroad, and is asked again.
THOUSANDS = re.compile(r"(?<![0-9.,])([-+]?[1-9][0-9]{0,2})((?:,[0-9]{3})+)(?![0-9,])", re.ASCII)


class TypedQuestion(Question):
    """A typed answer; `missing` lists the boxes that say why there is none."""

    missing: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _offers_only_missing_codes(self) -> "TypedQuestion":
        boxes_only(self.missing)
        return self

    @property
    def missing_codes(self) -> tuple[str, ...]:
        return tuple(option.missing for option in self.missing if option.missing)

    def from_form(self, form: Form) -> object:
        typed = self._typed(form)
        missing = self._missing_from_form(form)
        if missing and typed:
            chosen = missing["missing"]
            label = next((o.label for o in self.missing if o.value == chosen), chosen)
            raise WrongAnswerError("missing-and-answer", label=label)
        return missing or typed

    def to_form(self, answer: Answer) -> dict[str, list[str]]:
        if isinstance(answer, dict):
            return self._missing_to_form(answer)
        return self._typed_to_form(answer)

    def show(self, answer: Answer, language: str) -> str:
        if isinstance(answer, dict):
            return next(
                said(o.label, language) for o in self.missing if o.value == answer["missing"]
            )
        return self._show_typed(answer, language)

    def _typed(self, form: Form) -> object:
        """What was typed, "" for nothing."""
        return next((value.strip() for value in form.get(self.name, ()) if value.strip()), "")

    def _typed_to_form(self, answer: Answer) -> dict[str, list[str]]:
        return {self.name: [str(answer)]}

    def _show_typed(self, answer: Answer, language: str) -> str:
        return str(answer)


def without_thousands(text: str) -> str:
    """A number as it was typed, without commas between thousands."""
    return THOUSANDS.sub(lambda match: match[1] + match[2].replace(",", ""), text)

"""What the kinds share where the person types, and a missing code is a box to tick beneath."""

from pydantic import model_validator

from surveys.questions.base import Answer, Form, FormFields, Option, Question, boxes_only, said


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
        return self._given_or_missing(self._typed(form), form, self.missing)

    def to_form(self, answer: Answer) -> FormFields:
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

    def _typed_to_form(self, answer: Answer) -> FormFields:
        return {self.name: [str(answer)]}

    def _show_typed(self, answer: Answer, language: str) -> str:
        return str(answer)

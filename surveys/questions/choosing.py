"""What the kinds that offer options share."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from surveys.questions.base import Answer, Name, Option, Question, said
from surveys.questions.wrong import WrongAnswerError


class OptionsQuestion(Question):
    """A question with options, its own or those of a named list of the survey."""

    list: Name | None = None
    options: tuple[Option, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _has_its_list(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("list") and "options" not in data:
            raise ValueError(f"no list is called {data['list']!r}")
        return data

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options if option.code)

    @property
    def missing_codes(self) -> tuple[str, ...]:
        return tuple(option.missing for option in self.options if option.missing)

    def label(self, value: str, language: str) -> str:
        """The label of a code or missing code."""
        return next(said(o.label, language) for o in self.options if o.value == value)

    def known_code(self, raw: object) -> str:
        code = str(raw) if isinstance(raw, (str, int)) and not isinstance(raw, bool) else None
        if code not in self.codes:
            raise WrongAnswerError("unknown-code", code=raw, codes=self.codes)
        return str(code)

    @model_serializer(mode="wrap")
    def _leave_out_named_list(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A named list is written once, with the survey."""
        data: dict[str, Any] = dump(self)
        if self.list is not None:
            data.pop("options", None)
        return data


class OneOptionQuestion(OptionsQuestion):
    """A question of which one option can be chosen."""

    def from_form(self, form: Any) -> object:
        sent = [value for value in form.get(self.name, ()) if value]
        if not sent:
            return None
        return {"missing": sent[0]} if sent[0] in self.missing_codes else sent[0]

    def to_form(self, answer: Answer) -> dict[str, Sequence[str]]:  # type: ignore[override]  # a list in all kinds
        value = answer["missing"] if isinstance(answer, dict) else str(answer)
        return {self.name: [value]}

    def _clean_value(self, raw: object, **_: object) -> Answer:
        if isinstance(raw, str) and raw in self.missing_codes:
            return {"missing": raw}
        return self.known_code(raw)

    def show(self, answer: Answer, language: str) -> str:
        value = answer["missing"] if isinstance(answer, dict) else str(answer)
        return self.label(value, language)

    def _values_of(self, answer: Answer) -> Sequence[str]:
        return [str(answer)]

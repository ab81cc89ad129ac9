"""What the kinds that offer options share."""

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from surveys.questions.base import (
    Answer,
    Form,
    FormFields,
    Name,
    Option,
    Question,
    Translated,
    said,
    whole,
)
from surveys.questions.write_in import WriteIn
from surveys.questions.wrong import WrongAnswerError


class OptionsQuestion(Question):
    """A question with options, its own or those of a named list of the survey."""

    list: Name | None = None
    options: tuple[Option, ...] = Field(min_length=1)
    # Random: shuffled by a seed that is kept with the response.
    order: Literal["given", "random"] = "given"

    @model_validator(mode="before")
    @classmethod
    def _has_its_list(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("list") and "options" not in data:
            raise ValueError(f"no list is called {data['list']!r}")
        return data

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options if option.code)

    @property
    def missing_codes(self) -> tuple[str, ...]:
        return tuple(option.missing for option in self.options if option.missing)

    @property
    def fields(self) -> tuple[Question, ...]:
        """The answer, and the words beside each option that takes some."""
        # Only the parts are remembered: a question that held itself could not be compared.
        return (self, *self._written)

    @cached_property
    def _written(self) -> tuple[WriteIn, ...]:
        return tuple(
            WriteIn(
                name=f"{self.name}.{option.code}",
                ask=option.label,
                question=self.name,
                code=str(option.code),
            )
            for option in self.options
            if option.write_in
        )

    def in_order(self, seed: int | None) -> tuple[Option, ...]:
        """The options as one person sees them; what stands apart stays at the end."""
        if self.order == "given" or seed is None:
            return self.options
        moving = [option for option in self.options if not _stays(option)]
        moving.sort(key=lambda option: drawn(f"{seed}/{self.name}/{option.value}"))
        return (*moving, *(option for option in self.options if _stays(option)))

    def offering(self, is_offered: Callable[[Option], bool]) -> "OptionsQuestion":
        if all(option.show_if is None for option in self.options):
            return self
        narrowed = self.model_copy(update={"options": tuple(filter(is_offered, self.options))})
        # A copy brings along what was worked out of all options.
        for worked_out in narrowed.__dict__.keys() - type(self).model_fields.keys():
            del narrowed.__dict__[worked_out]
        return narrowed

    @cached_property
    def offered(self) -> frozenset[str]:
        """The codes and missing codes that can be chosen."""
        return frozenset(option.value for option in self.options)

    def still_offered(self, answer: Answer) -> Answer | None:
        offered = self.offered
        if isinstance(answer, list):
            return [code for code in answer if code in offered] or None
        value = answer["missing"] if isinstance(answer, dict) else str(answer)
        return answer if value in offered else None

    def label(self, value: str, language: str) -> str:
        """The label of a code or missing code."""
        return said(self.texts(value), language)

    def texts(self, value: str) -> Translated:
        """The label in all its languages."""
        return next(o.label for o in self.options if o.value == value)

    def known_code(self, raw: object) -> str:
        number = whole(raw)
        code = raw if number is None else str(number)
        if not isinstance(code, str) or code not in self.codes:
            raise WrongAnswerError("unknown-code", code=raw, codes=self.codes)
        return code

    @property
    def writes_options(self) -> bool:
        """Whether its options are written with it: a named list is written with the survey."""
        return self.list is None

    @model_serializer(mode="wrap")
    def _leave_out_what_stands_elsewhere(
        self, dump: SerializerFunctionWrapHandler
    ) -> dict[str, Any]:
        data: dict[str, Any] = dump(self)
        if not self.writes_options:
            data.pop("options", None)
        return data


def _stays(option: Option) -> bool:
    return bool(option.missing or option.exclusive or option.write_in or option.last)


def drawn(text: str) -> bytes:
    """What to sort by for an order that looks random.

    Keyed by a text that has the seed and the thing in it.
    """
    # Not for secrets: the same seed must give the same order on every machine.
    return hashlib.sha256(text.encode()).digest()


class OneOptionQuestion(OptionsQuestion):
    """A question of which one option can be chosen."""

    def from_form(self, form: Form) -> object:
        sent = [value for value in form.get(self.name, ()) if value]
        if not sent:
            return None
        return {"missing": sent[0]} if sent[0] in self.missing_codes else sent[0]

    def to_form(self, answer: Answer) -> FormFields:
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

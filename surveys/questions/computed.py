"""A code worked out from earlier answers: nobody is asked, and nobody may send it."""

from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from surveys.questions.base import Answer, Code, Form, Frozen, Translated
from surveys.questions.choosing import OneOptionQuestion
from surveys.questions.wrong import WrongAnswerError


class Case(Frozen):
    """The code that is given where the condition is true and no earlier case was."""

    code: Code
    label: Translated
    when: dict[str, Any]


class ComputedQuestion(OneOptionQuestion):
    """The first case whose condition is true gives the code; where none is, there is no value."""

    kind: Literal["computed"]
    cases: tuple[Case, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _options_from_cases(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        if "list" in data or "options" in data:
            raise ValueError("computed has `cases` in place of `options`")
        cases = data.get("cases")
        if not isinstance(cases, (list, tuple)):
            return {**data, "options": [{"code": "none", "label": {"en": "none"}}]}
        options: dict[str, Any] = {}
        for case in cases:
            if isinstance(case, dict) and "code" in case:
                # Two cases may give the same code; the first one's label stands.
                options.setdefault(
                    str(case["code"]), {"code": case["code"], "label": case.get("label")}
                )
        return {**data, "options": list(options.values())}

    @property
    def writes_options(self) -> bool:
        return False

    @property
    def takes_answer(self) -> bool:
        return False

    @property
    def is_computed(self) -> bool:
        return True

    @property
    def fields(self) -> tuple["ComputedQuestion"]:
        return (self,)

    def from_form(self, form: Form) -> object:
        return None

    def clean(self, raw: object, *, today: date) -> Answer | None:
        if raw is not None:
            raise WrongAnswerError("not-a-question")
        return None

"""What the kinds share whose options stand fixed, so that a survey need not list them."""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field, model_validator

from surveys.questions.base import Code, Translated
from surveys.questions.choosing import OptionsQuestion


class FixedOptionsQuestion(OptionsQuestion):
    """A question with the options of its kind; `labels` says them in other words or languages."""

    BUILT_IN: ClassVar[Mapping[str, Translated]]

    labels: dict[Code, Translated] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _offer_its_own_options(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        if "options" in data or "list" in data:
            codes = ", ".join(cls.BUILT_IN)
            raise ValueError(
                f"{data.get('kind')} has its own options ({codes}): for others use the kind choice"
            )
        missing = data.get("missing") if "missing" in cls.model_fields else None
        return {**data, "options": [*cls._labelled(data.get("labels")), *as_list(missing)]}

    @classmethod
    def _labelled(cls, labels: Any) -> list[dict[str, Any]]:
        given = labels if isinstance(labels, dict) else {}
        own = {code: texts for code, texts in given.items() if isinstance(texts, dict)}
        return [
            {"code": code, "label": {**texts, **own.get(code, {})}}
            for code, texts in cls.BUILT_IN.items()
        ]

    @model_validator(mode="after")
    def _labels_its_own_codes(self) -> "FixedOptionsQuestion":
        if unknown := [code for code in self.labels if code not in self.BUILT_IN]:
            expected = ", ".join(self.BUILT_IN)
            raise ValueError(f"labels: unknown code {unknown[0]!r}, expected {expected}")
        return self

    @property
    def writes_options(self) -> bool:
        return False


def as_list(value: Any) -> list[Any]:
    """The items of a list, none where it is something else: its own field says so."""
    return list(value) if isinstance(value, (list, tuple)) else []

"""Choose one of labelled points in order, such as the 7-point satisfaction scale, or 0 to 10."""

from typing import Any, Literal

from pydantic import ConfigDict, Field, ValidationError, model_validator

from surveys.questions.base import Frozen, Option, Translated, only_missing
from surveys.questions.choosing import OneOptionQuestion
from surveys.questions.fixed import as_list

MOST_POINTS = 11


class Points(Frozen):
    """Whole numbers from one end to the other, of which only the ends have words."""

    # `from` is a word of Python's own.
    model_config = ConfigDict(serialize_by_alias=True)

    first: int = Field(default=0, ge=0, le=100, alias="from")
    to: int = Field(default=10, ge=0, le=100)
    low: Translated
    high: Translated

    @model_validator(mode="after")
    def _are_few_and_in_order(self) -> "Points":
        if not 1 <= self.to - self.first < MOST_POINTS:
            raise ValueError(
                f"points {self.first} to {self.to}: expected 2 to {MOST_POINTS}, the lower first"
            )
        return self

    def options(self) -> list[dict[str, Any]]:
        """An option a number, in the languages that the ends have."""
        labels = {n: {tag: str(n) for tag in self.low} for n in range(self.first, self.to + 1)}
        for n, words in ((self.first, self.low), (self.to, self.high)):
            labels[n] = {tag: f"{n} – {text}" for tag, text in words.items()}
        return [{"code": str(n), "label": label} for n, label in labels.items()]


class ScaleQuestion(OneOptionQuestion):
    kind: Literal["scale"]
    # In place of a list: numbers whose ends are named, and the missing codes after them.
    points: Points | None = None
    missing: tuple[Option, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _options_from_points(cls, data: Any) -> Any:
        if not isinstance(data, dict) or data.get("points") is None:
            return data
        if "options" in data or "list" in data:
            raise ValueError("expected `points` or options, not both")
        try:
            made = Points.model_validate(data["points"]).options()
        except ValidationError:
            # What is wrong is told by `points` itself.
            made = [{"code": "0", "label": {"en": "0"}}]
        return {**data, "options": [*made, *as_list(data.get("missing"))]}

    @model_validator(mode="after")
    def _lists_missing_codes_once(self) -> "ScaleQuestion":
        only_missing(self.missing)
        if self.missing and self.points is None:
            raise ValueError("expected `missing` beside `points` only: else it is an option")
        return self

    @property
    def writes_options(self) -> bool:
        return self.points is None and super().writes_options

"""What the kinds share that ask several things with the same options: a row each."""

from collections import Counter
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from surveys.questions.base import Code, Frozen, Question, Translated
from surveys.questions.choosing import OneOptionQuestion, OptionsQuestion, drawn


class Row(Frozen):
    """One thing that is asked about."""

    code: Code
    label: Translated


class RowField(OneOptionQuestion):
    """A row as a field of its own, called `question.row`; asks its label."""

    kind: Literal["row"] = "row"
    question: str
    row: str


class RowsQuestion(OptionsQuestion):
    """A question of several rows; in random order it is the rows that are shuffled.

    Their options stay as given, since people read them as one scale.
    """

    rows: tuple[Row, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _rows_are_plain_choices(self) -> "RowsQuestion":
        repeated = [code for code, n in Counter(row.code for row in self.rows).items() if n > 1]
        if repeated:
            raise ValueError(f"the row {repeated[0]!r} stands twice")
        if any(option.write_in for option in self.options):
            raise ValueError(f"{self.kind} takes no `write_in`: its options are shared by all rows")
        if self.valid_if is not None:
            raise ValueError(f"{self.kind} takes no `valid_if`: each of its rows is an answer")
        return self

    @cached_property
    def fields(self) -> tuple[Question, ...]:
        """A field a row."""
        return tuple(
            RowField(
                name=f"{self.name}.{row.code}",
                ask=row.label,
                required=self.required,
                sensitive=self.sensitive,
                stage=self.stage,
                list=self.list,
                options=self.options,
                question=self.name,
                row=row.code,
            )
            for row in self.rows
        )

    def fields_in_order(self, seed: int | None) -> tuple[Question, ...]:
        """The rows as one person sees them."""
        if self.order == "given" or seed is None:
            return self.fields
        return tuple(sorted(self.fields, key=lambda field: drawn(f"{seed}/{field.name}")))

"""Choose any number, or up to `max_choices`."""

from typing import Literal

from pydantic import Field

from surveys.questions.several import SeveralOptionsQuestion


class ChoicesQuestion(SeveralOptionsQuestion):
    kind: Literal["choices"]
    max_choices: int | None = Field(default=None, ge=1)

    @property
    def limit(self) -> int | None:
        return self.max_choices

"""One line in the person's own words."""

from typing import Literal

from pydantic import Field

from surveys.questions.text import TextQuestion


class ShortTextQuestion(TextQuestion):
    kind: Literal["short-text"]
    max_length: int = Field(default=200, ge=1, le=200)

"""A few sentences in the person's own words."""

from typing import Literal

from pydantic import Field

from surveys.questions.text import TextQuestion


class LongTextQuestion(TextQuestion):
    kind: Literal["long-text"]
    max_length: int = Field(default=2000, ge=1, le=10_000)

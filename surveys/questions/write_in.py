"""The words that a person may write beside an option such as "Something else"."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from surveys.questions.base import Answer
from surveys.questions.text import TextQuestion

KIND: Literal["write-in"] = "write-in"


class WriteIn(TextQuestion):
    """A field of its own, open only where its option was chosen."""

    kind: Literal["write-in"] = KIND
    max_length: int = Field(default=200, ge=1, le=200)
    question: str
    code: str

    @property
    def opened_by(self) -> tuple[str, str]:
        return self.question, self.code

    def is_open(self, answers: Mapping[str, Answer]) -> bool:
        answer = answers.get(self.question)
        return self.code in answer if isinstance(answer, list) else answer == self.code

"""Something to read: a heading in `ask`, Markdown in `hint`; nothing to answer."""

from datetime import date
from typing import Literal

from surveys.questions.base import Answer, Form, Question
from surveys.questions.wrong import WrongAnswerError


class InformationQuestion(Question):
    kind: Literal["information"]

    @property
    def takes_answer(self) -> bool:
        return False

    def from_form(self, form: Form) -> object:
        return None

    def clean(self, raw: object, *, today: date) -> Answer | None:
        if raw is not None:
            raise WrongAnswerError("not-a-question")
        return None

    def cells(self) -> tuple[str, ...]:
        return ()

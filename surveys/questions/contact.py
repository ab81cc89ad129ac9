"""What the kinds share that ask how somebody may be reached: never an answer that is counted."""

from surveys.questions.base import Answer, Form, FormFields, Question, Translated
from surveys.questions.text import is_storable
from surveys.questions.wrong import WrongAnswerError

LONGEST = 254


class ContactQuestion(Question):
    """Goes to a table of its own, apart from the answers; `purpose` says why and how long."""

    purpose: Translated

    @property
    def is_contact(self) -> bool:
        return True

    def from_form(self, form: Form) -> object:
        return next((value.strip() for value in form.get(self.name, ()) if value.strip()), None)

    def to_form(self, answer: Answer) -> FormFields:
        return {self.name: [str(answer)]}

    def show(self, answer: Answer, language: str) -> str:
        return str(answer)

    def cells(self) -> tuple[str, ...]:
        return ()

    def counted(self, answer: Answer) -> tuple[str, ...]:
        return ()


def short_text(raw: object, *, reason: str) -> str:
    """The text, if it is one and no longer than any address can be; raises WrongAnswerError."""
    if not isinstance(raw, str) or len(raw) > LONGEST or not is_storable(raw):
        raise WrongAnswerError(reason)
    return raw.strip()

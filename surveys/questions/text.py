"""What short and long text share."""

from surveys.questions.base import Answer
from surveys.questions.typed import TypedQuestion
from surveys.questions.wrong import WrongAnswerError


class TextQuestion(TypedQuestion):
    """Free text: sealed and kept apart from the coded answers; only that it was given counts."""

    max_length: int

    @property
    def is_own_words(self) -> bool:
        return True

    def _clean_value(self, raw: object, **_: object) -> Answer:
        if not isinstance(raw, str) or not is_storable(raw):
            raise WrongAnswerError("not-text")
        # A browser sends line ends as two characters and counts them as one.
        text = raw.replace("\r\n", "\n").strip()
        if len(text) > self.max_length:
            raise WrongAnswerError("too-long", over=len(text) - self.max_length)
        return text


def is_storable(text: str) -> bool:
    """Whether it can be written down: NUL and half a surrogate pair, which JSON has, can't."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text

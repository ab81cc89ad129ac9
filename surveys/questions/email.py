"""An e-mail address to reach somebody by."""

import re
from typing import Literal

from surveys.questions.base import Answer
from surveys.questions.contact import ContactQuestion, short_text
from surveys.questions.wrong import WrongAnswerError

# Enough to catch slips; that it is theirs and works only a message can tell.
ADDRESS = re.compile(
    r"[^\s@,;:<>()\[\]\\\"\x00-\x1f]{1,64}@([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}"
)


class EmailQuestion(ContactQuestion):
    kind: Literal["email"]

    def _clean_value(self, raw: object, **_: object) -> Answer:
        text = short_text(raw, reason="not-an-email")
        local = text.partition("@")[0]
        if not ADDRESS.fullmatch(text) or ".." in local or local.startswith("."):
            raise WrongAnswerError("not-an-email")
        return text

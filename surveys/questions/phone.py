"""A telephone number to reach somebody by."""

import re
from typing import Literal

from surveys.questions.base import Answer
from surveys.questions.contact import ContactQuestion, short_text
from surveys.questions.wrong import WrongAnswerError

# As people group the digits of a number; the 0 in +44 (0)20 is not dialled.
GROUPING = re.compile(r"(?<=[0-9])\s*\(0\)|[\s().\-–/]")
# In the United Kingdom a number has 10 or 11 digits with its 0; abroad up to 15 (ITU-T E.164).
NUMBER = re.compile(r"0[0-9]{9,10}|(\+|00)[1-9][0-9]{6,14}", re.ASCII)


class PhoneQuestion(ContactQuestion):
    kind: Literal["phone"]

    def _clean_value(self, raw: object, **_: object) -> Answer:
        number = GROUPING.sub("", short_text(raw, reason="not-a-phone"))
        if not NUMBER.fullmatch(number):
            raise WrongAnswerError("not-a-phone")
        return number

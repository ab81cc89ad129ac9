"""Agreeing to something, or not: both can be said, and neither is chosen beforehand."""

from typing import Literal

from surveys.questions.choosing import OneOptionQuestion
from surveys.questions.fixed import FixedOptionsQuestion


class ConsentQuestion(FixedOptionsQuestion, OneOptionQuestion):
    """Offers no missing code: who does not agree says no or skips it, and neither is consent."""

    BUILT_IN = {
        "yes": {"en": "Yes, I agree", "cy": "Ydw, rwy’n cytuno"},
        "no": {"en": "No, I do not agree", "cy": "Nac ydw, dydw i ddim yn cytuno"},
    }

    kind: Literal["consent"]

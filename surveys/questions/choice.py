"""Choose one."""

from typing import Literal

from surveys.questions.choosing import OneOptionQuestion


class ChoiceQuestion(OneOptionQuestion):
    kind: Literal["choice"]

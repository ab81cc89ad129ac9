"""Choose one of labelled points in order, such as the 7-point satisfaction scale."""

from typing import Literal

from surveys.questions.choosing import OneOptionQuestion


class ScaleQuestion(OneOptionQuestion):
    kind: Literal["scale"]

"""Statements to agree with, disagree with or pass over."""

from typing import Literal

from surveys.questions.fixed import FixedOptionsQuestion
from surveys.questions.rows import RowsQuestion


class StatementsQuestion(FixedOptionsQuestion, RowsQuestion):
    """Passing is an answer that counts: it says that the statement was read."""

    BUILT_IN = {
        "agree": {"en": "Agree", "cy": "Cytuno"},
        "disagree": {"en": "Disagree", "cy": "Anghytuno"},
        "pass": {"en": "Pass", "cy": "Pasio"},
    }

    kind: Literal["statements"]

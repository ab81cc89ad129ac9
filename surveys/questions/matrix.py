"""The same options for several things, such as how satisfied one was with each stage."""

from typing import Literal

from surveys.questions.rows import RowsQuestion


class MatrixQuestion(RowsQuestion):
    kind: Literal["matrix"]

"""The numbers by which paper, codebook and routing in words call the questions."""

from string import ascii_lowercase

from surveys.definitions.schema import Definition
from surveys.questions.base import Question


def numbers(definition: Definition) -> dict[str, str]:
    """`7` for a question and `7b` for the second row of a matrix, by name.

    What is only read, and what is worked out, has no number.
    """
    found: dict[str, str] = {}
    asked = [q for q in definition.questions if q.fields and not q.is_computed]
    for i, question in enumerate(asked, start=1):
        found[question.name] = str(i)
        rows = [f for f in question.fields if f.name != question.name and f.opened_by is None]
        found |= {row.name: f"{i}{letter_of(n)}" for n, row in enumerate(rows)}
        found |= {f.name: str(i) for f in question.fields if f.opened_by is not None}
    return found


def letter_of(position: int) -> str:
    """`a` for 0, `z` for 25, `aa` for 26."""
    before, letter = divmod(position, len(ascii_lowercase))
    return (letter_of(before - 1) if before else "") + ascii_lowercase[letter]


def rows_of(question: Question) -> tuple[Question, ...]:
    """The fields of a question that is asked in rows; none where it is its own field."""
    own = {f.name for f in question.fields if f.opened_by is not None}
    if question.name in {f.name for f in question.fields}:
        return ()
    return tuple(field for field in question.fields if field.name not in own)

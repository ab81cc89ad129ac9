"""Conditions as a person reads them: "Only if you answered “Yes” to question 4".

A negation is told of the answers and not of the silence: a question that was skipped makes a
condition unknown, and what is unknown stays hidden.
"""

from collections.abc import Sequence
from typing import Any

from surveys.definitions.conditions import (
    All,
    AnyOf,
    Condition,
    Not,
    Test,
    evaluate,
)
from surveys.definitions.piping import say
from surveys.definitions.schema import Definition
from surveys.definitions.surfaces.numbering import numbers
from surveys.questions.base import Question
from surveys.questions.choosing import OneOptionQuestion, OptionsQuestion
from surveys.questions.words import Phrase, phrase, spoken

ONLY_IF = phrase("Only if {clause}")
AND = phrase("{first}, and {second}")
OR = phrase("{first}, or {second}")
COMMA = phrase("{first}, {second}")
OR_LABELS = phrase("{first} or {second}")
AND_LABELS = phrase("{first} and {second}")
LABEL = phrase("“{label}”")

# By operator: as it stands, and denied. `n` is the number of the question.
SAYINGS: dict[str, tuple[Phrase, Phrase]] = {
    "one": (
        phrase("you answered {labels} to question {n}"),
        phrase("you gave another answer than {labels} to question {n}"),
    ),
    "from-to": (
        phrase("you gave an answer from {first} to {last} to question {n}"),
        phrase("you gave an answer outside {first} to {last} to question {n}"),
    ),
    "is": (
        phrase("you chose {labels} alone at question {n}"),
        phrase("you chose other answers than {labels} alone at question {n}"),
    ),
    "in": (
        phrase("you chose nothing but {labels} at question {n}"),
        phrase("you chose something other than {labels} at question {n}"),
    ),
    "any_of": (
        phrase("you chose {labels} at question {n}"),
        phrase("you chose something at question {n} but not {labels}"),
    ),
    "all_of": (
        phrase("you chose all of {labels} at question {n}"),
        phrase("you chose something at question {n} but not all of {labels}"),
    ),
    "lt": (
        phrase("your answer to question {n} is less than {value}"),
        phrase("your answer to question {n} is {value} or more"),
    ),
    "le": (
        phrase("your answer to question {n} is {value} or less"),
        phrase("your answer to question {n} is more than {value}"),
    ),
    "before": (
        phrase("your answer to question {n} is before {value}"),
        phrase("your answer to question {n} is {value} or later"),
    ),
    "until": (
        phrase("your answer to question {n} is {value} or earlier"),
        phrase("your answer to question {n} is after {value}"),
    ),
    "between": (
        phrase("your answer to question {n} is from {first} to {last}"),
        phrase("your answer to question {n} is outside {first} to {last}"),
    ),
    "answered": (
        phrase("you answered question {n}"),
        phrase("you did not answer question {n}"),
    ),
    "exactly": (
        phrase("you chose exactly {value} answers at question {n}"),
        phrase("you chose more or fewer than {value} answers at question {n}"),
    ),
    "fewer": (
        phrase("you chose fewer than {value} answers at question {n}"),
        phrase("you chose {value} or more answers at question {n}"),
    ),
    "at-most": (
        phrase("you chose {value} or fewer answers at question {n}"),
        phrase("you chose more than {value} answers at question {n}"),
    ),
}
# gt and ge are le and lt denied.
ORDER = {"lt": ("lt", True), "le": ("le", True), "gt": ("le", False), "ge": ("lt", False)}
DATED = {"lt": "before", "le": "until"}
COUNTED = {"is": "exactly", "lt": "fewer", "le": "at-most"}
# Longer runs of a scale are told by their ends.
MOST_LABELS = 3


class Teller:
    """Tells the conditions of one definition in one language; numbers its questions once."""

    def __init__(self, definition: Definition, language: str) -> None:
        self.definition = definition
        self.language = language
        self.numbers = numbers(definition)

    def in_words(self, condition: Condition) -> str:
        """`Only if you answered “Yes” to question 4`, without a full stop."""
        return spoken(ONLY_IF, self.language, clause=self.clause(condition))

    def clause(self, condition: Condition) -> str:
        """The condition as the part of a sentence that follows "if".

        In a language that says its "if" anew with each part, as Welsh does, the part brings it
        along.
        """
        return self._told(condition, True)

    def _told(self, condition: Condition, holds: bool) -> str:
        """The condition, or its denial where `holds` is False, which goes down to the tests."""
        match condition:
            case Not(part):
                return self._told(part, not holds)
            case All(parts) | AnyOf(parts):
                joint = AND if isinstance(condition, All) is holds else OR
                told = _without_implied(parts) if joint == AND and holds else parts
                return self._joined([self._inner(part, holds) for part in told], joint)
            case Test():
                return self._test(condition, holds)

    def _inner(self, part: Condition, holds: bool) -> str:
        """A part of a whole: in brackets where it has parts itself, so that and/or stay clear."""
        told = self._told(part, holds)
        return f"({told})" if self._has_parts(part) else told

    def _has_parts(self, condition: Condition) -> bool:
        match condition:
            case Not(part):
                return self._has_parts(part)
            case All(parts):
                return len(_without_implied(parts)) > 1
            case AnyOf(parts):
                return len(parts) > 1
            case Test():
                unfolded = self._unfolded(condition)
                return unfolded is not None and self._has_parts(unfolded)

    def _joined(self, told: Sequence[str], joint: Phrase) -> str:
        sentence = told[0]
        for i, part in enumerate(told[1:], start=2):
            between = COMMA if joint in (AND_LABELS, OR_LABELS) and i < len(told) else joint
            sentence = spoken(between, self.language, first=sentence, second=part)
        return sentence

    def _test(self, test: Test, holds: bool) -> str:
        unfolded = self._unfolded(test)
        if unfolded is not None:
            return self._told(unfolded, holds)
        question = self.definition.by_name[test.question]
        match test.operator:
            case "answered":
                return self._say("answered", test, holds is test.operand)
            case "count":
                return self._count(test, holds)
            case "is" | "in" | "any_of" | "all_of":
                return self._codes(question, test, holds)
            case _:
                return self._compared(question, test, holds)

    def _unfolded(self, test: Test) -> Condition | None:
        """What a test of a computed answer comes to, told by the answers that were given."""
        cases = self.definition.case_conditions.get(test.question)
        if not cases:
            return None
        parts: list[Condition] = []
        before: list[Condition] = []
        for when, code in cases:
            if evaluate(test, {test.question: code}) is True:
                parts.append(All((when, *map(Not, before))) if before else when)
            else:
                before.append(when)
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _codes(self, question: Question, test: Test, holds: bool) -> str:
        codes = test.operand if isinstance(test.operand, list) else [test.operand]
        joint = AND_LABELS if test.operator == "all_of" else OR_LABELS
        labels = self._joined([self._label(question, str(code)) for code in codes], joint)
        one = isinstance(question, OneOptionQuestion) or not isinstance(question, OptionsQuestion)
        saying = "one" if one else test.operator
        if test.operator == "all_of" and len(codes) == 1:
            saying = "one" if one else "any_of"
        return self._say(saying, test, holds, labels=labels)

    def _compared(self, question: Question, test: Test, holds: bool) -> str:
        if isinstance(question, OptionsQuestion):
            return self._points(question, test, holds)
        if test.operator == "between":
            first, last = (self._value(question, bound) for bound in test.operand)
            return self._say("between", test, holds, first=first, last=last)
        saying, straight = ORDER[test.operator]
        if isinstance(test.operand, str):
            saying = DATED[saying]
        value = self._value(question, test.operand)
        return self._say(saying, test, holds is straight, value=value)

    def _points(self, question: OptionsQuestion, test: Test, holds: bool) -> str:
        """A comparison of a scale, told by the labels it comes to."""
        codes = [c for c in question.codes if evaluate(test, {test.question: c}) is holds]
        if not codes:
            return f"{test.question} {test.operator} {test.operand}"
        labels = [self._label(question, code) for code in codes]
        start = question.codes.index(codes[0])
        in_a_row = tuple(codes) == question.codes[start : start + len(codes)]
        if in_a_row and len(codes) > MOST_LABELS:
            return self._say("from-to", test, True, first=labels[0], last=labels[-1])
        return self._say("one", test, True, labels=self._joined(labels, OR_LABELS))

    def _count(self, test: Test, holds: bool) -> str:
        operator, limit = next(iter(test.operand.items()))
        base, straight = ORDER.get(operator, (operator, True))
        return self._say(COUNTED[base], test, holds is straight, value=limit)

    def _say(self, saying: str, test: Test, holds: bool, **values: Any) -> str:
        straight, denied = SAYINGS[saying]
        n = self.numbers.get(test.question, test.question)
        return spoken(straight if holds else denied, self.language, n=n, **values)

    def _label(self, question: Question, code: str) -> str:
        options = question.options if isinstance(question, OptionsQuestion) else ()
        boxes = getattr(question, "missing", ())
        for option in (*options, *boxes):
            if option.value == code:
                label = say(option.label, self.definition, {}, language=self.language)
                return spoken(LABEL, self.language, label=label)
        return spoken(LABEL, self.language, label=code)

    def _value(self, question: Question, bound: Any) -> str:
        """A number as it is, a date or time as it is shown."""
        return question.show(bound, self.language) if isinstance(bound, str) else str(bound)


def _without_implied(parts: Sequence[Condition]) -> Sequence[Condition]:
    """The parts of a whole that holds, without "you answered" where another part says more."""
    says_more = {
        test.question
        for part in parts
        if isinstance(test := part.part if isinstance(part, Not) else part, Test)
        and test.operator != "answered"
    }
    left = [part for part in parts if not _is_answered(part, says_more)]
    return left or parts


def _is_answered(part: Condition, questions: set[str]) -> bool:
    return (
        isinstance(part, Test)
        and part.operator == "answered"
        and part.operand is True
        and part.question in questions
    )

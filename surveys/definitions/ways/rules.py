"""All conditions of a definition, read once, each where it stands."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from surveys.definitions.conditions import AnyOf, Condition, Test, parse_condition
from surveys.definitions.places import Path
from surveys.definitions.schema import Definition
from surveys.questions.base import Option, Question
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.computed import ComputedQuestion

# Begins the name of an invented field, which no field of a definition can have.
ANYTHING = "?"


@dataclass(frozen=True)
class Rules:
    """The conditions of pages, questions, options, endings, computed cases and calls for help.

    A condition at one of the `unsound` paths has been told of already: here it may hold or not,
    so that nothing else is said to follow from it.
    """

    definition: Definition
    unsound: frozenset[Path] = frozenset()

    @cached_property
    def pages(self) -> tuple[Condition | None, ...]:
        pages = enumerate(self.definition.pages)
        return tuple(self._read(("pages", p, "show_if"), page.show_if) for p, page in pages)

    @cached_property
    def questions(self) -> dict[str, Condition | None]:
        return {
            question.name: self._read((*path, "show_if"), question.show_if)
            for path, question in questions_with_paths(self.definition)
        }

    @cached_property
    def options(self) -> dict[str, dict[str, Condition]]:
        """For each question whose options are not all always offered: code to condition."""
        found = {
            question.name: {
                option.value: condition
                for option_path, option in options_with_paths(path, question)
                if (condition := self._read((*option_path, "show_if"), option.show_if))
            }
            for path, question in questions_with_paths(self.definition)
        }
        return {name: conditions for name, conditions in found.items() if conditions}

    @cached_property
    def endings(self) -> tuple[tuple[Condition, ...], ...]:
        return tuple(
            tuple(
                self._must(("pages", p, "end_if", e, "when"), ending.when)
                for e, ending in enumerate(page.end_if)
            )
            for p, page in enumerate(self.definition.pages)
        )

    @cached_property
    def calls(self) -> tuple[Condition | None, ...]:
        """For each call for help its condition; None where it looks for words."""
        guard = self.definition.safeguarding
        return tuple(
            self._read(("safeguarding", "calls", c, "when"), call.when)
            for c, call in enumerate(guard.calls if guard else ())
        )

    @cached_property
    def cases(self) -> dict[str, tuple[tuple[Condition, str], ...]]:
        return {
            question.name: tuple(
                (self._must((*path, "cases", c, "when"), case.when), case.code)
                for c, case in enumerate(question.cases)
            )
            for path, question in questions_with_paths(self.definition)
            if isinstance(question, ComputedQuestion)
        }

    @cached_property
    def validity(self) -> dict[str, Condition]:
        return {
            question.name: parse_condition(question.valid_if)
            for path, question in questions_with_paths(self.definition)
            if question.valid_if is not None and (*path, "valid_if") not in self.unsound
        }

    @cached_property
    def asked_at(self) -> dict[str, tuple[int, Question]]:
        """For each field its page, from 0, and the question that it belongs to."""
        return {
            field.name: (p, question)
            for p, page in enumerate(self.definition.pages)
            for question in page.questions
            for field in question.fields
        }

    def offered(self, name: str) -> dict[str, Condition]:
        """The conditions of a field's options, those of its question where it is a row of it."""
        if name not in self.asked_at or not self.definition.by_name[name].codes:
            return {}
        return self.options.get(self.asked_at[name][1].name, {})

    def shows_something(self, page: int) -> Condition | None:
        """That at least one question of a page is shown; None where one always is."""
        asked = [q for q in self.definition.pages[page].questions if not q.is_computed]
        conditions = [self.questions[question.name] for question in asked]
        needed = [condition for condition in conditions if condition is not None]
        return AnyOf(tuple(needed)) if len(needed) == len(conditions) else None

    def _read(self, path: Path, data: dict[str, Any] | None) -> Condition | None:
        return None if data is None else self._must(path, data)

    def _must(self, path: Path, data: dict[str, Any]) -> Condition:
        if path in self.unsound:
            return Test(ANYTHING + ".".join(map(str, path)), "answered", operand=True)
        return parse_condition(data)


def questions_with_paths(definition: Definition) -> list[tuple[Path, Question]]:
    """Every question and the path that leads to it, in order."""
    return [
        (("pages", p, "questions", q), question)
        for p, page in enumerate(definition.pages)
        for q, question in enumerate(page.questions)
    ]


def options_with_paths(path: Path, question: Question) -> list[tuple[Path, Option]]:
    """The options of a question as if each were written with it; `written_at` knows better."""
    if not isinstance(question, OptionsQuestion):
        return []
    return [((*path, "options", i), option) for i, option in enumerate(question.options)]


def written_at(definition: Definition, path: Path) -> Path:
    """Where the author wrote an option that `options_with_paths` found: perhaps in a named list."""
    if len(path) < 6 or path[4] != "options":
        return path
    question = definition.pages[int(path[1])].questions[int(path[3])]
    missing = tuple(getattr(question, "missing", ()))
    option = getattr(question, "options", ())[int(path[5])]
    if option in missing:
        return (*path[:4], "missing", missing.index(option), *path[6:])
    name = getattr(question, "list", None)
    return ("lists", name, *path[5:]) if name is not None else path

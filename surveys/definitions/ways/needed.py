"""Which answers have a say in whether somebody comes to a place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from surveys.definitions.conditions import Condition, Test, tests_in
from surveys.definitions.ways.routes import Target
from surveys.definitions.ways.rules import Rules
from surveys.questions.base import Question

# The tests of each field, by what they say.
Tests = dict[str, dict[str, Test]]


@dataclass
class Needed:
    """Fields with their tests, and the pages on the way whose endings matter."""

    rules: Rules
    tests: Tests = field(default_factory=dict)
    endings: set[int] = field(default_factory=set)
    _waiting: list[str] = field(default_factory=list)

    def conditions(self, *conditions: Iterable[Condition | None]) -> None:
        """Adds all that the conditions look at, and what decides in its turn whether it is seen."""
        for condition in chain.from_iterable(conditions):
            for test in () if condition is None else tests_in(condition):
                if test.question not in self.tests:
                    self.tests[test.question] = {}
                    self._waiting.append(test.question)
                self.tests[test.question][key_of(test)] = test
        while self._waiting:
            self._seen_if(self._waiting.pop())

    def ending(self, page: int) -> None:
        """Adds all that decides whether somebody leaves after a page."""
        self.endings.add(page)
        seen = [self.rules.pages[page], self.rules.shows_something(page)]
        self.conditions(self.rules.endings[page], seen)

    def _seen_if(self, name: str) -> None:
        rules = self.rules
        if name not in rules.asked_at:
            return
        page, question = rules.asked_at[name]
        self.conditions(
            [rules.pages[page], rules.questions[question.name]],
            rules.offered(name).values(),
            [opener(rules.definition.by_name[name])],
            [condition for condition, _ in rules.cases.get(name, ())],
        )


class Needs:
    """Works out what targets need; what an ending needs is worked out once."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._of_ending: dict[int, frozenset[str]] = {}

    def of(self, target: Target) -> Needed:
        """What has a say, with every ending on the way."""
        found = Needed(self.rules)
        found.conditions(target.true, target.not_true)
        for page in self._endings_before(target):
            found.ending(page)
        return found

    def of_connected(self, target: Target) -> Needed:
        """The same without endings that share no field with the rest of what is needed.

        Where somebody gets past all endings, those others can be passed whatever is answered here.
        """
        found = Needed(self.rules)
        found.conditions(target.true, target.not_true)
        apart = set(self._endings_before(target))
        while near := {page for page in apart if not self._fields(page).isdisjoint(found.tests)}:
            for page in sorted(near):
                found.ending(page)
            apart -= near
        return found

    def of_everything(self) -> Needed:
        """All that decides which pages and questions are shown, and where a survey ends."""
        found = Needed(self.rules)
        found.conditions(self.rules.pages, self.rules.questions.values())
        for page in self._endings_before(Target(len(self.rules.pages))):
            found.ending(page)
        return found

    def _endings_before(self, target: Target) -> list[int]:
        return [page for page in range(target.page) if self.rules.endings[page]]

    def _fields(self, page: int) -> frozenset[str]:
        if page not in self._of_ending:
            found = Needed(self.rules)
            found.ending(page)
            self._of_ending[page] = frozenset(found.tests)
        return self._of_ending[page]


def key_of(test: Test) -> str:
    """What a test says, as a text: operands may be lists, which have no hash."""
    return f"{test.operator} {test.operand!r}"


def opener(one: Question) -> Condition | None:
    """That the option was chosen beside which the words of a field are written."""
    if one.opened_by is None:
        return None
    name, code = one.opened_by
    return Test(name, "any_of", [code])

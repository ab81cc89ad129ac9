"""The way to a place in a survey, as steps over the few answers that decide it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from surveys.definitions.conditions import Condition
from surveys.definitions.ways.domains import Value
from surveys.definitions.ways.formulas import FALSE, TRUE, Formula, Formulas
from surveys.definitions.ways.rules import ANYTHING
from surveys.questions.base import Answer

State = tuple[Formula, ...]
# What a step decides: a variable and which of its values, or nothing.
Choice = tuple[int, int] | None


@dataclass(frozen=True)
class Target:
    """Getting as far as a page, counted from 0, with some conditions true and others not.

    Not true is false or unknown. `is_answered` says that the page's own answers count too, as they
    do for what ends there.
    """

    page: int
    true: tuple[Condition, ...] = ()
    not_true: tuple[Condition, ...] = ()
    is_answered: bool = False


@dataclass(frozen=True)
class Ask:
    """A field gets one of its values where it is shown; else it stays unanswered (value 0)."""

    variable: int
    # In the order in which they are tried; the guarded ones are not always offered.
    possible: tuple[int, ...]
    guarded: tuple[int, ...]

    @property
    def takes(self) -> int:
        """How many formulas it needs to know: whether it is shown, and each guarded value."""
        return 1 + len(self.guarded)

    def choices(self, known: State) -> Iterator[Choice]:
        if known[0] is not TRUE:
            yield self.variable, 0
            return
        offered = dict(zip(self.guarded, known[1:], strict=True))
        for value in self.possible:
            if offered.get(value, TRUE) is TRUE:
                yield self.variable, value


@dataclass(frozen=True)
class Compute:
    """A field gets the value of the first case that is true."""

    variable: int
    codes: tuple[int, ...]

    @property
    def takes(self) -> int:
        return 1 + len(self.codes)

    def choices(self, known: State) -> Iterator[Choice]:
        cases = zip(known[1:], self.codes, strict=True)
        first = next((value for truth, value in cases if truth is TRUE), 0)
        yield self.variable, first if known[0] is TRUE else 0


@dataclass(frozen=True)
class End:
    """The survey ends after this page where the first formula is true, and else goes on.

    Others that it takes tell which of several endings it is.
    """

    page: int
    takes: int = 1

    def choices(self, known: State) -> Iterator[Choice]:
        if known[0] is not TRUE:
            yield None


@dataclass(frozen=True)
class Look:
    """What a page shows is settled here, so that ways that differ in it are told apart."""

    page: int
    takes: int

    def choices(self, known: State) -> Iterator[Choice]:
        yield None


Step = Ask | Compute | End | Look


@dataclass(frozen=True)
class Route:
    """Steps in page order; the state holds a formula for each thing that they need to know.

    The last formula is the target's.
    """

    formulas: Formulas
    steps: tuple[Step, ...]
    start: State
    fields: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]

    def after(self, step: Step, state: State) -> Iterator[tuple[Choice, State]]:
        """Each choice at a step, and what is left to know after it."""
        known, rest = state[: step.takes], state[step.takes :]
        for choice in step.choices(known):
            left = rest if choice is None else self._given(rest, *choice)
            if left[-1] is not FALSE:
                yield choice, left

    def _given(self, rest: State, variable: int, value: int) -> State:
        bit, given = 1 << variable, self.formulas.given
        return tuple([given(f, variable, value) if f.variables & bit else f for f in rest])

    def answers(self, choices: Iterable[Choice]) -> dict[str, Answer]:
        """The answers that these choices stand for; computed and invented ones are left out."""
        found: dict[str, Answer] = {}
        for variable, value in filter(None, choices):
            answer = self.values[variable][value].answer
            if answer is not None and not self.fields[variable].startswith(ANYTHING):
                found[self.fields[variable]] = answer
        return found

"""Whether anybody can come to a place in a survey: tried over the answers that decide it.

Only the fields that have a say are tried, each with one answer for all that come to the same; a
condition is worked out as far as the answers so far allow, and what is left of all conditions is
remembered, so that no part of the way is searched twice. That is exact. Where it takes more steps
than there are to spend, UndecidedError says so instead of going on.
"""

from dataclasses import dataclass

from surveys.definitions.conditions import Condition
from surveys.definitions.ways.domains import UndecidedError
from surveys.definitions.ways.formulas import FALSE, TRUE
from surveys.definitions.ways.routes import Choice, Route, State, Target
from surveys.definitions.ways.routing import Routing
from surveys.definitions.ways.rules import Rules
from surveys.questions.base import Answer

# A step takes some 20 microseconds. A survey with a hundred conditions needs some ten thousand,
# one of its searches some hundred.
MOST_STEPS = 150_000
MOST_STEPS_EACH = 20_000


class Reach:
    """Finds ways through one survey, in at most so many steps together."""

    def __init__(self, rules: Rules, *, steps: int = MOST_STEPS) -> None:
        self._routing = Routing(rules)
        self._left = steps

    def way_to(self, target: Target, *, is_passed: bool = False) -> dict[str, Answer] | None:
        """Answers that lead to the target, those that decide it; None where none do.

        Where `is_passed` says that somebody is known to get as far as its page, the answers that
        avoid other endings are left out. Raises UndecidedError where it was not found out.
        """
        return self._search(self._routing.to(target, is_passed=is_passed))

    def can_be_true(self, condition: Condition) -> bool:
        """Whether any answers make a condition true, whoever could give them.

        Raises UndecidedError where it was not found out.
        """
        return self._search(self._routing.alone(condition)) is not None

    def _search(self, route: Route) -> dict[str, Answer] | None:
        tried: set[tuple[int, State]] = set()
        # What is still to be tried, the next last: the step, what is left to know, the way here.
        waiting: list[tuple[int, State, _Way | None]] = [(0, route.start, None)]
        while waiting and route.start[-1] is not FALSE:
            at, state, way = waiting.pop()
            if at == len(route.steps) and state[-1] is TRUE:
                return route.answers(_choices(way))
            if at == len(route.steps) or (at, state) in tried:
                continue
            tried.add((at, state))
            self._spend(len(tried))
            next_ones = list(route.after(route.steps[at], state))
            waiting += [(at + 1, left, _Way(choice, way)) for choice, left in reversed(next_ones)]
        return None

    def _spend(self, here: int) -> None:
        self._left -= 1
        if here > MOST_STEPS_EACH or self._left < 0:
            raise UndecidedError("there are too many combinations of answers to try")


@dataclass(frozen=True, slots=True)
class _Way:
    choice: Choice
    before: "_Way | None"


def _choices(way: _Way | None) -> list[Choice]:
    found: list[Choice] = []
    while way is not None:
        found.append(way.choice)
        way = way.before
    return found

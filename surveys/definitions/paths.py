"""Every way through a survey, each with answers that lead along it."""

from collections.abc import Iterator

from surveys.definitions.journey import Walk, walk
from surveys.definitions.schema import Definition
from surveys.definitions.ways.domains import values_of
from surveys.definitions.ways.formulas import TRUE
from surveys.definitions.ways.routes import Choice, End, State
from surveys.definitions.ways.routing import Routing
from surveys.definitions.ways.rules import Rules
from surveys.questions.base import Answer

# Two optional pages make four ways and twenty make a million, so a survey is rarely walked whole.
MOST_PATHS = 1_000
STEPS_A_PATH = 500


def paths(definition: Definition, *, cap: int = MOST_PATHS) -> Iterator[Walk]:
    """Walks that differ in the pages or questions that they show or in how they end.

    At most `cap` of them, and no more than 500 steps for each of `cap` lead to: fewer are all there
    are, but for surveys of very many ways that show the same. Each has the answers that decide the
    way and those to what must be answered, and nothing else. Raises UndecidedError where a question
    has more combinations of options than can be tried.
    """
    found: set[object] = set()
    for steps, answers in enumerate(_ways(definition)):
        if answers is not None:
            walked = walk(definition, answers)
            seen = _seen(walked)
            if seen not in found:
                found.add(seen)
                yield walk(definition, answers | _required(definition, walked))
        if len(found) >= cap or steps >= cap * STEPS_A_PATH:
            return


def _seen(walked: Walk) -> object:
    stops = [(stop.number, tuple(q.name for q in stop.questions)) for stop in walked.stops]
    return tuple(stops), id(walked.ending) if walked.ending else None


def _ways(definition: Definition) -> Iterator[dict[str, Answer] | None]:
    """The deciding answers of each way, and None for each step on the way to the next."""
    route = Routing(Rules(definition)).through()
    waiting: list[tuple[int, State, tuple[Choice, ...]]] = [(0, route.start, ())]
    while waiting:
        at, state, choices = waiting.pop()
        step = route.steps[at] if at < len(route.steps) else None
        if step is None or (isinstance(step, End) and state[0] is TRUE):
            yield route.answers(choices)
            continue
        yield None
        # Of choices that leave the same to know one is enough: the ways go on together.
        after = {left: choice for choice, left in reversed(list(route.after(step, state)))}
        waiting += [(at + 1, left, (*choices, choice)) for left, choice in after.items()]


def _required(definition: Definition, walked: Walk) -> dict[str, Answer]:
    """An answer to each question that must be answered and has none; they decide no way."""
    fields = [
        one for stop in walked.stops for question in stop.questions for one in question.fields
    ]
    lacking = [one for one in fields if one.required and one.name not in walked.answers]
    rules = definition.validity
    given = {one.name: values_of(one, [], valid_if=rules.get(one.name))[-1] for one in lacking}
    return {name: value.answer for name, value in given.items() if value.answer is not None}

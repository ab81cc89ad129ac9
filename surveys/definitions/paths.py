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

    At most `cap` of them; all there are where fewer come. Each has the answers that decide the way
    and those to what must be answered, and nothing else. Raises UndecidedError where a question
    has more combinations of options than can be tried.
    """
    found: set[object] = set()
    for steps, answers in enumerate(_ways(definition)):
        if answers is not None:
            walked = walk(definition, _with_required(definition, answers))
            seen = _seen(walked)
            if seen not in found:
                found.add(seen)
                yield walked
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


def _with_required(definition: Definition, answers: dict[str, Answer]) -> dict[str, Answer]:
    """The answers with one to each question that must be answered on their way."""
    rules = Rules(definition)
    told = dict(answers)
    for stop in walk(definition, answers).stops:
        fields = [one for question in stop.questions for one in question.fields if one.required]
        for one in fields:
            given = values_of(one, [], valid_if=rules.validity.get(one.name))[-1].answer
            if one.name not in told and given is not None:
                told[one.name] = given
    return told

"""Who can come where: the search against trying everybody."""

from hypothesis import assume, given, settings

from surveys.definitions.conditions import evaluate
from surveys.definitions.journey import Walk, walk
from surveys.definitions.reach import Reach
from surveys.definitions.schema import Definition
from surveys.definitions.ways.routes import Target
from surveys.definitions.ways.rules import Rules
from tests.factories.small_routes import (
    MOST_PEOPLE,
    everybody,
    people_to_try,
    small_routes,
)


def targets(rules: Rules) -> dict[str, Target]:
    """Everywhere that somebody could come, by a name."""
    found: dict[str, Target] = {}
    for p, page in enumerate(rules.definition.pages):
        shown = [c for c in [rules.pages[p]] if c is not None]
        found[f"past page {p}"] = Target(p + 1)
        found[f"to page {p}"] = Target(p, tuple(shown))
        found[f"not to page {p}"] = Target(p, (), tuple(shown))
        for question in page.questions:
            own = [*shown, *(c for c in [rules.questions[question.name]] if c is not None)]
            found[f"to {question.name}"] = Target(p, tuple(own))
            for code, condition in rules.options.get(question.name, {}).items():
                found[f"to {question.name}={code}"] = Target(p, (*own, condition))
                found[f"not to {question.name}={code}"] = Target(p, tuple(own), (condition,))
            before: list = []
            for i, (when, _) in enumerate(rules.cases.get(question.name, ())):
                found[f"to {question.name} case {i}"] = Target(p, (*own, when), tuple(before))
                before.append(when)
        visible = [*shown, *(c for c in [rules.shows_something(p)] if c is not None)]
        for e, when in enumerate(rules.endings[p]):
            earlier = rules.endings[p][:e]
            target = Target(p, (*visible, when), earlier, is_answered=True)
            found[f"to page {p} ending {e}"] = target
    return found


def places(definition: Definition, walked: Walk) -> set[str]:
    """Where one person came, by the same names."""
    rules = Rules(definition)
    found: set[str] = set()
    last = walked.stops[-1].number - 1 if walked.ending else len(definition.pages) - 1
    stops = {stop.number - 1: stop for stop in walked.stops}
    for p, page in enumerate(definition.pages[: last + 1]):
        seen = {n: a for n, a in walked.answers.items() if rules.asked_at[n][0] < p}
        found |= {f"not to page {p}"} if rules.pages[p] is None else set()
        found |= {f"past page {p}"} if p < last or not walked.ending else set()
        if rules.pages[p] is not None and evaluate(rules.pages[p], seen) is not True:
            found.add(f"not to page {p}")
            continue
        found.add(f"to page {p}")
        for question in page.questions:
            condition = rules.questions[question.name]
            if condition is not None and evaluate(condition, seen) is not True:
                continue
            found.add(f"to {question.name}")
            for code, offered in rules.options.get(question.name, {}).items():
                is_offered = evaluate(offered, seen) is True
                found.add(f"{'' if is_offered else 'not '}to {question.name}={code}")
            truths = [evaluate(c, seen) for c, _ in rules.cases.get(question.name, ())]
            if True in truths:
                found.add(f"to {question.name} case {truths.index(True)}")
        if walked.ending and p == last and p in stops:
            found.add(f"to page {p} ending {page.end_if.index(walked.ending)}")
    return found


@settings(max_examples=60, deadline=None)
@given(small_routes())
def test_search_finds_what_trying_everybody_finds(definition):
    assume(people_to_try(definition) <= MOST_PEOPLE)
    rules = Rules(definition)
    expected = set().union(*(places(definition, walked) for walked in everybody(definition)))
    found = {}
    reach = Reach(rules)
    for name, target in targets(rules).items():
        way = reach.way_to(target)
        if way is not None:
            found[name] = way
        if reach.way_to(Target(target.page)) is not None:
            # Endings that have nothing to do with it make no difference.
            assert (reach.way_to(target, is_passed=True) is None) == (way is None)
    # Equal endings of a page can't be told apart in a walk, so the first stands for them.
    assert set(found) == expected, sorted(set(found) ^ expected)
    for name, answers in found.items():
        # The answers that were found do lead there.
        assert name in places(definition, walk(definition, answers))

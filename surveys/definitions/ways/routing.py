"""Working out the steps to a place in a survey from the conditions that lie on the way."""

from collections.abc import Iterable, Iterator, Mapping

from surveys.definitions.conditions import All, AnyOf, Condition, Not, Test, evaluate
from surveys.definitions.ways.domains import Value, values_of
from surveys.definitions.ways.formulas import FALSE, TRUE, Formula, Formulas
from surveys.definitions.ways.needed import Needed, Needs, key_of, opener
from surveys.definitions.ways.routes import Ask, Compute, End, Look, Route, Step, Target
from surveys.definitions.ways.rules import ANYTHING, Rules
from surveys.questions.base import Question


class Routing:
    """Routes through one survey; what its fields can answer is worked out once."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._needs = Needs(rules)
        self._values: dict[tuple[str, ...], tuple[Value, ...]] = {}
        # The one before: whether a condition is ever true is asked next to whether it always is.
        self._before: tuple[object, _Builder] | None = None

    def to(self, target: Target, *, is_passed: bool = False) -> Route:
        """The steps on the way to a target. Raises UndecidedError.

        `is_passed` says that somebody is known to get as far as the page; then endings that have
        nothing to do with the target are left out, and the answers that avoid them too.
        """
        needed = self._needs.of_connected(target) if is_passed else self._needs.of(target)
        return self._builder(needed).route(target)

    def through(self) -> Route:
        """The steps to the end or to each way out, past all that decides what is shown."""
        target = Target(len(self.rules.pages))
        return self._builder(self._needs.of_everything()).route(target, looks=True)

    def alone(self, condition: Condition) -> Route:
        """The steps to a condition over answers of which each may be anything."""
        needed = Needed(self.rules)
        needed.conditions([condition])
        return self._builder(needed).alone(condition)

    def _builder(self, needed: Needed) -> "_Builder":
        told = {name: tuple(tests) for name, tests in needed.tests.items()}
        if self._before is None or self._before[0] != (told, needed.endings):
            asked = [one.name for one in self.rules.definition.fields if one.name in needed.tests]
            names = [*(name for name in needed.tests if name.startswith(ANYTHING)), *asked]
            values = {name: self._values_of(name, needed.tests[name]) for name in names}
            self._before = (told, needed.endings), _Builder(self.rules, needed, values)
        return self._before[1]

    def _values_of(self, name: str, tests: Mapping[str, Test]) -> tuple[Value, ...]:
        if name.startswith(ANYTHING):
            return Value(None, (False,)), Value("yes", (True,))
        key = (name, *tests)
        if key not in self._values:
            self._values[key] = values_of(
                self.rules.definition.by_name[name],
                list(tests.values()),
                valid_if=self.rules.validity.get(name),
                conditional=self.rules.offered(name),
            )
        return self._values[key]


class _Builder:
    def __init__(
        self, rules: Rules, needed: Needed, values: Mapping[str, tuple[Value, ...]]
    ) -> None:
        self.rules = rules
        self.needed = needed
        self.variables = {name: i for i, name in enumerate(values)}
        self.positions = {
            name: {key: i for i, key in enumerate(needed.tests[name])} for name in values
        }
        self.values = tuple(values.values())
        self.formulas = Formulas(map(len, self.values))
        self._built: dict[tuple[int, bool, bool], list[tuple[Step, list[Formula]]]] = {}

    def route(self, target: Target, *, looks: bool = False) -> Route:
        key = (target.page, target.is_answered, looks)
        if key not in self._built:
            self._built[key] = [*self._invented(), *self._steps(target, looks)]
        return self._with_steps(self._built[key], self._goal(target))

    def alone(self, condition: Condition) -> Route:
        steps = [self._free(variable) for variable in self.variables.values()]
        return self._with_steps(steps, self._true(condition))

    def _with_steps(self, steps: list[tuple[Step, list[Formula]]], goal: Formula) -> Route:
        start = [formula for _, needed in steps for formula in needed]
        return Route(
            formulas=self.formulas,
            steps=tuple(step for step, _ in steps),
            start=(*start, goal),
            fields=tuple(self.variables),
            values=self.values,
        )

    def _free(self, variable: int) -> tuple[Step, list[Formula]]:
        return self._ask(variable, TRUE, [TRUE] * len(self.values[variable]))

    def _ask(
        self, variable: int, shown: Formula, offered: list[Formula]
    ) -> tuple[Step, list[Formula]]:
        """A step that needs to know of those values only that are not always offered."""
        # Unanswered last: most conditions ask for an answer.
        order = [*range(1, len(offered)), 0]
        possible = tuple(value for value in order if offered[value] is not FALSE)
        guarded = tuple(value for value in possible if offered[value] is not TRUE)
        return Ask(variable, possible, guarded), [shown, *(offered[value] for value in guarded)]

    def _invented(self) -> Iterator[tuple[Step, list[Formula]]]:
        for name, variable in self.variables.items():
            if name.startswith(ANYTHING):
                yield self._free(variable)

    def _steps(self, target: Target, looks: bool) -> Iterator[tuple[Step, list[Formula]]]:
        """Each step in page order, with the formulas that it needs to know."""
        last = target.page + target.is_answered
        for p, page in enumerate(self.rules.definition.pages[:last]):
            if looks:
                yield self._look(p)
            for question in page.questions:
                for one in question.fields:
                    if one.name in self.variables:
                        yield self._field(one, [self.rules.pages[p], *self._shown_if(one)])
            if p in self.needed.endings:
                yield self._end(p, apart=looks)

    def _end(self, page: int, *, apart: bool) -> tuple[Step, list[Formula]]:
        whens = [self._true(when) for when in self.rules.endings[page]]
        seen = map(self._true, [self.rules.pages[page], self.rules.shows_something(page)])
        fired = self.formulas.both([*seen, self.formulas.either(whens)])
        told_apart = whens if apart else []
        return End(page, 1 + len(told_apart)), [fired, *told_apart]

    def _look(self, page: int) -> tuple[Step, list[Formula]]:
        shown = self._true(self.rules.pages[page])
        asked = [q for q in self.rules.definition.pages[page].questions if not q.is_computed]
        seen = [self._true(self.rules.questions[question.name]) for question in asked]
        return Look(page, len(seen)), [self.formulas.both([shown, one]) for one in seen]

    def _shown_if(self, one: Question) -> Iterator[Condition | None]:
        _, question = self.rules.asked_at[one.name]
        yield self.rules.questions[question.name]
        yield opener(one)

    def _field(
        self, one: Question, needed: Iterable[Condition | None]
    ) -> tuple[Step, list[Formula]]:
        variable = self.variables[one.name]
        shown = self.formulas.both(map(self._true, needed))
        if not one.is_computed:
            return self._ask(variable, shown, self._offered(one, variable))
        cases = self.rules.cases[one.name]
        values = tuple(self._value_of(one.name, code) for _, code in cases)
        return Compute(variable, values), [shown, *(self._true(when) for when, _ in cases)]

    def _value_of(self, name: str, code: str) -> int:
        truths = tuple(evaluate(test, {name: code}) for test in self.needed.tests[name].values())
        values = self.values[self.variables[name]]
        return next(i for i, value in enumerate(values) if i and value.truths == truths)

    def _offered(self, one: Question, variable: int) -> list[Formula]:
        """For each value whether it can be given: unanswered first."""
        conditions = self.rules.offered(one.name)
        given = [
            self.formulas.both(self._true(conditions[code]) for code in sorted(value.needs))
            for value in self.values[variable][1:]
        ]
        return [self._skipped(one, conditions), *given]

    def _skipped(self, one: Question, conditions: Mapping[str, Condition]) -> Formula:
        """Whether a question may stay unanswered: if it must not, only where nothing is offered."""
        if not one.required:
            return TRUE
        values = (*one.codes, *one.missing_codes)
        if not values or any(value not in conditions for value in values):
            return FALSE
        return self.formulas.both(self._not_true(conditions[value]) for value in values)

    def _goal(self, target: Target) -> Formula:
        wanted = [self._true(condition) for condition in target.true]
        unwanted = [self._not_true(condition) for condition in target.not_true]
        return self.formulas.both([*wanted, *unwanted])

    def _true(self, condition: Condition | None) -> Formula:
        return TRUE if condition is None else self._where(condition, is_=True)

    def _not_true(self, condition: Condition) -> Formula:
        """False or unknown."""
        return self.formulas.opposite(self._true(condition))

    def _where(self, condition: Condition, *, is_: bool) -> Formula:
        """Where a condition is true, or where it is false; where it is unknown it is neither."""
        match condition:
            case Test():
                return self._test(condition, is_)
            case Not(part):
                return self._where(part, is_=not is_)
            case All(parts) | AnyOf(parts):
                told = [self._where(part, is_=is_) for part in parts]
                all_of_them = isinstance(condition, All) == is_
                return self.formulas.both(told) if all_of_them else self.formulas.either(told)

    def _test(self, test: Test, is_: bool) -> Formula:
        variable = self.variables.get(test.question)
        if variable is None:
            return TRUE if evaluate(test, {}) is is_ else FALSE
        position = self.positions[test.question][key_of(test)]
        found = enumerate(self.values[variable])
        values = sum(1 << i for i, value in found if value.truths[position] is is_)
        return self.formulas.has(variable, values)

"""Everything can be reached by somebody, and every condition decides something."""

from collections import Counter
from collections.abc import Iterator

from surveys.definitions.checks.names import repeated
from surveys.definitions.conditions import Condition, evaluate, tests_in
from surveys.definitions.places import Found, Level, Path
from surveys.definitions.reach import Reach
from surveys.definitions.schema import Definition
from surveys.definitions.ways.domains import UndecidedError, values_of
from surveys.definitions.ways.routes import Target
from surveys.definitions.ways.rules import Rules, options_with_paths, written_at
from surveys.questions.base import Question

Conditions = tuple[Condition, ...]
UNDECIDED = "whether anybody comes here could not be decided"


def reached(definition: Definition, *, unsound: frozenset[Path]) -> Iterator[Found]:
    """Pages, questions, options, endings, cases and calls for help that nobody comes to.

    Conditions at `unsound` have something wrong that was told already; they may hold or not.
    """
    if repeated([question.name for question in definition.questions]):
        # A condition could mean either of two: the names must be mended first.
        return
    survey = _Survey(Rules(definition, unsound))
    yield from _each_doubt_once([*survey.found(), *survey.calls()])


def _each_doubt_once(all_found: list[Found]) -> Iterator[Found]:
    """What could not be decided for one reason is told where it comes first, with how often."""
    times = Counter(found.message for found in all_found)
    told: set[str] = set()
    for found in all_found:
        if not found.message.startswith(UNDECIDED):
            yield found
        elif found.message not in told:
            told.add(found.message)
            others = times[found.message] - 1
            more = f" (nor at {others} other places)" if others else ""
            yield found._replace(message=found.message + more)


class _Survey:
    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.reach = Reach(rules)

    def found(self) -> Iterator[Found]:
        for p, page in enumerate(self.rules.definition.pages):
            told = list(self._page(p))
            yield from told
            for q, question in enumerate(page.questions):
                path: Path = ("pages", p, "questions", q)
                yield from self._valid(path, question)
                # Of a page that is never shown it goes without saying.
                if not _is_hidden(told):
                    yield from self._question(path, question)
            yield from () if _is_hidden(told) else self._endings(p)
            past = Target(p + 1)
            if self.rules.endings[p] and self._comes(past, is_passed=False) is False:
                yield self._everybody_leaves(p)
                return

    def calls(self) -> Iterator[Found]:
        """Calls for help that nobody can make."""
        for c, when in enumerate(self.rules.calls):
            if when is not None:
                told = [list(self._call(c, when, p)) for p in self._asked_on(when)]
                if told and all(told):
                    # Where one page leaves a doubt, nothing is certain.
                    yield min((found for one in told for found in one), key=lambda f: f.level)

    def _call(self, c: int, when: Condition, p: int) -> Iterator[Found]:
        """Whether a call can be made by what is answered on a page; who leaves there makes none."""
        ends = zip(self.rules.endings[p], self.rules.definition.pages[p].end_if, strict=True)
        leaving = tuple(condition for condition, end in ends if end.outcome != "finish")
        given = (*_given(self.rules.pages[p]), when)
        target = Target(p, given, leaving, is_answered=True)
        at = ("safeguarding", "calls", c, "when")
        yield from self._unreached(at, when, target, "nobody can call for help like this")

    def _asked_on(self, condition: Condition) -> list[int]:
        """The pages that ask for what a condition looks at."""
        asked_at = self.rules.asked_at
        return sorted(
            {asked_at[t.question][0] for t in tests_in(condition) if t.question in asked_at}
        )

    def _page(self, p: int) -> Iterator[Found]:
        condition = self.rules.pages[p]
        if condition is not None:
            path = ("pages", p, "show_if")
            never = f"page {p + 1} is never shown"
            yield from self._condition(path, p, condition, given=(), never=never)

    def _question(self, path: Path, question: Question) -> Iterator[Found]:
        rules, p = self.rules, int(path[1])
        page = _given(rules.pages[p])
        condition = rules.questions[question.name]
        shown = (*page, *_given(condition))
        told: list[Found] = []
        if condition is not None:
            never = f"{question.name} is never asked"
            at = (*path, "show_if")
            told += self._condition(at, p, condition, given=page, never=never)
        yield from told
        if not _is_hidden(told):
            yield from self._options(path, question, shown)
            yield from self._cases(path, question, shown)

    def _options(self, path: Path, question: Question, shown: Conditions) -> Iterator[Found]:
        conditions = self.rules.options.get(question.name, {})
        for option_path, option in options_with_paths(path, question):
            if option.value in conditions:
                at = (*written_at(self.rules.definition, option_path), "show_if")
                never = f"the option {option.value!r} of {question.name} is never offered"
                condition = conditions[option.value]
                yield from self._condition(at, int(path[1]), condition, given=shown, never=never)
        values = {*question.codes, *question.missing_codes}
        if conditions and values == set(conditions):
            target = Target(int(path[1]), shown, tuple(conditions.values()))
            if self._comes(target):
                message = f"{question.name} offers some people nothing: leave one option always"
                yield Found(path, message, "publication")

    def _cases(self, path: Path, question: Question, shown: Conditions) -> Iterator[Found]:
        before: list[Condition] = []
        for i, (when, code) in enumerate(self.rules.cases.get(question.name, ())):
            never = f"the case {code!r} of {question.name} never applies"
            at = (*path, "cases", i, "when")
            target = Target(int(path[1]), (*shown, when), tuple(before))
            yield from self._unreached(at, when, target, never)
            before.append(when)

    def _endings(self, p: int) -> Iterator[Found]:
        seen = (*_given(self.rules.pages[p]), *_given(self.rules.shows_something(p)))
        before: list[Condition] = []
        for e, when in enumerate(self.rules.endings[p]):
            target = Target(p, (*seen, when), tuple(before), is_answered=True)
            at = ("pages", p, "end_if", e, "when")
            yield from self._unreached(at, when, target, "the survey never ends here")
            before.append(when)

    def _everybody_leaves(self, p: int) -> Found:
        last = len(self.rules.definition.pages)
        if p + 1 == last:
            message = "everybody who comes this far leaves here: nobody gets to the end"
            outcomes = {ending.outcome for ending in self.rules.definition.pages[p].end_if}
            level: Level = "advice" if outcomes == {"finish"} else "publication"
            return Found(("pages", p, "end_if"), message, level)
        pages = f"page {last} is" if p + 2 == last else f"pages {p + 2} to {last} are"
        message = f"nobody gets past page {p + 1}: {pages} never shown"
        return Found(("pages", p, "end_if"), message, "publication")

    def _condition(
        self, path: Path, page: int, condition: Condition, *, given: Conditions, never: str
    ) -> Iterator[Found]:
        """A condition that is never true where it is asked, or always."""
        told = list(self._unreached(path, condition, Target(page, (*given, condition)), never))
        yield from told
        if not told and self._comes(Target(page, given, (condition,))) is False:
            message = "this condition is true for everybody who comes here: leave it out"
            yield Found(path, message, "advice")

    def _unreached(
        self, path: Path, condition: Condition, target: Target, never: str
    ) -> Iterator[Found]:
        try:
            if self.reach.way_to(target, is_passed=True) is not None:
                return
            possible = self.reach.can_be_true(condition)
        except UndecidedError as error:
            message = f"{UNDECIDED}: {error}"
            yield Found(path, message, "advice")
            return
        why = "no answers make this condition true"
        if possible:
            why = "nobody who comes this far can have given the answers that this asks for"
        yield Found(path, f"{why}, so {never}", "publication")

    def _valid(self, path: Path, question: Question) -> Iterator[Found]:
        rule = self.rules.validity.get(question.name)
        if rule is None:
            return
        at = (*path, "valid_if")
        try:
            values = values_of(question, list(tests_in(rule)))
        except UndecidedError as error:
            yield Found(at, f"whether this rule takes an answer is not known: {error}", "advice")
            return
        given = [
            v.answer for v in values if v.answer is not None and not isinstance(v.answer, dict)
        ]
        right = {evaluate(rule, {question.name: answer}) is not False for answer in given}
        if True not in right:
            yield Found(at, f"{question.name}: no answer is right by this rule", "publication")
        elif False not in right:
            message = f"{question.name}: this rule refuses no answer: leave it out"
            yield Found(at, message, "advice")

    def _comes(self, target: Target, *, is_passed: bool = True) -> bool | None:
        """Whether anybody comes there; None where that could not be decided."""
        try:
            return self.reach.way_to(target, is_passed=is_passed) is not None
        except UndecidedError:
            return None


def _is_hidden(told: list[Found]) -> bool:
    return any(found.level == "publication" for found in told)


def _given(condition: Condition | None) -> Conditions:
    return () if condition is None else (condition,)

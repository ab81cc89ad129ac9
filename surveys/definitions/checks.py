"""The rules that a definition must keep before it may be published, all checked at once."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from surveys.definitions.conditions import Condition, ConditionError, parse_condition, tests_in
from surveys.definitions.places import Path
from surveys.definitions.schema import Definition
from surveys.questions.base import Question
from surveys.questions.choosing import OneOptionQuestion, OptionsQuestion
from surveys.questions.date import DateQuestion
from surveys.questions.whole_number import WholeNumberQuestion

Found = tuple[Path, str]

# Breakdowns that every response has, whatever was asked.
BUILT_IN_BREAKDOWNS = ("channel",)
CODE_OPERATORS = ("is", "in", "any_of", "all_of")
ORDER_OPERATORS = ("lt", "le", "gt", "ge", "between")


def problems_in(definition: Definition) -> list[Found]:
    """Each broken rule, as the path to the place and what is wrong there."""
    return [
        *_repeated_names(definition),
        *_repeated_codes(definition),
        *_conditions(definition),
        *_nets(definition),
        *_breakdowns(definition),
        *_ways_out(definition),
        *_translations(definition),
    ]


def questions_with_paths(definition: Definition) -> Iterator[tuple[Path, Question]]:
    for p, page in enumerate(definition.pages):
        for q, question in enumerate(page.questions):
            yield ("pages", p, "questions", q), question


def _repeated_names(definition: Definition) -> Iterator[Found]:
    seen: set[str] = set()
    for path, question in questions_with_paths(definition):
        if question.name in seen:
            yield (*path, "name"), f"a question is called {question.name!r} already"
        seen.add(question.name)


def _repeated_codes(definition: Definition) -> Iterator[Found]:
    for name, options in definition.lists.items():
        for value in _repeated([option.value for option in options]):
            yield ("lists", name), f"the code {value!r} stands twice in the list {name!r}"
    for path, question in questions_with_paths(definition):
        if isinstance(question, OptionsQuestion) and question.list is None:
            for value in _repeated([option.value for option in question.options]):
                yield path, f"{question.name}: the code {value!r} stands twice"


def _repeated(values: list[str]) -> list[str]:
    return [value for value, n in Counter(values).items() if n > 1]


def _conditions(definition: Definition) -> Iterator[Found]:
    earlier: dict[str, Question] = {}
    for p, page in enumerate(definition.pages):
        path: Path = ("pages", p, "show_if")
        yield from _condition(path, page.show_if, definition, earlier)
        for q, question in enumerate(page.questions):
            path = ("pages", p, "questions", q, "show_if")
            # Without a script a page can't react to itself, so questions of the same page
            # are not earlier ones.
            yield from _condition(path, question.show_if, definition, earlier)
        earlier |= {question.name: question for question in page.questions}


def _condition(
    path: Path, data: dict[str, Any] | None, definition: Definition, earlier: dict[str, Question]
) -> Iterator[Found]:
    if data is None:
        return
    try:
        condition: Condition = parse_condition(data)
    except ConditionError as error:
        yield path, str(error)
        return
    for test in tests_in(condition):
        question = earlier.get(test.question)
        if test.question not in definition.by_name:
            yield path, f"no question is called {test.question!r}"
        elif question is None:
            yield path, f"{test.question!r} is not on an earlier page: conditions look back only"
        else:
            yield from ((path, m) for m in _operand(question, test.operator, test.operand))


def _operand(question: Question, operator: str, operand: Any) -> Iterator[str]:
    if operator in CODE_OPERATORS:
        known = [*question.codes, *question.missing_codes]
        for code in operand if isinstance(operand, list) else [operand]:
            if str(code) not in known:
                yield f"{question.name} has no code {code!r}: it has {', '.join(known) or 'none'}"
    elif operator in ORDER_OPERATORS:
        yield from _order(question, operator, operand)
    elif operator == "count" and question.kind != "choices":
        yield f"{question.name}: `count` is for the kind choices, and this is {question.kind}"


def _order(question: Question, operator: str, operand: Any) -> Iterator[str]:
    bounds = operand if isinstance(operand, list) else [operand]
    if isinstance(question, DateQuestion):
        sound = all(isinstance(b, str) and question.is_real(b) for b in bounds)
    else:
        has_numbers = isinstance(question, WholeNumberQuestion) or (
            question.kind == "scale" and all(code.isdecimal() for code in question.codes)
        )
        sound = has_numbers and all(isinstance(bound, int) for bound in bounds)
    if not sound:
        yield f"{question.name} {operator} {operand!r}: expected a number or date to compare"
    elif bounds != sorted(bounds):
        yield f"{question.name} {operator} {operand!r}: expected the smaller bound first"


def _nets(definition: Definition) -> Iterator[Found]:
    for name, net in definition.nets.items():
        codes = [option.code for option in definition.lists.get(net.list, ())]
        if net.list not in definition.lists:
            yield ("nets", name, "list"), f"no list is called {net.list!r}"
        for code in net.codes:
            if net.list in definition.lists and code not in codes:
                yield ("nets", name, "codes"), f"the list {net.list!r} has no code {code!r}"
        for code in _repeated(list(net.codes)):
            yield ("nets", name, "codes"), f"the code {code!r} stands twice"
        for path, question in questions_with_paths(definition):
            if question.kind == "choices" and getattr(question, "list", None) == net.list:
                yield path, f"{question.name} takes several codes: a net would count people twice"
    if definition.indicator is None:
        return
    asked = definition.by_name.get(definition.indicator.question)
    named = definition.nets.get(definition.indicator.net)
    if asked is None:
        yield ("indicator",), f"no question is called {definition.indicator.question!r}"
    if named is None:
        yield ("indicator",), f"no net is called {definition.indicator.net!r}"
    elif isinstance(asked, Question) and getattr(asked, "list", None) != named.list:
        yield ("indicator",), f"{asked.name} does not use the list {named.list!r} of its net"


def _breakdowns(definition: Definition) -> Iterator[Found]:
    for key in ("breakdowns", "strata"):
        for i, name in enumerate(getattr(definition, key)):
            if key == "breakdowns" and name in BUILT_IN_BREAKDOWNS:
                continue
            if not isinstance(definition.by_name.get(name), OneOptionQuestion):
                yield (key, i), f"{name!r} is no question of which one option is chosen"


def _ways_out(definition: Definition) -> Iterator[Found]:
    for path, question in questions_with_paths(definition):
        if question.sensitive and "prefer-not-to-say" not in question.missing_codes:
            yield path, f"{question.name} is sensitive and offers no `prefer-not-to-say`"
        if question.required and not question.missing_codes:
            yield path, f"{question.name} must be answered and offers no missing code as a way out"


def _translations(definition: Definition) -> Iterator[Found]:
    for path, texts in _texts(definition.model_dump(), ()):
        for language in definition.languages:
            if language not in texts:
                yield path, f"{'.'.join(map(str, path))}: no text in {language!r}"


TEXT_KEYS = ("title", "start", "done", "label", "ask", "hint", "unit")


def _texts(data: Any, path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in TEXT_KEYS and isinstance(value, dict):
                yield (*path, key), value
            elif key != "show_if":
                yield from _texts(value, (*path, key))
    elif isinstance(data, (list, tuple)):
        for i, value in enumerate(data):
            yield from _texts(value, (*path, i))

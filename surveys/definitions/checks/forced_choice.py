"""Questions that nobody may be forced to answer, or to answer in somebody else's favour.

A form on the police precept of Greater Manchester made people endorse a priority before they could
say no (npolicemonitor.co.uk/?p=942), which spoilt its answers.
"""

from collections.abc import Iterator

from surveys.definitions.conditions import evaluate, parse_condition
from surveys.definitions.places import Found, Path
from surveys.definitions.schema import Definition
from surveys.definitions.ways.rules import questions_with_paths
from surveys.questions.base import Question
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.money_option import MoneyOptionQuestion
from surveys.questions.several import SeveralOptionsQuestion

# Both kinds have an answer of their own that agrees to nothing.
NEUTRAL = {"consent": "no", "statements": "pass"}


def ways_out(definition: Definition) -> Iterator[Found]:
    """Sensitive questions, questions that must be answered and prices, each with a way out."""
    for path, question in questions_with_paths(definition):
        if question.is_computed or not question.fields:
            continue
        if question.sensitive and not _may_be_withheld(question):
            message = f"{question.name} is sensitive and offers no `prefer-not-to-say`"
            yield Found(path, message, "publication")
        if question.required and not _always_missing(question):
            yield from _required(path, question)
        if isinstance(question, MoneyOptionQuestion):
            yield from _price(path, question)


def _may_be_withheld(question: Question) -> bool:
    # How to reach somebody is no answer, and consent is not withheld but not given.
    if question.kind == "consent":
        return True
    if question.is_contact:
        return not question.required
    return "prefer-not-to-say" in _always_missing(question)


def _always_missing(question: Question) -> list[str]:
    """The missing codes that everybody is offered: one with a condition is no way out for all."""
    options = question.options if isinstance(question, OptionsQuestion) else ()
    sometimes = {option.missing for option in options if option.show_if is not None}
    return [code for code in question.missing_codes if code not in sometimes]


def _required(path: Path, question: Question) -> Iterator[Found]:
    told = f"{question.name} must be answered and offers no missing code as a way out"
    if question.kind in NEUTRAL:
        return
    if question.is_contact:
        told = f"{question.name} must be answered: nobody may be made to say how to reach them"
    elif isinstance(question, SeveralOptionsQuestion):
        if _none_of_these(question):
            return
        told += ', nor an option that stands alone, such as "None of these" with `exclusive: true`'
    elif len(question.fields) > 1 and question.fields[0].name != question.name:
        told += f": each of its {len(question.fields)} rows forces a choice"
    yield Found(path, told, "publication")


def _none_of_these(question: SeveralOptionsQuestion) -> bool:
    """Whether an exclusive option can be chosen by itself: a rule may ask for two at least."""
    alone = [
        option.code
        for option in question.options
        if option.exclusive and option.code and option.show_if is None
    ]
    try:
        rule = None if question.valid_if is None else parse_condition(question.valid_if)
    except ValueError:
        # Told where conditions are.
        return bool(alone)
    return any(
        rule is None or evaluate(rule, {question.name: [code]}) is not False for code in alone
    )


def _price(path: Path, question: MoneyOptionQuestion) -> Iterator[Found]:
    costs_nothing = any(o.pence == 0 and o.show_if is None for o in question.options)
    if not costs_nothing and not _always_missing(question):
        message = (
            f"{question.name}: every option costs something, so nobody can say no: "
            "add one with `pence: 0` or a missing code"
        )
        yield Found(path, message, "publication")

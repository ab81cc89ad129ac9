"""Two versions of a survey, question by question: what changed, and what can be compared still."""

from collections.abc import Iterator
from dataclasses import dataclass

from surveys.definitions.changes.change import Change, canonical_condition, shown
from surveys.definitions.changes.pair import Pair
from surveys.definitions.changes.questions import question_changes
from surveys.definitions.changes.surveys import (
    design_changes,
    endings_before,
    leavers,
    net_changes,
    survey_changes,
    table_changes,
)
from surveys.definitions.conditions import parse_condition, tests_in
from surveys.definitions.schema import Definition, Page
from surveys.questions.base import Question
from surveys.questions.texts import said


@dataclass(frozen=True)
class Comparison:
    """Whether figures of two versions may be joined, and why not, or what to know of it."""

    is_comparable: bool
    reason: str = ""


def compare(earlier: Definition, later: Definition) -> tuple[Change, ...]:
    """Every change: first of the survey as a whole, then by question as the later one asks them."""
    return (
        *survey_changes(earlier, later),
        *_questions(earlier, later),
        *table_changes(earlier, later),
    )


def comparable(
    earlier: Definition, later: Definition, field: str, *, net: str | None = None
) -> Comparison:
    """Whether the answers to a field mean the same in both, and those of a net in it too.

    They don't where the field, the codes of the net or who is asked changed in a way that breaks;
    who is asked changes also where an answer that decides it came to mean something else.
    """
    missing = _missing(earlier, later, field)
    if missing:
        return Comparison(False, missing)
    changes = [
        *design_changes(earlier, later),
        *_of_field(earlier, later, field, seen=set()),
        *_leaving(earlier, later, field),
    ]
    if net is not None:
        changes += net_changes(net, earlier, later)
        if not (net in earlier.nets and net in later.nets):
            return Comparison(False, f"the net {net} is in one of the versions only")
    breaking = [change.what for change in changes if change.kind == "breaking"]
    others = [change.what for change in changes if change.kind == "additive"]
    # Other words that mean the same are told with their reason.
    others += [change.what for change in changes if change.reason]
    return Comparison(not breaking, "; ".join(dict.fromkeys(breaking or others)))


def _missing(earlier: Definition, later: Definition, field: str) -> str:
    if field not in later.by_name:
        return f"{field} is no longer asked"
    return "" if field in earlier.by_name else f"{field} is asked for the first time"


def _questions(earlier: Definition, later: Definition) -> Iterator[Change]:
    before, after = _by_name(earlier), _by_name(later)
    language = earlier.languages[0]
    for name, (_, question) in after.items():
        if name in before:
            yield from question_changes(_pair(earlier, later, name))
            yield from _who_is_asked(earlier, later, name)
        else:
            words = str(said(question.ask, language))
            yield Change("additive", name, "it is asked for the first time", "", words)
    for name, (_, question) in before.items():
        if name not in after:
            words = str(said(question.ask, language))
            yield Change("breaking", name, "it is no longer asked", words)


def _by_name(definition: Definition) -> dict[str, tuple[int, Question]]:
    """For each question its page, from 0."""
    return {
        question.name: (p, question)
        for p, page in enumerate(definition.pages)
        for question in page.questions
    }


def _pair(earlier: Definition, later: Definition, name: str) -> Pair:
    return Pair(
        before=_by_name(earlier)[name][1],
        after=_by_name(later)[name][1],
        language=earlier.languages[0],
        continuity=_said_now(earlier, later),
    )


def _said_now(earlier: Definition, later: Definition) -> dict[str, str]:
    """The reasons given for what changed between the two; one carried along speaks of before."""
    before = earlier.continuity
    return {name: why for name, why in later.continuity.items() if before.get(name) != why}


def _who_is_asked(earlier: Definition, later: Definition, name: str) -> Iterator[Change]:
    told = [_conditions(definition, name) for definition in (earlier, later)]
    if told[0] != told[1]:
        words = [_condition_words(definition, name) for definition in (earlier, later)]
        yield Change("breaking", name, "other people are asked", *words)


def _conditions(definition: Definition, name: str) -> list[str]:
    """What must be true for a question to be asked, whether it stands with it or with its page."""
    page, question = _place(definition, name)
    return sorted({canonical_condition(c) for c in (page.show_if, question.show_if)} - {""})


def _condition_words(definition: Definition, name: str) -> str:
    page, question = _place(definition, name)
    return " and ".join(shown(c) for c in (page.show_if, question.show_if) if c is not None)


def _place(definition: Definition, name: str) -> tuple[Page, Question]:
    p, question = _by_name(definition)[name]
    return definition.pages[p], question


def _of_field(
    earlier: Definition, later: Definition, field: str, *, seen: set[str]
) -> Iterator[Change]:
    """The changes that bear on a field, those of what decides who is asked among them."""
    name = field.partition(".")[0]
    seen.add(name)
    if name not in _by_name(earlier):
        yield Change("breaking", name, f"{name} is asked for the first time")
        return
    yield from (
        change
        for change in question_changes(_pair(earlier, later, name))
        if change.field in (name, field)
    )
    yield from _who_is_asked(earlier, later, name)
    for other in sorted(_deciding(later, name) - seen):
        found = _of_field(earlier, later, other, seen=seen)
        reasons = [change.what for change in found if change.kind == "breaking"]
        if reasons:
            yield Change("breaking", name, f"who is asked hangs on {other}: {reasons[0]}")


def _leaving(earlier: Definition, later: Definition, field: str) -> Iterator[Change]:
    name = field.partition(".")[0]
    left = [leavers(one, page=_by_name(one)[name][0]) for one in (earlier, later)]
    if left[0] != left[1]:
        yield Change("breaking", name, "other people leave before it")


def _deciding(definition: Definition, name: str) -> set[str]:
    """The questions whose answers decide who is asked a question, or what it gives if computed."""
    p, question = _by_name(definition)[name]
    page = definition.pages[p]
    endings = endings_before(definition, page=p)
    cases = [case.when for case in getattr(question, "cases", ())]
    options = [option.show_if for option in getattr(question, "options", ())]
    leaving = [condition for one, end in endings for condition in (one.show_if, end.when)]
    conditions = [page.show_if, question.show_if, *cases, *options, *leaving]
    return {
        test.question.partition(".")[0]
        for condition in conditions
        if condition is not None
        for test in tests_in(parse_condition(condition))
    }

"""What the question templates show: labels, values and errors, worked out of the definition."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from surveys.definitions.journey import Stop
from surveys.questions.base import Answer, Form, Option, Question, said
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.date import DateQuestion
from surveys.questions.typed import TypedQuestion
from surveys.questions.wrong import WrongAnswerError

DATE_LABELS = {"day": "Day", "month": "Month", "year": "Year"}


@dataclass
class PageForm:
    """One page as it was sent: what could be cleaned, and what is wrong, by question."""

    answers: dict[str, Answer] = field(default_factory=dict)
    wrong: dict[str, WrongAnswerError] = field(default_factory=dict)


def read_page(stop: Stop, form: Form, *, today: date) -> PageForm:
    """Cleans the answers to the questions of a page."""
    page = PageForm()
    for question in stop.questions:
        try:
            answer = question.clean(question.from_form(form), today=today)
        except WrongAnswerError as error:
            page.wrong[question.name] = error
        else:
            page.answers |= {} if answer is None else {question.name: answer}
    return page


def form_of(stop: Stop, answers: Mapping[str, Answer]) -> dict[str, list[str]]:
    """The form fields that would send the answers given so far."""
    form: dict[str, list[str]] = {}
    for question in stop.questions:
        if question.name in answers:
            form |= question.to_form(answers[question.name])
    return form


def fields_of(
    stop: Stop, form: Form, wrong: Mapping[str, WrongAnswerError], *, language: str
) -> list[dict[str, Any]]:
    """One mapping a question, as templates/questions/<kind>.html expects it."""
    alone = len(stop.questions) == 1
    return [
        {
            **_common(question, language),
            "is_heading": alone,
            "error": wrong[question.name].message(language) if question.name in wrong else "",
            **_own(question, form, language),
        }
        for question in stop.questions
    ]


def errors_of(
    stop: Stop, wrong: Mapping[str, WrongAnswerError], *, language: str
) -> list[dict[str, str]]:
    """The error summary: each message with the id of the input it is about."""
    return [
        {"id": _first_input(question), "message": wrong[question.name].message(language)}
        for question in stop.questions
        if question.name in wrong
    ]


def _common(question: Question, language: str) -> dict[str, Any]:
    return {
        "name": question.name,
        "id": question.name,
        "template": f"questions/{question.kind}.html",
        "kind": question.kind,
        "label": said(question.ask, language),
        "hint": said(question.hint, language) if question.hint else "",
        "required": question.required,
    }


def _own(question: Question, form: Form, language: str) -> dict[str, Any]:
    """What only this kind of input needs."""
    if isinstance(question, OptionsQuestion):
        chosen = form.get(question.name, ())
        return {"options": _options(question.options, question.name, chosen, language)}
    if isinstance(question, TypedQuestion):
        ticked = form.get(f"{question.name}__missing", ())
        missing = _options(question.missing, f"{question.name}__missing", ticked, language)
        own: dict[str, Any] = {"missing": missing, "value": _first(form, question.name)}
        if isinstance(question, DateQuestion):
            own["parts"] = _date_parts(question, form)
        own["max_length"] = getattr(question, "max_length", None)
        unit = getattr(question, "unit", None)
        own["unit"] = said(unit, language) if unit else ""
        return own
    return {}


def _options(
    options: Iterable[Option], name: str, chosen: Sequence[str], language: str
) -> list[dict[str, Any]]:
    return [
        {
            "value": option.value,
            # The error summary leads to the first input, which carries the plain name.
            "id": name if i == 0 else f"{name}-{i + 1}",
            "label": said(option.label, language),
            "hint": said(option.hint, language) if option.hint else "",
            "checked": option.value in chosen,
            "is_missing": option.missing is not None,
            "is_exclusive": option.exclusive or option.missing is not None,
        }
        for i, option in enumerate(options)
    ]


def _date_parts(question: DateQuestion, form: Form) -> list[dict[str, Any]]:
    return [
        {
            "name": f"{question.name}-{part}",
            "id": f"{question.name}-{part}",
            "label": DATE_LABELS[part],
            "value": _first(form, f"{question.name}-{part}"),
            "width": 4 if part == "year" else 2,
        }
        for part in question.parts
    ]


def _first_input(question: Question) -> str:
    if isinstance(question, DateQuestion):
        return f"{question.name}-{question.parts[0]}"
    return question.name


def _first(form: Form, name: str) -> str:
    return next(iter(form.get(name, ())), "")

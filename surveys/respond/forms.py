"""A page of questions as a form: reading what was sent, and what the templates show."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from surveys.definitions.journey import Stop
from surveys.definitions.schema import Definition
from surveys.questions.base import Answer, Form, Question
from surveys.questions.place import PlaceQuestion
from surveys.questions.rows import RowField
from surveys.questions.several import SeveralOptionsQuestion
from surveys.questions.write_in import WriteIn
from surveys.questions.wrong import WrongAnswerError
from surveys.respond.areas import with_area
from surveys.respond.inputs import Shown, first_input, inputs_of
from surveys.responses.answers import clean_field


@dataclass
class PageForm:
    """One page as it was sent: what could be cleaned, and what is wrong, by field."""

    answers: dict[str, Answer] = field(default_factory=dict)
    wrong: dict[str, WrongAnswerError] = field(default_factory=dict)


def read_page(definition: Definition, stop: Stop, form: Form, *, today: date) -> PageForm:
    """Cleans the answers to the questions of a page."""
    page = PageForm()
    sent = _with_options_written_beside(stop, form)
    for asked in fields_at(stop):
        try:
            given = with_area(asked, sent) if isinstance(asked, PlaceQuestion) else sent
            answer = clean_field(definition, asked, asked.from_form(given), today=today)
        except WrongAnswerError as error:
            page.wrong[asked.name] = error
        else:
            # Words beside an option that was not chosen must be right, as everywhere, and go.
            if answer is not None and asked.is_open(page.answers):
                page.answers[asked.name] = answer
    return page


def fields_at(stop: Stop) -> Iterator[Question]:
    """Everything that a page asks, field by field."""
    for question in stop.questions:
        yield from question.fields


def form_of(stop: Stop, answers: Mapping[str, Answer]) -> dict[str, list[str]]:
    """The form fields that would send the answers given so far."""
    form: dict[str, list[str]] = {}
    for asked in fields_at(stop):
        if asked.name in answers:
            form |= asked.to_form(answers[asked.name])
    return form


def fields_of(
    stop: Stop,
    form: Form,
    wrong: Mapping[str, WrongAnswerError],
    *,
    say: Callable[..., str],
    language: str,
    seed: int | None,
) -> list[dict[str, Any]]:
    """One mapping a question, as templates/questions/<kind>.html expects it.

    `say` gives a text of the survey as this person reads it; options in random order are shuffled
    by `seed`.
    """
    errors = {name: error.message(language, say) for name, error in wrong.items()}
    shown = Shown(form, errors, say, language, seed)
    return [
        {
            "name": question.name,
            "id": question.name,
            "kind": question.kind,
            "template": f"questions/{question.kind}.html",
            "label": say(question.ask),
            "hint": _hint(question, say),
            "required": question.required,
            # A question that is alone on its page is the page's heading.
            "is_heading": len(stop.questions) == 1,
            "error": errors.get(question.name, ""),
            **inputs_of(question, shown),
        }
        for question in stop.questions
    ]


def errors_of(
    stop: Stop,
    wrong: Mapping[str, WrongAnswerError],
    *,
    say: Callable[..., str],
    language: str,
) -> list[dict[str, str]]:
    """The error summary: each message with the id of the input it is about."""
    return [
        {
            "id": first_input(asked, wrong[asked.name]),
            "message": _told_apart(asked, wrong[asked.name].message(language, say), say),
        }
        for asked in fields_at(stop)
        if asked.name in wrong
    ]


def _told_apart(asked: Question, message: str, say: Callable[..., str]) -> str:
    """The message, which in a list of several rows begins with the row that it is about."""
    if not isinstance(asked, RowField):
        return message
    return f"{say(asked.ask).rstrip('.?!')}: {message}"


def _hint(question: Question, say: Callable[..., str]) -> str:
    if question.hint is None:
        return ""
    # The text of a page that only informs is Markdown, in which a label must stay a label.
    return (
        say(question.hint, markdown=True) if question.kind == "information" else say(question.hint)
    )


def _with_options_written_beside(stop: Stop, form: Form) -> Form:
    """What was sent, with each option ticked that has words written beside it and needs no more.

    Where another option was chosen that excludes it, that choice stands and the words go.
    """
    ticked = dict(form)
    for asked in fields_at(stop):
        if isinstance(asked, WriteIn) and any(text.strip() for text in form.get(asked.name, ())):
            question = next(q for q in stop.questions if q.name == asked.question)
            chosen = [value for value in ticked.get(question.name, ()) if value]
            if _leaves_room(question, chosen):
                ticked[question.name] = [*chosen, asked.code]
    return ticked


def _leaves_room(question: Question, chosen: list[str]) -> bool:
    """Whether one more option can be chosen beside these."""
    if not isinstance(question, SeveralOptionsQuestion):
        return not chosen
    alone = {option.value for option in question.options if option.exclusive or option.missing}
    return not alone & set(chosen)

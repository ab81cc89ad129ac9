"""What the respondent's pages show, worked out of a version and a visit; templates/respond/."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

from surveys.definitions.journey import Stop
from surveys.definitions.schema import EndIf
from surveys.models.versions import Version
from surveys.questions.base import Form, Question, said
from surveys.questions.wrong import WrongAnswerError
from surveys.respond.concern import on_start_safeguarding
from surveys.respond.forms import errors_of, fields_of
from surveys.respond.visit import Visit
from surveys.versions.helplines import helplines_for
from surveys.versions.read import definition_of


def on_every_page(version: Version, language: str) -> dict[str, Any]:
    """What every page of a survey shows."""
    definition = definition_of(version)
    return {
        "survey": {"title": said(definition.title, language)},
        "language": language,
        "languages": definition.languages,
        "exit_url": settings.EXIT_URL,
        "helplines": helplines_for(definition.helplines, language),
    }


def on_interruption(version: Version, language: str, *, begin_url: str) -> dict[str, Any]:
    """What stands before anything says what the survey is about."""
    return on_every_page(version, language) | {
        "interruption": said(definition_of(version).interruption or {}, language),
        "begin_url": begin_url,
        # Whom to call would tell what it is about.
        "helplines": [],
    }


def on_start(version: Version, language: str, *, begin_url: str) -> dict[str, Any]:
    """What stands before the first question."""
    definition = definition_of(version)
    return (
        on_every_page(version, language)
        | on_start_safeguarding(definition)
        | {
            "start": said(definition.start, language) if definition.start else "",
            "begin_url": begin_url,
            "idle_minutes": settings.DRAFT_IDLE_MINUTES,
            "longest_minutes": settings.DRAFT_LONGEST_MINUTES,
            "may_be_saved": definition.may_be_saved,
        }
    )


def progress_at(visit: Visit, stop: Stop) -> tuple[int, int] | None:
    """Which question of how many a page begins with; None where it asks nothing."""
    asked = visit.asked
    first = next((question for question in stop.questions if question.fields), None)
    return None if first is None else (asked.index(first) + 1, len(asked))


def on_question(
    visit: Visit, stop: Stop, *, form: Form, wrong: dict[str, WrongAnswerError], back_url: str
) -> dict[str, Any]:
    """One page of questions, with what was sent and what is wrong with it."""
    title = visit.definition.pages[stop.number - 1].title
    progress = progress_at(visit, stop)
    return on_every_page(visit.draft.version, visit.language) | {
        "heading": visit.say(title) if title and len(stop.questions) > 1 else "",
        "progress": {"at": progress[0], "of": progress[1]} if progress else None,
        "back_url": back_url,
        "may_be_saved": visit.definition.may_be_saved,
        "errors": errors_of(stop, wrong, say=visit.say, language=visit.language),
        "fields": fields_of(
            stop,
            form,
            wrong,
            say=visit.say,
            language=visit.language,
            seed=visit.draft.order_seed,
        ),
    }


def on_one_page(
    visit: Visit, *, form: Form, wrong: dict[str, WrongAnswerError], begin_url: str
) -> dict[str, Any]:
    """What it is about and all that is asked, on a single page; the heading is the survey's own."""
    (stop,) = visit.path
    version, language = visit.draft.version, visit.language
    context = on_question(visit, stop, form=form, wrong=wrong, back_url="")
    context |= on_start(version, language, begin_url=begin_url) | {"progress": None}
    context["fields"] = [field | {"is_heading": False} for field in context["fields"]]
    return context


def on_check(
    visit: Visit, *, nonce: str, submit_url: str, back_url: str, change: Callable[[int], str]
) -> dict[str, Any]:
    """All answers before they are sent; `change` gives the way back to the page of a number."""
    rows = _rows(visit, change)
    return on_every_page(visit.draft.version, visit.language) | {
        "rows": rows,
        "may_be_saved": visit.definition.may_be_saved,
        "skipped": sum(not row["answer"] for row in rows),
        "nonce": nonce,
        "submit_url": submit_url,
        "back_url": back_url,
    }


def on_done(version: Version, language: str, *, number: str) -> dict[str, Any]:
    """Thanks, what happens next and, this once, the number to come back to the answers with."""
    done = definition_of(version).done
    return on_every_page(version, language) | {
        "done": said(done, language) if done else "",
        "code": number,
    }


def on_ending(version: Version, language: str, *, ending: EndIf, words: str) -> dict[str, Any]:
    """Why the survey ended before its last page."""
    return on_every_page(version, language) | {
        "words": words,
        "is_safety_exit": ending.outcome == "safety-exit",
    }


def _rows(visit: Visit, change: Callable[[int], str]) -> list[dict[str, str]]:
    answers = visit.walked.answers
    return [
        {
            "question": _asked_in_words(visit, question, field),
            "answer": field.show(answers[field.name], visit.language)
            if field.name in answers
            else "",
            "change_url": change(stop.number),
        }
        for stop in visit.path
        for question in stop.questions
        for field in question.fields
        # Words that could have been written beside an option and were not are no skipped question.
        if field.opened_by is None or field.name in answers
    ]


def _asked_in_words(visit: Visit, question: Question, field: Question) -> str:
    own = visit.say(field.ask)
    return own if field is question else f"{visit.say(question.ask)} {own}"

"""What somebody sent, as the pages behind their number show it: templates/respond/receipt_*."""

from typing import Any

from django.conf import settings

from surveys.definitions.journey import walk
from surveys.definitions.piping import say
from surveys.definitions.schema import Definition
from surveys.models.months import first_month_kept
from surveys.models.responses import OwnWords, Response
from surveys.questions.base import Answer
from surveys.respond.pages import on_every_page
from surveys.tally.take_back import is_published, may_be_put_back
from surveys.versions.read import definition_of


def on_sent(response: Response, language: str) -> dict[str, Any]:
    """All that is kept of it, whether it counts, and what may be done with it now."""
    definition = definition_of(response.version)
    published = is_published(response)
    is_open = not published and response.standing in ("counts", "set-aside")
    return on_every_page(response.version, language) | {
        "rows": sent_rows(definition, _answers(response), language),
        "month": response.period,
        "standing": response.standing,
        "is_published": published,
        "may_take_back": is_open,
        "may_put_back": may_be_put_back(response),
        "may_delete": not published,
        "may_leave_contact": _may_leave_contact(definition),
        "words_are_gone": _are_words_gone(definition, response),
        "contact_email": settings.CONTACT_EMAIL,
        "own_words_months": settings.OWN_WORDS_MONTHS,
        "response_months": settings.RESPONSE_MONTHS,
        "contact_days": settings.CONTACT_DAYS_AFTER_CLOSE,
    }


def sent_rows(
    definition: Definition, answers: dict[str, Answer], language: str
) -> list[dict[str, str]]:
    """The questions that were answered, in order, with the answers in words."""
    walked = walk(definition, answers)
    rows = []
    for stop in walked.stops:
        for question in stop.questions:
            for field in question.fields:
                if field.name not in walked.answers:
                    continue
                asks = [question.ask] if field is question else [question.ask, field.ask]
                said = [say(ask, definition, walked.answers, language=language) for ask in asks]
                shown = field.show(walked.answers[field.name], language)
                rows.append({"question": " ".join(said), "answer": shown})
    return rows


def _answers(response: Response) -> dict[str, Answer]:
    """Coded answers and own words together: nowhere else are they."""
    answers: dict[str, Answer] = dict(response.answers)
    for words in OwnWords.objects.filter(response=response):
        answers[words.question] = words.read()
    return answers


def _may_leave_contact(definition: Definition) -> bool:
    """Whether people could leave how to reach them, which no number leads to."""
    asks = any(field.is_contact for field in definition.fields)
    return asks or definition.safeguarding is not None


def _are_words_gone(definition: Definition, response: Response) -> bool:
    """Whether own words, if there were any, are deleted by now."""
    may_write = any(field.is_own_words for field in definition.fields)
    return may_write and response.period < first_month_kept(settings.OWN_WORDS_MONTHS)

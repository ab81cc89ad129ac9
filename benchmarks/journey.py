"""The path through a survey, worked out anew for each page, against answering that page."""

import random
from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from benchmarks.large_survey import large_survey
from benchmarks.ratio import Ratio, seconds
from surveys.definitions.journey import Stop, walk
from surveys.definitions.loader import load_definition
from surveys.definitions.random_walk import random_answers
from surveys.models.drafts import Draft
from surveys.models.versions import Version
from surveys.questions.base import Answer
from surveys.respond.forms import form_of
from surveys.respond.language import render_in
from surveys.respond.pages import on_question
from surveys.respond.visit import Visit
from surveys.responses.drafts import keep_answers
from surveys.versions.publish import publish_version, store_version

QUESTIONS, CONDITIONS = 100, 100
TODAY = date(2022, 11, 30)
# Plain files: the names with hashes are made when the site is built.
PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def measure() -> Iterator[Ratio | str]:
    text = large_survey(questions=QUESTIONS, conditions=CONDITIONS, is_publishable=True)
    definition = load_definition(text)
    answers = random_answers(definition, random.Random(1), today=TODAY)  # noqa: S311  # a fixed seed
    path = walk(definition, answers).stops
    draft = store_version(definition, actor="benchmark")
    version = publish_version(draft, definition, actor="benchmark")
    walking = seconds(lambda: walk(definition, answers), times=50)
    with override_settings(STORAGES={**settings.STORAGES, **PLAIN}):
        client, draft_kept = _in_the_middle(version, answers)
        address = f"/s/{version.survey.code}/{path[-1].number}/"
        page = client.get(address, secure=True)
        if page.status_code != 200:
            raise RuntimeError(f"{address} answered {page.status_code}")
        answering = seconds(lambda: client.get(address, secure=True), times=20)
        visit, request = Visit(draft_kept, answers), RequestFactory().get(address)
        # The visit knows its path already: this is what is left to do.
        rendering = seconds(lambda: _rendered(request, visit, visit.path[-1]), times=20)
    what = f"path of {QUESTIONS} questions, {CONDITIONS} conditions"
    yield f"{len(path)} pages are on the path of this person"
    yield Ratio(f"{what} ÷ its page", walking, answering, 0.05)
    yield (
        "of the page's context and template alone, without session, draft and headers, it would be "
        f"{walking / rendering:.2f}"
    )


def _in_the_middle(version: Version, answers: dict[str, Answer]) -> tuple[Client, Draft]:
    """The browser of somebody who has answered everything and looks at a page again."""
    client = Client(HTTP_HOST="localhost")
    client.post(f"/s/{version.survey.code}/", secure=True)
    draft = Draft.objects.select_related("version__survey").get()
    keep_answers(draft, answers)
    return client, draft


def _rendered(request: HttpRequest, visit: Visit, stop: Stop) -> HttpResponse:
    form = form_of(stop, visit.answers)
    context = on_question(visit, stop, form=form, wrong={}, back_url="/")
    return render_in(request, "respond/question.html", context)

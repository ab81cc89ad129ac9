"""Takes the pictures of docs/desk.md: `make pictures`; no part of the other tests.

Nobody is there when they are taken, so what is on them is what the pages are, not what they should
be: look at each before it is committed. The people on them are invented, and the pages say so.
"""

import random
import secrets
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings as configured
from django.urls import reverse
from django.utils import timezone

from config.demonstration import A_MONTH, SEED
from measures.admin.targets import set_target
from measures.figures.margins import add_population, read_margins
from surveys.definitions.random_walk import random_answers
from surveys.models.exports import Export
from surveys.models.responses import Receipt, Response
from surveys.models.versions import Survey, Version
from surveys.responses.answers import Cleaned
from surveys.responses.export import ask
from surveys.responses.invented_words import load_invented_words
from surveys.responses.submit import make_response
from surveys.responses.synthetic import load_synthetic
from surveys.tally.count import count_new
from surveys.tally.periods import months_later
from surveys.versions.read import definition_of
from tests.browser.conftest import DESK
from tests.browser.test_officer import officer
from tests.factories.answers import publish_survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOLDER = configured.BASE_DIR / "docs" / "images"
FACTS = configured.BASE_DIR / "measures" / "facts"
# A Wednesday afternoon, by the clock in London.
NOW = datetime(2026, 11, 18, 16, 20, tzinfo=UTC)
# Up to the month before it.
MONTHS = [months_later(date(2024, 11, 1), n) for n in range(24)]
TARGETS = {"community-voice": 120, "domestic-abuse": 60, "hate-crime": 30}
EXPLORER = "/admin/results/"
SATISFACTION = f"{EXPLORER}?survey=domestic-abuse&question=whole-experience"
YEAR = "period=year-to-2026-Q3"
PICTURES = {
    "front": "/admin/",
    "responses": "/admin/results/responses/?survey=community-voice",
    "explorer": f"{SATISFACTION}&{YEAR}",
    "split": f"{SATISFACTION}&{YEAR}&by=sex",
    "trend": f"{SATISFACTION}&show=trend",
    "weighting": "/admin/results/weighting/?survey=community-voice",
    "power": "/admin/results/power/",
    "words": "/admin/surveys/ownwords/?question=domestic-abuse/better&search=told",
}
IN_THE_DARK = ("explorer",)
# Taken from head to foot; the others as they open on a desk.
LONG = ("front", "responses", "explorer", "split", "trend")


@pytest.fixture
def desk(db):
    """Two years of invented answers on a working day, with people who answered lately."""
    with time_machine.travel(NOW):
        for slug, a_month in A_MONTH.items():
            version = publish_survey(slug)
            load_synthetic(version, months=MONTHS, a_month=a_month, seed=SEED)
            load_invented_words(version, months=configured.OWN_WORDS_MONTHS, seed=SEED)
            arrive(version)
            if slug in TARGETS:
                set_target(version.survey, TARGETS[slug], actor="analyst")
            if slug == "community-voice":
                seem_like_machines(version)
        stand_for_residents(Survey.objects.get(slug="community-voice"))
        count_new()
        yield


def arrive(version: Version) -> None:
    """Has invented people answer over two days, more or less by the hour of the day."""
    chance = random.Random(version.sha256)  # the same picture each time
    running = timezone.now().replace(minute=0, second=0, microsecond=0)
    for back in range(48):
        at = running - timedelta(hours=back)
        if 8 <= timezone.localtime(at).hour <= 22:
            for _ in range(chance.choice([0, 0, 1, 1, 2])):
                response = invented(version, chance, at)
                Receipt.objects.create(
                    nonce_hash=secrets.token_bytes(32),
                    content_hash=b"",
                    response_id=response.pk,
                    created_at=at,
                )


def invented(version: Version, chance: random.Random, at: datetime) -> Response:
    definition = definition_of(version)
    answers = random_answers(definition, chance, today=at.date())
    cleaned = Cleaned(answers, dropped=0, wrong={})
    response = make_response(version, cleaned, language="en", channel="web", at=at)
    response.is_synthetic = True
    response.save(force_insert=True)
    return response


def seem_like_machines(version: Version) -> None:
    """Sets aside what somebody has to look at."""
    for response in version.responses.order_by("pk")[:3]:
        response.pk, response.standing, response.signs = uuid4(), "set-aside", ["flood"]
        response.save(force_insert=True)


def stand_for_residents(survey: Survey) -> None:
    """Has the residents of Kent be those whom the answers stand for."""
    files = {
        field: FACTS / f"kent-population-{field}.csv" for field in ("district", "sex", "age-band")
    }
    add_population(
        survey,
        read_margins(survey, files),
        source="Office for National Statistics, mid-2020 population estimates, 16 or over",
        holds_from=date(2018, 7, 1),
        actor="analyst",
    )


class Camera:
    """A window that stands still until its pictures are taken."""

    def __init__(self, page, site):
        self.page = page
        self.site = site

    def take(self, name, address, *, whole=False):
        self.page.goto(self.site + address)
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate("document.fonts.ready")
        path = FOLDER / f"desk-{name}.png"
        self.page.screenshot(path=path, animations="disabled", full_page=whole)


def test_pictures_of_the_desk_are_taken(visit, live_server, desk):
    page = officer(visit, live_server, "amira", "analyst", size=DESK).page
    camera = Camera(page, live_server.url)
    for name, address in PICTURES.items():
        camera.take(name, address, whole=name in LONG)
    page.emulate_media(color_scheme="dark")
    for name in IN_THE_DARK:
        camera.take(f"{name}-dark", PICTURES[name])
    take_approval(visit, live_server)


def take_approval(visit, live_server):
    """What the second person reads before a file of records is made."""
    version = Survey.objects.get(slug="domestic-abuse").versions.get()
    reason = "For the yearly report on follow-up: which groups were called back, and how soon."
    ask(version, "sav", actor="amira", reason=reason, with_words=False)
    page = officer(visit, live_server, "dina", "data-protection officer", size=DESK).page
    address = reverse("admin:surveys_export_change", args=[Export.objects.get().pk])
    Camera(page, live_server.url).take("approval", address, whole=True)

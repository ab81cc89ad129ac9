"""The safeguarding lead's queue: who sees it, in which order, how red, and step by step."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.roles import ROLES
from surveys.admin.waiting import in_words, standing
from surveys.fieldwork.synthetic_concerns import load_synthetic_concerns
from surveys.models.audit import AuditEntry
from surveys.models.safeguarding import Concern
from tests.factories.surveys import publish
from tests.surveys.admin.conftest import sign_in

pytestmark = pytest.mark.django_db

QUEUE = "/admin/surveys/concern/"
LEFT = {"how": "phone", "reach": "07700900982", "when": "weekdays", "message": False}


@pytest.fixture
def survey(db):
    return publish().survey


@pytest.fixture
def lead(db):
    return sign_in("sal", "safeguarding lead")


def raised(survey, *, hours=1, said="", **fields):
    """A concern that was raised so many hours ago."""
    concern = Concern(
        survey=survey,
        why="words" if said else "asked",
        language="cy",
        raised_at=timezone.now() - timedelta(hours=hours),
        **fields,
    )
    concern.write({"asked": "What would help?", "said": said} if said else {"contact": LEFT})
    concern.save(force_insert=True)
    return concern


def page_of(concern):
    return reverse("admin:surveys_concern_change", args=[concern.pk])


def text_of(response):
    return unescape(response.content.decode())


def step(client, concern, **fields):
    return client.post(page_of(concern), fields, follow=True)


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_the_queue_is_the_leads_alone(role, survey):
    concern = raised(survey)
    client = sign_in("someone", role)
    allowed = role == "safeguarding lead"
    for address in (QUEUE, page_of(concern)):
        assert client.get(address).status_code == (200 if allowed else 403)
    posted = client.post(page_of(concern), {"do": "acknowledge"})
    assert posted.status_code == (303 if allowed else 403)
    front = text_of(client.get("/admin/"))
    assert ("concern for somebody’s safety is open" in front) == allowed
    assert ("/admin/surveys/concern/" in front) == allowed


def test_stranger_is_sent_to_sign_in(survey):
    concern = raised(survey)
    for address in (QUEUE, page_of(concern)):
        assert Client().get(address)["Location"].startswith("/admin/login/")


def test_open_ones_stand_first_and_the_oldest_of_them_first(lead, survey):
    now = timezone.now()
    done = {"acknowledged_at": now, "acknowledged_by": "sal", "acted_at": now, "acted_by": "sal"}
    raised(survey, hours=200, closed_at=now, closed_by="sal", outcome="safe", **done)
    raised(survey, hours=2)
    raised(survey, hours=50)
    found = text_of(lead.get(f"{QUEUE}?show=all"))
    ages = ["overdue: waits for 2 days", "waits for 2 hours", "closed after 8 days"]
    assert [found.find(age) for age in ages] == sorted(found.find(age) for age in ages)
    assert -1 not in [found.find(age) for age in ages]
    assert 'class="desk-words desk-overdue">overdue: waits for 2 days<' in found
    assert "Open (2)" in found
    assert "Closed (1)" in found
    assert "closed after" not in text_of(lead.get(QUEUE))


@pytest.mark.parametrize("show", ["open", "waiting", "overdue", "closed", "all"])
def test_empty_queue_says_what_that_means(lead, show):
    assert "desk-empty" in text_of(lead.get(f"{QUEUE}?show={show}"))


def test_front_page_tells_how_many_wait_and_how_many_are_overdue(lead, survey):
    raised(survey, hours=1)
    raised(survey, hours=30)
    found = text_of(lead.get("/admin/"))
    assert "2 concerns for somebody’s safety are open" in found
    assert "1 overdue" in found


@pytest.mark.parametrize(
    ("hours", "acknowledged", "acted", "age", "is_overdue"),
    [
        (0, None, None, "waits for less than an hour", False),
        (23, None, None, "waits for 23 hours", False),
        (25, None, None, "overdue: waits for 25 hours", True),
        (72, None, None, "overdue: waits for 3 days", True),
        (72, 2, None, "taken on 2 hours ago, nothing done yet", False),
        (72, 48, None, "overdue: taken on 2 days ago, nothing done yet", True),
        (72, 48, 1, "last step 1 hour ago", False),
        (72, 60, 49, "overdue: last step 2 days ago", True),
    ],
)
def test_age_is_told_in_words(hours, acknowledged, acted, age, is_overdue):
    now = timezone.now()

    def ago(h):
        return None if h is None else now - timedelta(hours=h)

    concern = Concern(raised_at=ago(hours), acknowledged_at=ago(acknowledged), acted_at=ago(acted))
    found = standing(concern, now=now)
    assert (found.age, found.is_overdue) == (age, is_overdue)


def test_set_time_is_a_setting(settings, survey):
    settings.CONCERN_HOURS = 72
    assert not standing(raised(survey, hours=50)).is_overdue
    assert in_words(timedelta(hours=47)) == "47 hours"


def test_from_taking_on_to_closing(lead, survey):
    concern = raised(survey)
    assert "Take this concern on" in text_of(lead.get(page_of(concern)))
    assert "Write down what was done" in text_of(step(lead, concern, do="acknowledge"))
    concern.refresh_from_db()
    assert concern.acknowledged_by == "sal"
    page = text_of(step(lead, concern, do="act", what="Called at 10am.", seen="None"))
    assert "Called at 10am." in page
    concern.refresh_from_db()
    assert "Called" not in concern.action
    page = text_of(step(lead, concern, do="close", outcome="safe"))
    assert "The person was reached and is safe" in page
    concern.refresh_from_db()
    assert (concern.closed_by, concern.outcome) == ("sal", "safe")
    acts = set(AuditEntry.objects.filter(subject=str(concern)).values_list("action", flat=True))
    assert acts == {"read concern", "acknowledge concern", "act on concern", "close concern"}
    assert "Called" not in str(list(AuditEntry.objects.values()))


def test_each_action_is_kept_with_who_and_when(lead, survey):
    concern = raised(survey)
    step(lead, concern, do="acknowledge")
    step(lead, concern, do="act", what="First.", seen="None")
    concern.refresh_from_db()
    step(sign_in("kim", "safeguarding lead"), concern, do="act", what="Second.",
         seen=str(concern.acted_at))  # fmt: skip
    page = text_of(lead.get(page_of(concern)))
    assert page.find("First.") < page.find("Second.")
    assert ", kim<" in page


def test_who_comes_second_is_told_and_overwrites_nothing(lead, survey):
    concern = raised(survey)
    step(lead, concern, do="acknowledge")
    page = text_of(step(sign_in("kim", "safeguarding lead"), concern, do="acknowledge"))
    assert "Somebody else was quicker" in page
    step(lead, concern, do="act", what="First.", seen="None")
    assert "Somebody else was quicker" in text_of(
        step(lead, concern, do="act", what="Also first.", seen="None")
    )
    concern.refresh_from_db()
    assert concern.acknowledged_by == "sal"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"do": "act", "what": "  "}, "Write down what was done."),
        ({"do": "act", "what": "x" * 2001}, "Write at most 2,000 characters."),
        ({"do": "close", "outcome": "forgotten"}, "Choose how it ended."),
        ({"do": "nothing"}, "Press one of the buttons."),
    ],
)
def test_step_that_can_not_be_stored_is_refused_in_words(lead, survey, fields, message):
    concern = raised(survey)
    step(lead, concern, do="acknowledge")
    response = lead.post(page_of(concern), fields)
    assert response.status_code == 400
    assert message in text_of(response)


def test_nothing_is_closed_before_anything_was_done(lead, survey):
    concern = raised(survey)
    step(lead, concern, do="acknowledge")
    assert "Somebody else was quicker" in text_of(step(lead, concern, do="close", outcome="safe"))
    concern.refresh_from_db()
    assert concern.closed_at is None


def test_detail_shows_what_was_said_or_that_nobody_is_told(lead, survey):
    said = text_of(lead.get(page_of(raised(survey, said="He will <b>kill</b> me"))))
    assert "He will <b>kill</b> me" in said
    assert "They did not ask to be contacted." in said
    asked = text_of(lead.get(page_of(raised(survey))))
    assert "the survey is anonymous" in asked
    assert "07700900982" in asked
    assert "must not be left" in asked
    assert "Welsh" in asked


def test_list_opens_nothing_that_is_sealed(lead, survey):
    raised(survey, said="canary")
    found = text_of(lead.get(QUEUE))
    assert "canary" not in found
    assert not AuditEntry.objects.filter(action="read concern").exists()


def test_invented_concerns_are_labelled_and_come_once(lead, survey):
    load_synthetic_concerns(survey)
    load_synthetic_concerns(survey)
    assert Concern.objects.count() == 2
    assert text_of(lead.get(QUEUE)).count("synthetic") == 2
    concern = Concern.objects.first()
    assert "Nobody said it." in text_of(lead.get(page_of(concern)))

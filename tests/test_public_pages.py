"""Help, privacy and the accessibility statement say what the settings and the code do."""

import pytest

from config import pages

pytestmark = pytest.mark.django_db
PERIODS = {
    "DRAFT_IDLE_MINUTES": "61 minutes after you last sent a page",
    "DRAFT_LONGEST_MINUTES": "62 minutes at the longest",
    "SAVED_DAYS": "63 days at the longest",
    "RECEIPT_HOURS": "64 hours",
    "OWN_WORDS_MONTHS": "65 months",
    "RESPONSE_MONTHS": "66 months; after that only totals",
    "CONTACT_DAYS_AFTER_CLOSE": "67 days after the survey closed",
    "CONCERN_MONTHS": "68 months after the matter was closed",
}


def text_of(client, address):
    return " ".join(client.get(address).content.decode().split())


def test_privacy_tells_each_period_as_it_is_set(client, settings):
    for number, name in enumerate(PERIODS, start=61):
        setattr(settings, name, number)
    text = text_of(client, "/privacy/")
    for told in PERIODS.values():
        assert told in text


@pytest.mark.parametrize("address", ["/help/", "/privacy/"])
def test_what_was_sent_is_a_link_away_in_the_language_of_the_page(client, address):
    assert 'href="/receipt/?language=en"' in text_of(client, address)
    assert 'href="/receipt/?language=cy"' in text_of(client, f"/cy{address}")


def test_accessibility_statement_has_the_parts_that_the_model_asks_for(client, settings):
    settings.CONTACT_EMAIL = "listening@example.org"
    settings.DRAFT_IDLE_MINUTES = 21
    text = text_of(client, "/accessibility/")
    for part in (
        "Compliance status",
        "partially compliant",
        "What is not accessible",
        "21 minutes after you last pressed a button",
        "listening@example.org",
        "Equality and Human Rights Commission",
        "This statement was prepared on",
    ):
        assert part in text


def test_accessibility_statement_tells_its_days(client):
    assert pages.STATEMENT_PREPARED <= pages.STATEMENT_REVIEWED
    text = text_of(client, "/accessibility/")
    for day in (pages.STATEMENT_PREPARED, pages.STATEMENT_REVIEWED):
        assert f"{day.day} {day:%B %Y}" in text

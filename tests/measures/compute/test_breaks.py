"""A question that changed: the share says since when, and is compared with nothing before."""

from datetime import date

import pytest
import time_machine
from django.conf import settings

from measures.compute.values import ShareFound
from measures.statements.claims import claims_of
from measures.statements.wording import sentences
from measures.stats.values import NotAvailable
from surveys.definitions.fingerprint import canonical, restore
from surveys.definitions.loader import load_definition
from surveys.versions.publish import publish_version, store_version
from tests.factories.answers import tally_satisfaction
from tests.measures.compute.test_run import measure_of, result_of

pytestmark = pytest.mark.django_db

SLUG = "domestic-abuse-satisfaction"
CONTENT = settings.BASE_DIR / "surveys" / "content" / "domestic-abuse" / "1.yaml"
ASKED = load_definition(CONTENT.read_text("utf-8")).by_name["whole-experience"].ask["en"]


def publish_on(day: str, number: int, *, ask: str | None = None):
    """The survey, published that day; with another wording of the question where one is given."""
    text = canonical(load_definition(CONTENT.read_text(encoding="utf-8")))
    changed = text.replace('"version":1', f'"version":{number}')
    definition = restore(changed.replace(ASKED, ask or ASKED))
    with time_machine.travel(f"{day}T12:00:00+00:00"):
        draft = store_version(definition, actor="a test")
        return publish_version(draft, definition, actor="a test")


@pytest.fixture
def broken():
    """Two years of answers, and another wording from August 2022 on."""
    first = publish_on("2020-01-10", 1)
    second = publish_on("2022-08-10", 2, ask="How satisfied are you with all of it?")
    tally_satisfaction(first, date(2021, 8, 1), satisfied=500, answered=1_000)
    tally_satisfaction(first, date(2022, 3, 1), satisfied=500, answered=1_000)
    tally_satisfaction(second, date(2022, 9, 1), satisfied=700, answered=1_000)
    return result_of(SLUG)


def test_share_counts_answers_to_the_new_question_only(broken):
    assert isinstance(broken.current, ShareFound)
    assert broken.current.share.percent == 70
    assert (broken.current.since, broken.current.broke) == (date(2022, 8, 1), "question reworded")


def test_year_before_the_break_is_not_compared(broken):
    [before, *_] = broken.comparisons
    assert before.change is None
    assert before.value == NotAvailable(
        "people were asked in another way then (question reworded), so the two cannot be compared"
    )


def test_statement_says_so(broken):
    words = sentences(measure_of(SLUG), claims_of(broken))
    assert (
        "Only answers from August 2022 on are counted, when the question changed "
        "(question reworded), and earlier answers cannot be joined."
    ) in words
    assert (
        "The year before is not available: people were asked in another way then "
        "(question reworded), so the two cannot be compared."
    ) in words


def test_a_change_of_commas_breaks_nothing():
    first = publish_on("2020-01-10", 1)
    second = publish_on("2022-08-10", 2, ask=ASKED.replace(",", " –").upper())
    tally_satisfaction(first, date(2021, 8, 1), satisfied=500, answered=1_000)
    tally_satisfaction(first, date(2022, 3, 1), satisfied=500, answered=1_000)
    tally_satisfaction(second, date(2022, 9, 1), satisfied=700, answered=1_000)
    result = result_of(SLUG)
    assert isinstance(result.current, ShareFound)
    assert (result.current.share.percent, result.current.since) == (60, None)
    assert result.comparisons[0].change is not None


def test_survey_that_began_within_the_year_says_since_when():
    version = publish_on("2022-08-10", 1)
    tally_satisfaction(version, date(2022, 9, 1), satisfied=700, answered=1_000)
    words = sentences(measure_of(SLUG), claims_of(result_of(SLUG)))
    assert (
        "Only answers from August 2022 on are counted, when the question was asked for the first "
        "time."
    ) in words

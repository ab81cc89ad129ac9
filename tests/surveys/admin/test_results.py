"""What the results page says of each question, and that looking at it is recorded."""

import pytest
from django.urls import reverse

from surveys.admin.results import results_of
from surveys.models.audit import AuditEntry
from surveys.tally.count import count_new
from tests.factories.kinds import EVERY_KIND
from tests.factories.surveys import changed, publish, respond
from tests.surveys.admin.conftest import sign_in

MISSING = "        missing: [{missing: does-not-apply, label: {en: None of them}}]\n"


@pytest.mark.django_db
def test_boxes_of_a_ranking_are_missing_and_not_skipped():
    most = "        most: 3\n"
    version = publish(changed(EVERY_KIND, {most: most + MISSING}))
    respond(version, worst={"missing": "does-not-apply"})
    respond(version, worst=["robbery"])
    respond(version)
    count_new(version)
    [table] = [table for table in results_of(version).tables if table.name == "worst"]
    assert (table.answered, table.skipped) == (1, 1)
    assert [(row.label, row.n) for row in table.rows if row.percent is None] == [
        ("I do not know", 0),
        ("None of them", 1),
    ]


@pytest.mark.django_db
def test_looking_at_exact_counts_is_recorded():
    survey = publish().survey
    address = reverse("admin:survey-results", args=[survey.pk])
    assert sign_in("ana", "analyst").get(address).status_code == 200
    assert sign_in("vi", "viewer").get(address).status_code == 403
    assert [entry.actor for entry in AuditEntry.objects.filter(action="view results")] == ["ana"]

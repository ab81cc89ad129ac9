"""What the results page says of each question, and that looking at it is recorded."""

import uuid

import pytest
from django.urls import reverse

from surveys.admin.results import results_of
from surveys.models.audit import AuditEntry
from surveys.tally.count import count_new
from tests.factories.kinds import EVERY_KIND
from tests.factories.surveys import changed, publish, respond, set_aside
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


@pytest.mark.django_db
def test_what_is_set_aside_stands_beside_the_counts_and_never_in_them():
    version = publish()
    respond(version, area="north", overall="1")
    set_aside(version, area="south", overall="3")
    set_aside(version, area="south", overall="1")
    count_new()
    results = results_of(version)
    assert (results.responses.n, results.set_aside) == (1, 2)
    [table] = [table for table in results.tables if table.name == "overall"]
    rows = {row.label: (row.n, row.percent, row.n_with) for row in table.rows if not row.is_net}
    assert rows["Completely satisfied"] == (1, 100, 2)
    assert rows["Completely dissatisfied"] == (0, 0, 1)
    assert (table.answered, table.answered_with) == (1, 3)
    [net] = [row for row in table.rows if row.is_net]
    assert (net.n, net.n_with) == (1, 2)
    assert round(net.percent_with) == 67


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, None),
        (1, "1 response looked like a machine’s and waits"),
        (1200, "1,200 responses looked like a machine’s and wait"),
    ],
)
def test_page_says_in_words_when_something_is_set_aside(n, words):
    version = publish()
    one = set_aside(version, area="north") if n else None
    for _ in range(n - 1):
        one.pk = uuid.uuid4()
        one.save(force_insert=True)
    address = reverse("admin:survey-results", args=[version.survey.pk])
    page = sign_in("ana", "analyst").get(address).content.decode()
    assert ("Number with" in page) == (words is not None)
    assert words is None or words in page

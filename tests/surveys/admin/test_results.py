"""What the results page says of each question."""

import pytest

from surveys.admin.results import results_of
from surveys.tally.count import count_new
from tests.factories.kinds import EVERY_KIND
from tests.factories.surveys import changed, publish, respond

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

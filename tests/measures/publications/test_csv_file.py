"""The table of all figures, as a file."""

import csv
import io
from datetime import date, timedelta

import pytest

from measures.publications.bundle import build_bundle
from measures.publications.csv_file import render_csv, safe_cell
from tests.factories.figures import RELEASED, make_seed_figures
from tests.factories.released import release_satisfaction


@pytest.mark.django_db
def test_a_line_a_measure_and_period_with_its_source() -> None:
    make_seed_figures()
    release_satisfaction("hate-crime", date(2022, 9, 1), satisfied=3, answered=9)
    release_satisfaction("domestic-abuse", date(2022, 9, 1), satisfied=893, answered=1_240)
    bundle = build_bundle(date(2022, 11, 1), as_of=RELEASED + timedelta(days=1))

    rows = list(csv.DictReader(io.StringIO(render_csv(bundle).decode())))

    found = {(row["measure"], row["what"]): row for row in rows}
    assert len(rows) == len(found) == 13 * 3
    robbery = found["robbery", "previous-year"]
    assert (robbery["value"], robbery["difference"], robbery["percentage_change"]) == (
        "1139",
        "171",
        "15.0",
    )
    assert (robbery["released"], robbery["publisher"]) == ("2023-01-26", "Force return for Kent")
    assert found["cyber-organisations", "previous-year"]["clear_change"] == "no"
    assert (found["knife", "current"]["value"], found["knife", "current"]["status"]) == (
        "[x]",
        "not-available",
    )
    assert found["hate-crime-satisfaction", "current"]["value"] == "[c]"
    share = found["domestic-abuse-satisfaction", "current"]
    assert (share["value"], share["low"], share["high"], share["base"]) == (
        "72",
        "70",
        "75",
        "1240",
    )
    assert (share["period_start"], share["period_end"]) == ("2021-10-01", "2022-09-30")
    assert (share["released"], share["sha256"]) == ("2023-01-26", "a" * 64)


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("@SUM", "'@SUM"), ("Kent", "Kent"), (-6, -6), ("", "")],
)
def test_text_that_a_spreadsheet_would_run_is_disarmed(cell: object, safe: object) -> None:
    assert safe_cell(cell) == safe

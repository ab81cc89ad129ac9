"""What a person may write for a moment of knowing."""

from datetime import UTC, datetime

import pytest

from measures.compute.moments import parse_as_of


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023-02-01", datetime(2023, 2, 1, 23, 59, 59, 999_999, tzinfo=UTC)),
        ("20230201", datetime(2023, 2, 1, 23, 59, 59, 999_999, tzinfo=UTC)),
        # In summer the day ends an hour earlier than in Greenwich.
        ("2023-07-01", datetime(2023, 7, 1, 22, 59, 59, 999_999, tzinfo=UTC)),
        ("2023-02-01T09:30:00Z", datetime(2023, 2, 1, 9, 30, tzinfo=UTC)),
        ("2023-02-01T09:30:00", datetime(2023, 2, 1, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_day_means_its_end(text: str, moment: datetime) -> None:
    assert parse_as_of(text) == moment


@pytest.mark.parametrize("text", ["yesterday", "2023-02-30", "01/02/2023", ""])
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="expected a day such as 2023-02-01"):
        parse_as_of(text)

"""The chart of arrivals: zero at its foot, the busiest hour at its head, and London's clock."""

from datetime import UTC, datetime, timedelta

import pytest

from measures.admin.hours import HEAD, HEIGHT, LEFT, WIDTH, hour_chart, hour_in_words
from surveys.tally.arrivals import Arrivals

BEGIN = datetime(2022, 7, 3, 16, tzinfo=UTC)


def arrived(*numbers):
    hours = [(BEGIN + timedelta(hours=at), n) for at, n in enumerate(numbers)]
    return Arrivals(tuple(hours), {})


def test_bars_stand_on_the_foot_and_the_busiest_reaches_the_head():
    chart = hour_chart(arrived(0, 2, 4))
    assert [bar.height for bar in chart.bars] == [0, (chart.foot - HEAD) / 2, chart.foot - HEAD]
    assert all(bar.y + bar.height == chart.foot for bar in chart.bars)
    assert chart.bars[0].x == LEFT
    assert chart.bars[-1].x + chart.bars[-1].width <= WIDTH
    assert (chart.top, chart.foot < HEIGHT) == (4, True)


@pytest.mark.parametrize(
    ("numbers", "title"),
    [
        ((0, 0), "No response came in the last 2 hours"),
        ((0, 1), "1 response in the last 2 hours"),
        (
            (1, 1203),
            "1,204 responses in the last 2 hours, most on 3 July 2022 between 6pm and 7pm (1,203)",
        ),
    ],
)
def test_title_says_what_is_seen(numbers, title):
    assert hour_chart(arrived(*numbers)).title == title


def test_days_and_every_sixth_hour_are_marked_by_the_clock_in_london():
    marks = hour_chart(arrived(*[1] * 24)).marks
    assert [(mark.words, mark.is_day) for mark in marks] == [
        ("6pm", False),
        ("Mon 4", True),
        ("6am", False),
        ("noon", False),
    ]


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (datetime(2022, 7, 4, 22, tzinfo=UTC), "on 4 July 2022 between 11pm and midnight"),
        (datetime(2022, 7, 4, 11, tzinfo=UTC), "on 4 July 2022 between noon and 1pm"),
        # The clocks go back at 2am: the hour from 1am comes twice.
        (datetime(2022, 10, 30, 0, tzinfo=UTC), "on 30 October 2022 between 1am and 1am"),
    ],
)
def test_hours_in_words(hour, words):
    assert hour_in_words(hour) == words

"""Places, releases and figures to test with."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

from measures.models.figures import Figure, Release, Series
from measures.stats.periods import Period, month_of, year_ending
from surveys.models.places import Place

KENT = "E23000032"
RELEASED = datetime(2023, 1, 26, 9, 30, tzinfo=UTC)

# What the page that this system replaces said, and what its own numbers imply.
SEED = (
    ("violence-with-injury", 2022, 11, 18_212),
    ("violence-with-injury", 2021, 11, 17_119),
    ("violence-with-injury", 2019, 6, 20_241),
    ("robbery", 2022, 11, 1_310),
    ("robbery", 2021, 11, 1_139),
    ("robbery", 2019, 6, 1_982),
    ("cyber-organisations", 2022, 11, 80),
    ("cyber-organisations", 2021, 11, 86),
)


def make_force(code: str = KENT, name: str = "Kent") -> Place:
    return Place.objects.get_or_create(code=code, defaults={"name": name, "kind": "force"})[0]


def make_release(
    *, source: str = "force-return", file_name: str = "return.csv", **more: Any
) -> Release:
    defaults = {
        "publisher": "Force return for Kent",
        "title": "Performance and Delivery Board, 15 March 2023",
        "licence": "Open Government Licence v3.0",
        "released_at": RELEASED,
        "imported_by": "a test",
        "taken": 1,
        "replaced": 0,
        "sha256": hashlib.sha256(f"{source} {file_name}".encode()).hexdigest(),
    }
    return Release.objects.create(source=source, file_name=file_name, **(defaults | more))


def make_figure(
    category: str, period: Period, *, value: int, release: Release, **more: Any
) -> Figure:
    """One figure, known from its release on; `until` closes it."""
    series, _ = Series.objects.get_or_create(
        source=release.source, area=make_force(), category=category
    )
    until = more.pop("until", None)
    defaults = {"label": category, "where": "line 2", "known": (release.released_at, until)}
    return Figure.objects.create(
        series=series,
        release=release,
        starts=period.starts,
        ends=period.ends,
        value=value,
        **(defaults | more),
    )


def make_seed_figures() -> Release:
    """The figures of the page to November 2022, as one return from the force."""
    release = make_release()
    for line, (slug, year, month, value) in enumerate(SEED, start=2):
        make_figure(
            slug,
            year_ending(date(year, month, 1)),
            value=value,
            release=release,
            where=f"line {line}",
        )
    return release


def make_months(category: str, *, first: date, values: list[int], release: Release) -> list[Figure]:
    """One figure a month from `first` on."""
    made, month = [], month_of(first)
    for value in values:
        made.append(make_figure(category, month, value=value, release=release))
        month = month_of(month.ends + timedelta(days=1))
    return made

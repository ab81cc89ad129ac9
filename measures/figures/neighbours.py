"""Months of street-level crime that stand far below the months around them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Sum

from measures.figures.parsed import Remark
from measures.models.figures import Figure, Release
from surveys.models.places import Place

# A month below four fifths of its neighbours' median is told. Kent's complete months stay above;
# November 2018 in the copy of December 2021, short by a third, is below.
SHARE = 0.8
WITHIN = timedelta(days=6 * 31)

# Left out of the count: it comes from another system and is at its usual level in months whose
# crimes are incomplete, and some forces never give it.
_APART = "Anti-social behaviour"


@dataclass(frozen=True)
class ShortMonth:
    """A month of an area, by its first day, and what to say of it."""

    area: str
    month: date
    remark: Remark


def short_months(releases: Iterable[Release]) -> list[ShortMonth]:
    """The months that look short among those of these releases and within six months of them.

    Compared is a force's count of crimes, without anti-social behaviour, with the median of the
    other stored months within six months either way, all as they stand now.
    """
    spoken_of = (
        Figure.objects.filter(release__in=[release.pk for release in releases])
        .exclude(series__area__kind=Place.Kind.DISTRICT)
        .values_list("series__source", "series__area_id", "series__area__name", "starts")
        .order_by("series__source", "series__area_id", "starts")
        .distinct()
    )
    by_area: dict[tuple[str, str, str], list[date]] = {}
    for source, area, name, month in spoken_of:
        by_area.setdefault((source, area, name), []).append(month)
    return [
        ShortMonth(area, month, Remark(f"{name} {month:%Y-%m}", why))
        for (source, area, name), own in by_area.items()
        for month, why in _short_months_of(own, _crimes_by_month(source, area))
    ]


def _crimes_by_month(source: str, area: str) -> dict[date, int]:
    standing = Figure.objects.filter(
        series__source=source, series__area_id=area, known__upper_inf=True
    ).exclude(series__category=_APART)
    by_month = standing.values_list("starts").annotate(crimes=Sum("value")).order_by("starts")
    return dict(by_month)


def _short_months_of(own: list[date], totals: dict[date, int]) -> Iterator[tuple[date, str]]:
    """Each short month within six months of a force's own, and why it is told."""
    for month, crimes in totals.items():
        around = [n for other, n in totals.items() if 0 < abs(month - other).days <= WITHIN.days]
        is_concerned = any(abs(month - day) <= WITHIN for day in own)
        if is_concerned and around and crimes < SHARE * median(around):
            yield (
                month,
                f"{crimes:,} crimes without anti-social behaviour, "
                f"{crimes / median(around):.0%} of the median of {len(around)} other stored "
                f"month{'s' if len(around) > 1 else ''} within six months: it may be incomplete",
            )

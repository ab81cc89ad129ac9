"""The figures that the measures are made of, read from the store in one query."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from measures.compute.values import Reading, ReleasedFile
from measures.definitions.schema import CountSource, Measure
from measures.models.figures import Figure
from measures.stats.periods import Period

# The figures of one source and category, by the days they are about.
Readings = dict[Period, Reading]


class KnownFigures:
    """The figures of an area as they were known at a moment."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._readings: dict[tuple[str, str], Readings] = defaultdict(dict)
        for reading in readings:
            self._readings[reading.source, reading.category][reading.period] = reading

    def of(self, source: CountSource) -> Readings:
        """What is known of one category of one source."""
        return self._readings.get((source.source, source.category), {})


def known_figures(measures: Iterable[Measure], *, area: str, as_of: datetime) -> KnownFigures:
    """The figures that these measures may use, as known at `as_of`, in one query."""
    wanted = {(one.source, one.category) for measure in measures for one in measure.count}
    figures = Figure.objects.filter(
        series__area_id=area,
        series__source__in={source for source, _ in wanted},
        series__category__in={category for _, category in wanted},
        known__contains=as_of,
    ).select_related("series", "release")
    return KnownFigures(_reading(figure) for figure in figures)


def _reading(figure: Figure) -> Reading:
    release = figure.release
    return Reading(
        period=Period(figure.starts, figure.ends),
        value=figure.value,
        category=figure.series.category,
        label=figure.label,
        where=figure.where,
        note=figure.note,
        file=ReleasedFile(
            source=release.source,
            publisher=release.publisher,
            title=release.title,
            licence=release.licence,
            file_name=release.file_name,
            sha256=release.sha256,
            released=release.released_at,
        ),
    )

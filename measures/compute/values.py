"""What a measure was in a period: a count or a share with its origin, withheld, or not here."""

from dataclasses import dataclass
from datetime import date, datetime

from measures.definitions.schema import ComparatorKind, Measure
from measures.stats.compare import CountChange, ShareChange
from measures.stats.periods import Period
from measures.stats.suppression import PublishedShare
from measures.stats.values import Estimate, NotAvailable, Suppressed


@dataclass(frozen=True)
class ReleasedFile:
    """One published file that figures were read from."""

    source: str
    publisher: str
    title: str
    licence: str
    file_name: str
    sha256: str
    released: datetime


@dataclass(frozen=True)
class Reading:
    """One stored figure: the number, and the file, sheet and row that say so."""

    period: Period
    value: int
    category: str
    label: str
    where: str
    note: str
    file: ReleasedFile

    @property
    def source(self) -> str:
        return self.file.source


@dataclass(frozen=True)
class CountFound:
    """A count and the figures it is or adds up; all of them from one source."""

    period: Period
    estimate: Estimate
    readings: tuple[Reading, ...]

    @property
    def count(self) -> int:
        return int(self.estimate.value)


@dataclass(frozen=True)
class ExactShare:
    """The counts behind a share, for staff with the permission only.

    Of one `series`, whose question means the same throughout; `since` and `broke` are those of
    surveys.tally.shares.NetCount.
    """

    in_net: int
    answered: int
    synthetic: int
    series: int = 1
    since: date | None = None
    broke: str = ""


@dataclass(frozen=True)
class ShareFound:
    """A share as it may be published. `estimate` is None where only a bound is told.

    `since` is the month, by its first day, from which on answers count, where that is later than
    the period begins; `broke` says what changed then, "" where the question was new.
    """

    period: Period
    share: PublishedShare
    estimate: Estimate | None
    is_synthetic: bool
    since: date | None = None
    broke: str = ""


Value = CountFound | ShareFound | Suppressed | NotAvailable


@dataclass(frozen=True)
class Comparison:
    """What the measure was in another period, and the change since; None without two numbers."""

    kind: ComparatorKind
    period: Period
    value: Value
    change: CountChange | ShareChange | None


@dataclass(frozen=True)
class Result:
    """One measure in one area for a period, with its comparisons and the years known of it."""

    measure: Measure
    area: str
    period: Period
    current: Value
    comparisons: tuple[Comparison, ...]
    # Each year of which the store has a count, oldest first: what a chart draws.
    years: tuple[CountFound, ...]
    # Exact counts by "current", "previous-year" and "baseline": never to be published.
    exact: dict[str, ExactShare]

"""What a measure was in a period: a count or a share with its origin, withheld, or not here."""

from dataclasses import dataclass
from datetime import datetime

from measures.definitions.schema import ComparatorKind, Measure
from measures.stats.compare import CountChange, ShareChange
from measures.stats.periods import Period
from measures.stats.published import PublishedShare
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
class ResultsFile:
    """The release of a survey's results that a share was read from."""

    survey: str
    quarter: str
    released: datetime
    sha256: str


@dataclass(frozen=True)
class ShareFound:
    """A share as it was released, of the four quarters that `period` is.

    Two of one `series` can be compared: the question and the net meant the same throughout.
    `broke` says what changed when the series began, "" where nothing was asked before.
    """

    period: Period
    share: PublishedShare
    is_synthetic: bool
    release: ResultsFile
    series: int = 1
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
    """One measure in one area for a period, with its comparisons and the years known of it.

    The period of a share is that of the results it was read from: the newest four quarters that
    had ended by the statement's month.
    """

    measure: Measure
    area: str
    period: Period
    current: Value
    comparisons: tuple[Comparison, ...]
    # Each year of which the store has a count, oldest first: what a chart draws.
    years: tuple[CountFound, ...]

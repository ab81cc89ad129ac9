"""The share of a survey's answers that falls in a net: the door through which measures come in."""

from dataclasses import dataclass
from datetime import date

from surveys.models.versions import Version
from surveys.tally.cells import net_cells, positions
from surveys.tally.store import counts_by_cell, months_tallied, sum_of
from surveys.versions.compare import Segment, trend
from surveys.versions.read import definition_of


@dataclass(frozen=True)
class NetCount:
    """Exact counts: `in_net` of `answered`, of which `synthetic` were made by code.

    `answered` leaves missing codes out. Exact counts are for staff; what the public sees goes
    through the rules of disclosure first. Two counts can be compared only where their `series`
    is the same. `since` is the month, by its first day, in which the series began, where that is
    within the months counted: nothing before it is in the count. `broke` says what changed where
    the question was asked before in a way that can't be joined.
    """

    in_net: int
    answered: int
    synthetic: int
    series: int = 1
    since: date | None = None
    broke: str = ""


def count_net(survey: str, *, question: str, net: str, first: date, last: date) -> NetCount | None:
    """The net's count over the months from `first` to `last`, both given by their first day.

    Adds up the published versions that ask the question with the net and may be joined: those of
    the newest series that had begun by then. None where no version asks it.
    """
    segments = trend(survey, question, net=net)
    if not segments:
        return None
    begins = [_begins(segment, is_first=segment is segments[0]) for segment in segments]
    newest = max(i for i, month in enumerate(begins) if i == 0 or (month and month <= last))
    segment, month = segments[newest], begins[newest]
    found = [
        _count_in_version(version, question=question, net=net, first=first, last=last)
        for version in segment.versions
    ]
    is_within = month is not None and first < month <= last
    return NetCount(
        in_net=sum(count.in_net for count in found),
        answered=sum(count.answered for count in found),
        synthetic=sum(count.synthetic for count in found),
        series=segment.number,
        since=month if is_within else None,
        broke=segment.reason,
    )


def _begins(segment: Segment, *, is_first: bool) -> date | None:
    """The month in which a series begins, by its first day; None where that is not known.

    Answers that were brought in from elsewhere may be older than the publication. A series with
    nothing before it then began who knows when; another began with the first of its answers.
    """
    published = segment.begins.replace(day=1)
    answered = months_tallied(*segment.versions)
    if answered is None or answered[0] >= published:
        return published
    return None if is_first else answered[0]


def _count_in_version(
    version: Version, *, question: str, net: str, first: date, last: date
) -> NetCount:
    wanted = net_cells(definition_of(version), question, net)
    counts = counts_by_cell(version, first=first, last=last)
    answered = sum_of(counts, positions(version.cells, [question]))
    in_net = sum_of(counts, positions(version.cells, wanted))
    return NetCount(in_net=in_net.n, answered=answered.n, synthetic=answered.synthetic)

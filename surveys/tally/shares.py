"""The share of a survey's answers that falls in a net: the door through which measures come in."""

from dataclasses import dataclass
from datetime import date

from surveys.models.versions import Version
from surveys.tally.cells import net_cells, positions
from surveys.tally.store import counts_by_cell, sum_of
from surveys.versions.read import definition_of


@dataclass(frozen=True)
class NetCount:
    """Exact counts: `in_net` of `answered`, of which `synthetic` were made by code.

    `answered` leaves missing codes out. Exact counts are for staff; what the public sees goes
    through the rules of disclosure first.
    """

    in_net: int
    answered: int
    synthetic: int


def count_net(survey: str, *, question: str, net: str, first: date, last: date) -> NetCount | None:
    """The net's count over the months from `first` to `last`, both given by their first day.

    Adds up all published versions that ask the question with the net; None where none does.
    """
    found = [
        _count_in_version(version, question=question, net=net, first=first, last=last)
        for version in Version.objects.filter(survey__slug=survey, published_at__isnull=False)
        if _asks(version, question, net)
    ]
    if not found:
        return None
    return NetCount(
        in_net=sum(count.in_net for count in found),
        answered=sum(count.answered for count in found),
        synthetic=sum(count.synthetic for count in found),
    )


def _asks(version: Version, question: str, net: str) -> bool:
    definition = definition_of(version)
    return question in definition.by_name and net in definition.nets


def _count_in_version(
    version: Version, *, question: str, net: str, first: date, last: date
) -> NetCount:
    wanted = net_cells(definition_of(version), question, net)
    counts = counts_by_cell(version, first=first, last=last)
    answered = sum_of(counts, positions(version.cells, [question]))
    in_net = sum_of(counts, positions(version.cells, wanted))
    return NetCount(in_net=in_net.n, answered=answered.n, synthetic=answered.synthetic)

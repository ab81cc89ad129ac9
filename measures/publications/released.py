"""That a statement was published: the months it tells of, and that its answers still count."""

from collections.abc import Iterator
from typing import Any

from measures.compute.inputs import exact_share
from measures.compute.run import comparator_period
from measures.definitions.loader import definitions
from measures.models.statements import Statement
from measures.publications.read import bundle_of
from measures.stats.periods import parse_month, year_ending
from surveys.tally.release import hold_totals, record_release

PUBLISHED = ("value", "bound")


def record_releases(statement: Statement, *, by: str) -> None:
    """Remembers the months of each survey that the statement tells totals of.

    From then on nobody can take back their answers of these months. What is withheld is no total.
    """
    bundle = bundle_of(statement)
    surveys = {row["number"]: row.get("survey") for row in bundle["sources"]}
    for value in _values(bundle):
        for origin in value.get("from", ()):
            survey = surveys[origin["source"]]
            if survey is not None and value["status"] in PUBLISHED:
                first = value.get("since") or value["period"]["starts"][: len("2022-11")]
                last = value["period"]["ends"][: len("2022-11")]
                record_release(survey, first=parse_month(first), last=parse_month(last), by=by)


def counts_fewer_now(statement: Statement) -> bool:
    """Whether fewer answers count by now than when the draft was built: some were taken back.

    Nothing is counted or taken back any more from here to the end of the caller's transaction.
    """
    hold_totals()
    period = year_ending(statement.period)
    for measure in definitions().measures:
        if measure.share is None:
            continue
        for name, drafted in statement.inputs.get(measure.slug, {}).items():
            at = period if name == "current" else comparator_period(measure, period, kind=name)
            now = exact_share(measure.share, at)
            if now is None or now.answered < drafted["answered"] or now.in_net < drafted["in_net"]:
                return True
    return False


def _values(bundle: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for measure in bundle["measures"]:
        yield measure["current"]
        for comparison in measure["comparisons"]:
            yield comparison["value"]

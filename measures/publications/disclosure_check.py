"""Everything released, attacked as anybody could: the cells, and what the API serves of them."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from django.test import RequestFactory
from django.urls import resolve, reverse

from measures.compute.released import ReleasedTable, read_tables
from measures.models.results import PublishedCell, PublishedTable
from measures.publications.csv_file import MARKERS
from measures.publications.true_counts import true_counts
from measures.publications.visitor_tables import visitor_table
from measures.stats.disclosure.allowed import Facts
from measures.stats.disclosure.gate import Finding, Progress, Verdict, gate
from measures.stats.disclosure.publish import ANSWERED
from surveys.tally.joined import published_of
from surveys.versions.read import definition_of

SUPPRESSED = PublishedCell.Status.SUPPRESSED
WITHHELD = MARKERS[SUPPRESSED]
NUMBERS = ("n", "share", "low", "high")
# Question, group and answer; then the status, each of the numbers, and the bound.
Where = tuple[str, str, str]
Shown = tuple[str, ...]


def check_everything(*, progress: Progress | None = None) -> Verdict:
    """The gate over all that was ever released, with the exact counts to score guesses by.

    A finding of the kind "served" is a number of the API that is not the published cell's.
    """
    released = read_tables(PublishedTable.objects.all())
    tables = [visitor_table(table) for table in released]
    facts = {slug: _facts(slug) for slug in sorted({table.survey for table in tables})}
    verdict = gate(tables, facts=facts, truth=true_counts(), progress=progress)
    served = tuple(_served_otherwise(released))
    return Verdict((*verdict.findings, *served), verdict.tables, verdict.attacked, verdict.guesses)


def _facts(survey: str) -> Facts:
    """All that any published version of the survey asked and may be split by."""
    definitions = [definition_of(version) for version in published_of(survey)]
    questions = {field.name for definition in definitions for field in definition.fields}
    breakdowns = {name for definition in definitions for name in definition.breakdowns}
    return Facts(survey, sorted(questions), sorted(breakdowns))


def _served_otherwise(released: Iterable[ReleasedTable]) -> Iterator[Finding]:
    """What the API says otherwise than the published cells, as JSON and as CSV."""
    together: dict[tuple[str, str, str], dict[str, ReleasedTable]] = defaultdict(dict)
    for table in released:
        together[table.release.survey, table.period, table.by][table.question] = table
    for (survey, period, by), tables in together.items():
        expected = {
            (question, group, answer): _shown(cell)
            for question, table in tables.items()
            for (group, answer), cell in table.cells.items()
        }
        for form, read in (("json", _from_json), ("csv", _from_csv)):
            body = _get(survey, {"period": period, "by": by, "format": form})
            served = dict(read(body))
            for place in sorted(expected.keys() | served.keys()):
                if served.get(place) != expected.get(place):
                    words = f"{' / '.join(place)}: served as {served.get(place)} in {form}"
                    yield Finding("served", f"{survey} {by} {period}", words)


def _shown(cell: PublishedCell) -> Shown:
    numbers = (cell.n, cell.share, cell.low, cell.high)
    return (str(cell.status), *("" if n is None else str(n) for n in numbers), cell.bound)


def _get(survey: str, asked: dict[str, str]) -> str:
    """What a visitor gets at the address of the results."""
    path = reverse("api-survey-results", args=[survey])
    view, args, kwargs = resolve(path)
    response = view(RequestFactory().get(f"{path}?{urlencode(asked)}"), *args, **kwargs)
    response.render()
    if response.status_code != 200:
        raise RuntimeError(f"{path} with {asked} answers {response.status_code}")
    return str(response.content.decode())


def _from_json(body: str) -> Iterator[tuple[Where, Shown]]:
    for table in json.loads(body)["tables"]:
        for group in table["groups"]:
            where = (table["question"], group["group"])
            yield (*where, ANSWERED), _base(group["base"], group["status"])
            for one in group["answers"]:
                numbers = ("" if one[name] is None else str(one[name]) for name in NUMBERS)
                yield (*where, one["answer"]), (one["status"], *numbers, one["bound"])


def _from_csv(body: str) -> Iterator[tuple[Where, Shown]]:
    for row in csv.DictReader(io.StringIO(body)):
        where, is_withheld = (row["question"], row["group"]), row["base"] == WITHHELD
        base = (None, SUPPRESSED) if is_withheld else (row["base"], PublishedCell.Status.PUBLISHED)
        yield (*where, ANSWERED), _base(*base)
        numbers = ("" if row[name] == WITHHELD else row[name] for name in NUMBERS)
        yield (*where, row["answer"]), (row["status"], *numbers, row["bound"])


def _base(n: object, status: str) -> Shown:
    return (str(status), "" if n is None else str(n), *[""] * len(NUMBERS))

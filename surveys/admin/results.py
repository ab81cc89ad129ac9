"""What the tallies of a version say, as tables for staff with the permission: exact counts."""

from dataclasses import dataclass
from datetime import date

from surveys.definitions.schema import Definition
from surveys.models.versions import Version
from surveys.questions.base import Question, said
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.typed import TypedQuestion
from surveys.tally.cells import net_cells, positions
from surveys.tally.store import Count, counts_by_cell, months_tallied, sum_of, waiting
from surveys.versions.read import definition_of


@dataclass(frozen=True)
class Row:
    """One option: how many chose it, and the share of those who answered (0 to 100)."""

    label: str
    n: int
    percent: float | None
    is_net: bool = False


@dataclass(frozen=True)
class Table:
    """One question; `skipped` are the responses with no answer of any kind to it."""

    name: str
    question: str
    stage: str
    answered: int
    skipped: int
    rows: list[Row]


@dataclass(frozen=True)
class Results:
    """Everything that the results page shows of one version."""

    responses: Count
    waiting: int
    months: tuple[date, date] | None
    tables: list[Table]


def results_of(version: Version) -> Results:
    """The counts of all months of a version, by question."""
    definition = definition_of(version)
    counts = counts_by_cell(version)
    language = definition.languages[0]
    tables = [
        _table(version, definition, question, counts, language)
        for question in definition.fields
        if question.cells()
    ]
    return Results(
        responses=counts.get(0, Count()),
        waiting=waiting(version),
        months=months_tallied(version),
        tables=tables,
    )


def _table(
    version: Version,
    definition: Definition,
    question: Question,
    counts: dict[int, Count],
    language: str,
) -> Table:
    def count(*cells: str) -> int:
        return sum_of(counts, positions(version.cells, cells)).n

    answered = count(question.name)
    rows = [
        Row(label, n := count(cell), 100 * n / answered if answered else None)
        for label, cell in _value_cells(question, language)
    ]
    for name, net in definition.nets.items():
        if isinstance(question, OptionsQuestion) and question.list == net.list:
            n = count(*net_cells(definition, question.name, name))
            percent = 100 * n / answered if answered else None
            rows.append(Row(said(net.label, language), n, percent, is_net=True))
    missing = [
        Row(label, count(f"{question.name}~{code}"), None)
        for code, label in _missing_labels(question, language)
    ]
    return Table(
        name=question.name,
        question=said(question.ask, language),
        stage=(question.stage or "").replace("-", " "),
        answered=answered,
        skipped=count("") - answered - sum(row.n for row in missing),
        rows=rows + missing,
    )


def _value_cells(question: Question, language: str) -> list[tuple[str, str]]:
    """Label and cell of each counted value: options by label, numbers as they are."""
    prefix = f"{question.name}="
    values = [cell.removeprefix(prefix) for cell in question.cells() if cell.startswith(prefix)]
    if isinstance(question, OptionsQuestion):
        return [(question.label(value, language), prefix + value) for value in values]
    return [(value, prefix + value) for value in values]


def _missing_labels(question: Question, language: str) -> list[tuple[str, str]]:
    if isinstance(question, OptionsQuestion):
        # Those of a ranking stand beside its options.
        return [(code, question.label(code, language)) for code in question.missing_codes]
    boxes = question.missing if isinstance(question, TypedQuestion) else ()
    return [(box.missing, said(box.label, language)) for box in boxes if box.missing]

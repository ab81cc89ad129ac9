"""What the tallies of a version say, as tables for staff with the permission: exact counts."""

from dataclasses import dataclass
from datetime import date

from surveys.definitions.schema import Definition
from surveys.models.versions import Version
from surveys.questions.base import Question, said
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.typed import TypedQuestion
from surveys.tally.cells import net_cells, positions
from surveys.tally.store import (
    Count,
    counts_by_cell,
    months_tallied,
    set_aside_by_cell,
    sum_of,
    waiting,
)
from surveys.versions.read import definition_of


@dataclass(frozen=True)
class Row:
    """One option: how many chose it, and the share of those who answered (0 to 100).

    `n_with` and `percent_with` are the same if what is set aside counted too.
    """

    label: str
    n: int
    percent: float | None
    n_with: int
    percent_with: float | None
    is_net: bool = False


@dataclass(frozen=True)
class Table:
    """One question; `skipped` are the responses with no answer of any kind to it."""

    name: str
    question: str
    stage: str
    answered: int
    skipped: int
    answered_with: int
    skipped_with: int
    rows: list[Row]


@dataclass(frozen=True)
class Results:
    """Everything that the results page shows of one version."""

    responses: Count
    set_aside: int
    waiting: int
    months: tuple[date, date] | None
    tables: list[Table]


def results_of(version: Version) -> Results:
    """The counts of all months of a version, by question, without and with what is set aside."""
    definition = definition_of(version)
    counts, aside = counts_by_cell(version), set_aside_by_cell(version)
    tables = [
        _Counted(version, definition, question, counts, aside).table()
        for question in definition.fields
        if question.cells()
    ]
    return Results(
        responses=counts.get(0, Count()),
        set_aside=aside.get(0, Count()).n,
        waiting=waiting(version),
        months=months_tallied(version),
        tables=tables,
    )


@dataclass(frozen=True)
class _Counted:
    """One question with the counts that its table is made of."""

    version: Version
    definition: Definition
    question: Question
    counts: dict[int, Count]
    aside: dict[int, Count]

    def table(self) -> Table:
        question, language = self.question, self.definition.languages[0]
        answered, answered_with = self.both(question.name)
        rows = [self.row(label, cell) for label, cell in _value_cells(question, language)]
        rows += [
            self.row(said(net.label, language), *cells, is_net=True)
            for name, net in self.definition.nets.items()
            if isinstance(question, OptionsQuestion) and question.list == net.list
            for cells in [net_cells(self.definition, question.name, name)]
        ]
        missing = [
            self.row(label, f"{question.name}~{code}", has_share=False)
            for code, label in _missing_labels(question, language)
        ]
        everyone, everyone_with = self.both("")
        return Table(
            name=question.name,
            question=said(question.ask, language),
            stage=(question.stage or "").replace("-", " "),
            answered=answered,
            skipped=everyone - answered - sum(row.n for row in missing),
            answered_with=answered_with,
            skipped_with=everyone_with - answered_with - sum(row.n_with for row in missing),
            rows=rows + missing,
        )

    def row(self, label: str, *cells: str, is_net: bool = False, has_share: bool = True) -> Row:
        (n, n_with), (of, of_with) = self.both(*cells), self.both(self.question.name)
        return Row(
            label=label,
            n=n,
            percent=100 * n / of if has_share and of else None,
            n_with=n_with,
            percent_with=100 * n_with / of_with if has_share and of_with else None,
            is_net=is_net,
        )

    def both(self, *cells: str) -> tuple[int, int]:
        """How many are in these cells together: without what is set aside, and with it."""
        at = positions(self.version.cells, cells)
        n = sum_of(self.counts, at).n
        return n, n + sum_of(self.aside, at).n


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

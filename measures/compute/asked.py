"""Some questions as the versions that may be joined ask them, counted in one look."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from measures.compute.columns import Column, columns_of
from measures.compute.counts import Counts, cells_of
from measures.compute.weighting import Weighting, weigh
from measures.figures.margins import populations_of
from measures.stats.values import NotAvailable
from surveys.tally.periods import Span
from surveys.tally.read import read_counts
from surveys.tally.tabulated import Tabulation, stratum_words, tabulated
from surveys.versions.read import definition_of

AS_THEY_CAME = NotAvailable("shown as the answers came, without weights")


@dataclass(frozen=True)
class AskedIn:
    """What came of the questions in one span: the columns of each, everyone's first."""

    columns: Mapping[str, tuple[Column, ...]]
    weighting: Weighting | NotAvailable
    synthetic: int


@dataclass(frozen=True)
class Asked:
    """Questions of a survey, by their field names, and the versions that ask them alike."""

    survey: str
    versions: tuple[Any, ...]
    questions: tuple[str, ...]

    @cached_property
    def layouts(self) -> dict[str, Tabulation]:
        return {question: tabulated(self.definition, question) for question in self.questions}

    @cached_property
    def definition(self) -> Any:
        """That of the newest of the versions."""
        return definition_of(self.versions[-1])

    def layout(self, question: str) -> Tabulation:
        return self.layouts[question]

    def counted(
        self, spans: Sequence[Span], *, is_weighted: bool, by: str | None = None
    ) -> Iterator[AskedIn]:
        """What came of the questions in each span."""
        cells = dict.fromkeys(cell for one in self.layouts.values() for cell in cells_of(one))
        found = read_counts(self.versions, list(cells), spans=spans, by=by)
        words = stratum_words(self.versions[-1], found.strata_fields)
        populations = populations_of(self.survey) if is_weighted else []
        for i, span in enumerate(spans):
            counts = {name: Counts.of(found, i, one) for name, one in self.layouts.items()}
            weighting: Weighting | NotAvailable = AS_THEY_CAME
            if is_weighted:
                # Of the same people whatever the question.
                strata = next(iter(counts.values())).strata
                weighting = weigh(self.survey, span, strata, labels=words, populations=populations)
            weights = weighting if isinstance(weighting, Weighting) else None
            yield AskedIn(
                columns={
                    name: columns_of(counts[name], layout, weights, self.definition.design)
                    for name, layout in self.layouts.items()
                },
                weighting=weighting,
                synthetic=int(found.synthetic[i].sum()),
            )

"""Whether tables may be released, judged by what they and all earlier ones tell together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from measures.stats.disclosure.allowed import Facts
from measures.stats.disclosure.attack import ContradictionError, too_narrow
from measures.stats.disclosure.form import misshapen
from measures.stats.disclosure.posterior import Guessed, Truth, guess, total
from measures.stats.disclosure.rules import FEWEST_GUESSES, MOST_HITS_OVER_PRIOR
from measures.stats.disclosure.systems import Ceiling, System, systems_of
from measures.stats.disclosure.tables import Table

Kind = Literal["closed set", "rule", "frozen", "bounds", "contradiction", "guesses", "served"]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Finding:
    """One reason why the gate is red, in words; `table` says where."""

    kind: Kind
    table: str
    words: str

    def __str__(self) -> str:
        return f"{self.table}: {self.words}"


@dataclass(frozen=True)
class Verdict:
    """What the attacks found, and how much they looked at."""

    findings: tuple[Finding, ...]
    tables: int = 0
    attacked: int = 0
    guesses: Mapping[str, Guessed] = field(default_factory=dict)

    @property
    def is_green(self) -> bool:
        return not self.findings


def gate(
    candidate: Sequence[Table],
    earlier: Iterable[Table] = (),
    *,
    facts: Mapping[str, Facts] | None = None,
    ceilings: Mapping[str, Sequence[Ceiling]] | None = None,
    truth: Truth | None = None,
    proved: set[bytes] | None = None,
    progress: Progress | None = None,
) -> Verdict:
    """Whether the candidate's tables may stand beside all earlier ones.

    Red where a table is outside the closed set or not of the form that the rules give it, where a
    period was released before, where linear programming bounds a withheld or small count to fewer
    than 5 people between least and most, and, if the `truth` is at hand, where guessing the
    likeliest count is right 10 percentage points more often than without the tables (of 100 small
    counts or more, since of fewer that is chance). `facts` and `ceilings` are by survey; without
    facts the declared breakdowns are not checked. `proved` is what too_narrow() remembers of an
    attack on the same tables a moment ago.
    """
    tables = [*earlier, *candidate]
    found = [Finding(kind, table.name, words) for kind, table, words in misshapen(tables, facts)]
    systems = [
        system
        for survey in sorted({table.survey for table in candidate})
        for system in systems_of(
            [table for table in tables if table.survey == survey], (ceilings or {}).get(survey, ())
        )
    ]
    for i, system in enumerate(systems):
        found += _attacked(system, proved)
        if progress:
            progress(i + 1, len(systems))
    guesses = _guesses(systems, truth) if truth else {}
    found += _lucky(guesses)
    attacked = sum(len(system.targets) for system in systems)
    return Verdict(tuple(dict.fromkeys(found)), len(tables), attacked, guesses)


def _attacked(system: System, proved: set[bytes] | None) -> Iterator[Finding]:
    try:
        for one in too_narrow(system, proved=proved):
            yield Finding("bounds", one.target.table.name, one.in_words)
    except ContradictionError:
        words = "no counts at all agree with everything published of this question"
        yield Finding("contradiction", system.tables[-1].name, words)


def _guesses(systems: Sequence[System], truth: Truth) -> dict[str, Guessed]:
    """By survey: a few lucky guesses in one table are chance."""
    surveys = {system.tables[0].survey for system in systems}
    return {
        survey: total([guess(s, truth) for s in systems if s.tables[0].survey == survey])
        for survey in sorted(surveys)
    }


def _lucky(guesses: Mapping[str, Guessed]) -> Iterator[Finding]:
    for survey, guessed in guesses.items():
        if guessed.counts >= FEWEST_GUESSES and guessed.gain >= MOST_HITS_OVER_PRIOR:
            words = (
                f"of {guessed.counts} small counts {guessed.after} are guessed exactly, "
                f"{guessed.before} without the tables"
            )
            yield Finding("guesses", survey, words)

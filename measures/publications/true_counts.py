"""How many people there truly were behind what was told, to score the attacker's guesses by."""

from functools import lru_cache

from measures.stats.disclosure.posterior import Truth
from measures.stats.disclosure.publish import is_of_base
from measures.stats.disclosure.systems import EVERYONE, NOT_STATED, REST, Months, System
from surveys.tally.joined import published_of
from surveys.tally.periods import month_span
from surveys.tally.read import read_counts


def true_counts() -> Truth:
    """How many people there are behind each unknown of a system, as tallied today."""
    # A system asks for all of its unknowns in a row: they are read together.
    counted = lru_cache(maxsize=1)(_counted)

    def count(system: System, group: str, months: Months, answer: str) -> int:
        table = max(system.tables, key=lambda table: table.by)
        found = counted(table.survey, table.question, table.by, system.times, system.atoms)
        by_group = found[months, answer]
        if group != NOT_STATED:
            return by_group.get(group, 0)
        named = {one for one in system.groups if one not in (NOT_STATED, EVERYONE)}
        return sum(n for one, n in by_group.items() if one not in named)

    return count


def _counted(
    survey: str, question: str, by: str, times: tuple[Months, ...], atoms: tuple[str, ...]
) -> dict[tuple[Months, str], dict[str, int]]:
    """By stretch of time and answer: how many people of each group."""
    cells = [question, *(_cell(question, atom) for atom in atoms if atom != REST)]
    months = sorted(frozenset().union(*times))
    spans = [month_span(month) for month in months]
    found = read_counts(published_of(survey), cells, spans=spans, by=by or None)
    n = found.n.sum(axis=2)
    # "Everyone else" are all who answered but those of the one answer that is told apart.
    of_atom = [
        n[:, :, 0] - n[:, :, 1:].sum(axis=2)
        if atom == REST
        else n[:, :, cells.index(_cell(question, atom))]
        for atom in atoms
    ]
    return {
        (stretch, atom): dict(
            zip(found.groups, one[[m in stretch for m in months]].sum(axis=0).tolist(), strict=True)
        )
        for stretch in times
        for atom, one in zip(atoms, of_atom, strict=True)
    }


def _cell(question: str, answer: str) -> str:
    """The counter of an answer."""
    return f"{question}={answer}" if is_of_base(answer) else f"{question}{answer}"

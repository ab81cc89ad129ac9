"""How the cases of a survey's sample ended: from a file or a form, kept by quarter and mode."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from measures.figures.csv_rows import Line, read_lines
from measures.figures.parsed import Unreadable
from measures.models.weighting import Disposition
from measures.stats.rates import outcome_of
from surveys.models.audit import record
from surveys.models.versions import Survey
from surveys.tally.periods import QUARTER, quarter_span
from surveys.versions.read import current_version, definition_of

COLUMNS = ("quarter", "mode", "code", "n")
# How people are asked, by the code that is stored.
MODES = {"phone": "Telephone", "web": "Online", "paper": "Paper", "person": "Face to face"}
# Far above any office's sample, and what the column holds.
MOST_CASES = 1_000_000_000


@dataclass(frozen=True)
class Ended:
    """So many cases of a quarter and mode ended with this final disposition."""

    quarter: str
    mode: str
    code: str
    n: int


@dataclass(frozen=True)
class Stored:
    """What an import stored: the cases, the quarters and modes, and how many rows it replaced."""

    cases: int
    sets: tuple[tuple[str, str], ...]
    replaced: int


def parse_dispositions(content: bytes, file_name: str) -> tuple[Ended, ...]:
    """The rows of a CSV file with the columns quarter, mode, code and n.

    Raises Unreadable with every problem by line: a quarter that is none, an unknown mode, a code
    that the AAPOR standard has not, a number that is none, a row that comes twice.
    """
    rows: dict[tuple[str, str, str], Ended] = {}
    problems: list[str] = []
    for line in read_lines(content, file_name, columns=COLUMNS):
        found = _problems(line)
        key = (line.cells["quarter"], line.cells["mode"], line.cells["code"])
        if key in rows:
            found.append(f"{' '.join(key)} stands in an earlier line")
        problems += [f"{file_name}: line {line.number}: {problem}" for problem in found]
        if not found:
            rows[key] = Ended(*key, n=_count(line.cells["n"]) or 0)
    if problems:
        raise Unreadable(problems)
    return tuple(rows.values())


def read_counts_typed(counts: Mapping[str, str], *, quarter: str, mode: str) -> tuple[Ended, ...]:
    """The rows that were typed into a form, a number by code; raises Unreadable as a file does."""
    lines = [
        Line(0, {"quarter": quarter, "mode": mode, "code": code, "n": n})
        for code, n in counts.items()
    ]
    problems = dict.fromkeys(problem for line in lines for problem in _problems(line))
    if not lines:
        problems["expected a number of cases for at least one outcome"] = None
    if problems:
        raise Unreadable(list(problems))
    return tuple(Ended(quarter, mode, code, _count(n) or 0) for code, n in counts.items())


@transaction.atomic
def store_dispositions(
    survey: Survey, rows: Sequence[Ended], *, actor: str, is_synthetic: bool = False
) -> Stored:
    """Keeps the rows; they take the place of all that was stored of the same quarters and modes.

    So a corrected file may be brought again, and bringing one twice changes nothing. Raises
    Unreadable for a survey that nobody is sampled for: it has no cases to have ended.
    """
    refuse_without_sample(survey)
    # Two at once would each take out the rows that it saw, and then meet in what both put in.
    Survey.objects.select_for_update().get(pk=survey.pk)
    sets = tuple(dict.fromkeys((row.quarter, row.mode) for row in rows))
    replaced = sum(
        Disposition.objects.filter(survey=survey, quarter=quarter, mode=mode).delete()[0]
        for quarter, mode in sets
    )
    Disposition.objects.bulk_create(
        Disposition(
            survey=survey,
            quarter=row.quarter,
            mode=row.mode,
            code=row.code,
            n=row.n,
            is_synthetic=is_synthetic,
            added_by=actor,
        )
        for row in rows
        # A code that nobody ended with needs no row.
        if row.n
    )
    stored = Stored(sum(row.n for row in rows), sets, replaced)
    record(
        actor,
        "store dispositions",
        subject=survey.slug,
        sets=[f"{quarter} {mode}" for quarter, mode in sets],
        cases=stored.cases,
        replaced=replaced,
    )
    return stored


def refuse_without_sample(survey: Survey) -> None:
    """Raises Unreadable where whoever wishes answers, so that there are no cases."""
    version = current_version(survey)
    if version is not None and definition_of(version).design == "self-selected":
        raise Unreadable(
            [
                f"{survey.slug}: nobody is sampled for it, so no cases can have ended: response "
                "rates are of surveys with a sample"
            ]
        )


def quarter_ends(key: str) -> date:
    """The first day of a quarter's last month. Raises ValueError where it is none."""
    found = QUARTER.fullmatch(key)
    if not found or not int(found["year"]):
        raise ValueError(f"{key!r} is no quarter; expected one such as 2022-Q4")
    return quarter_span(date(int(found["year"]), 3 * int(found["quarter"]), 1)).last


def _problems(line: Line) -> list[str]:
    found = []
    for check in (quarter_ends, outcome_of):
        try:
            check(line.cells["quarter" if check is quarter_ends else "code"])
        except ValueError as error:
            found.append(str(error))
    if line.cells["mode"] not in MODES:
        found.append(f"mode {line.cells['mode']!r}: expected {', '.join(MODES)}")
    if _count(line.cells["n"]) is None:
        found.append(f"n {line.cells['n']!r}: expected a whole number of cases, such as 412")
    return found


def _count(text: str) -> int | None:
    plain = text.replace(",", "")
    is_number = plain.isascii() and plain.isdecimal() and len(plain) < 11
    return int(plain) if is_number and int(plain) <= MOST_CASES else None

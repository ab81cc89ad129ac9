"""How many forms load whole, how many in part, and why the others do not: a table in Markdown."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from surveys.definitions.importing import Trouble
from surveys.definitions.xlsform.loading import import_sheets
from surveys.definitions.xlsform.notes import XlsformError
from surveys.definitions.xlsform.reading import read_sheets
from surveys.definitions.xlsform.workbook import read_workbook

ENDINGS = (".xls", ".xlsx")
# Reasons that are told of one form; the rest are counted.
MOST_REASONS = 6
NAMES = re.compile(r"\$\{[^}]*\}|'[^']*'")


@dataclass(frozen=True)
class Tried:
    """One form: what became of it, of how many rows that ask something, and for which reasons."""

    file: str
    outcome: str
    asked: int = 0
    carried: int = 0
    reasons: tuple[tuple[str, int], ...] = ()


def try_form(path: Path) -> Tried:
    """What becomes of a form in a file."""
    try:
        sheets = read_workbook(path.read_bytes(), path.name)
        read = read_sheets(sheets, path.name)
        troubles = read.notes.troubles
    except XlsformError as error:
        return Tried(path.name, "refused", reasons=_reasons(error.troubles))
    try:
        import_sheets(sheets, file_name=path.name, lenient=True)
    except XlsformError as error:
        return Tried(path.name, "refused", read.asked, reasons=_reasons(error.troubles))
    outcome = "leniently" if troubles else "whole"
    return Tried(path.name, outcome, read.asked, read.carried, _reasons(troubles))


def try_folder(folder: Path) -> list[Tried]:
    """What becomes of all forms in a folder, by name."""
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)
    return [try_form(path) for path in paths]


def as_table(tried: Iterable[Tried]) -> str:
    """The table, with the fractions beneath it."""
    all_tried = list(tried)
    lines = [
        "| form | loads | rows carried | what is refused, or with `--lenient` left out |",
        "|---|---|---|---|",
        *(_line(one) for one in all_tried),
        "",
        *_sums(all_tried),
    ]
    return "\n".join(lines) + "\n"


def _line(one: Tried) -> str:
    told = [f"{reason} ({n})" if n > 1 else reason for reason, n in one.reasons[:MOST_REASONS]]
    if len(one.reasons) > MOST_REASONS:
        told.append(f"and {sum(n for _, n in one.reasons[MOST_REASONS:])} more")
    of = f"{one.carried} of {one.asked}" if one.asked else "–"
    return f"| {one.file} | {one.outcome} | {of} | {'; '.join(told)} |"


def _sums(tried: list[Tried]) -> list[str]:
    by_outcome = Counter(one.outcome for one in tried)
    asked, carried = sum(one.asked for one in tried), sum(one.carried for one in tried)
    words = {"whole": "whole", "leniently": "with `--lenient` only", "refused": "not at all"}
    found = [
        f"- {by_outcome[outcome]} of {len(tried)} ({_share(by_outcome[outcome], len(tried))}) load"
        f" {words[outcome]}."
        for outcome in words
    ]
    found.append(f"- {carried} of {asked} rows ({_share(carried, asked)}) are carried.")
    return found


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "–"


def _reasons(troubles: Iterable[Trouble]) -> tuple[tuple[str, int], ...]:
    """Reasons without what is different in each place, the most frequent first."""
    found = Counter(_general(trouble.message) for trouble in troubles)
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _general(message: str) -> str:
    plain = NAMES.sub("…", message).partition(":")[0]
    return re.sub(r"\s+", " ", plain).replace("|", "/")

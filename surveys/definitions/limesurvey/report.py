"""How much of each LimeSurvey file of a folder can be carried over, as a table in Markdown."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from surveys.definitions.importing import Trouble
from surveys.definitions.limesurvey.read import LimeSurveyError, read_limesurvey
from surveys.definitions.schema import Definition

HEADINGS = ("File", "Loads whole", "Leniently: pages", "Questions", "Left out", "What, how often")
# Of the things that are left out, so many kinds are named.
NAMED = 5


@dataclass(frozen=True)
class Outcome:
    """What became of one file; no pages means that it is no survey at all."""

    file: str
    is_whole: bool
    pages: int
    questions: int
    troubles: tuple[Trouble, ...]

    def cells(self) -> tuple[str, ...]:
        named = Counter(_kind(trouble) for trouble in self.troubles).most_common(NAMED)
        what = ", ".join(f"{kind} {n}" for kind, n in named)
        whole = "yes" if self.is_whole else "no"
        counts = (str(self.pages), str(self.questions), str(len(self.troubles)))
        return (self.file, whole, *counts, what or "nothing")


def outcomes(folder: Path) -> Iterator[Outcome]:
    """What becomes of each `.lss` and `.lss.gz` in a folder, in the order of their names."""
    for path in sorted([*folder.glob("*.lss"), *folder.glob("*.lss.gz")]):
        yield outcome(path.name, path.read_bytes())


def outcome(file: str, data: bytes) -> Outcome:
    """What becomes of one file, first as it stands and then leniently."""
    try:
        imported = read_limesurvey(data, file_name=file, lenient=True)
    except LimeSurveyError as error:
        return Outcome(file, False, 0, 0, error.troubles)
    definition = Definition.model_validate(imported.data)
    return Outcome(
        file,
        is_whole=not imported.dropped,
        pages=len(definition.pages),
        questions=len(definition.questions),
        troubles=imported.dropped,
    )


def table(found: list[Outcome]) -> str:
    """The outcomes as a table, and beneath it how many files load whole."""
    rows = [HEADINGS, tuple("---" for _ in HEADINGS), *(one.cells() for one in found)]
    whole = sum(one.is_whole for one in found)
    stored = sum(one.pages > 0 for one in found)
    verb = "loads" if whole == 1 else "load"
    told = f"{len(found)} files: {whole} {verb} whole, {stored - whole} more leniently."
    return "\n".join([*("| " + " | ".join(row) + " |" for row in rows), "", told])


def _kind(trouble: Trouble) -> str:
    """The part of a question that a trouble is about, such as `text` or `array_filter`."""
    _, _, part = trouble.place.rpartition(", ")
    return part.partition(" ")[0] if part != trouble.place else "the file"

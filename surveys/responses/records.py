"""The records of one version, a line of CSV each: what all files of records are made from.

PostgreSQL writes the lines, since taking each answer out of its JSON in Python costs three times
as much. Codes, numbers, dates and times hold no character that CSV would have to quote; what people
wrote in their own words is opened, quoted and put at the end of the line.

Not in any record: what did not count (set aside, refused, taken back), the secret record key, when
it was sent (the lines are in the order of their random ids), and how the person can be reached.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from surveys.definitions.schema import Definition
from surveys.definitions.surfaces.codebook import Variable, codebook
from surveys.definitions.surfaces.codebook_csv import FORMULAS
from surveys.models.responses import OwnWords, Response
from surveys.models.versions import Version
from surveys.versions.read import definition_of

# What stands before the answers.
ABOUT = ("response_id", "version", "wave", "month", "language", "channel", "synthetic")
LINE_END = "\r\n"
BLOCK = 20_000
# Fewer at a time where words have to be found and opened.
BLOCK_WITH_WORDS = 2_000
# A cell that begins with one of these is run by spreadsheets (OWASP, CSV Injection).
RUN = frozenset([*FORMULAS, "\n", "＝", "＋", "－", "＠"])  # noqa: RUF001  # the wide forms are meant

LINES = """
SELECT array_to_string(ARRAY[
    id::text, %s, {wave}, to_char(period, 'YYYY-MM'), language, channel,
    CASE WHEN is_synthetic THEN 'yes' ELSE 'no' END{cells}
], ',', ''){words}
FROM surveys_response WHERE version_id = %s AND standing = 'counts' ORDER BY id
"""
WAVE = """CASE WHEN wave <> '' THEN '"' || replace(wave, '"', '""') || '"' END"""
NEUTRAL_WAVE = WAVE.replace("replace(wave,", r"replace(regexp_replace(wave, '^(\W)', '''\1'),")
GIVEN = "answers->>%s"
GIVEN_OR_MISSING = """
CASE jsonb_typeof(answers->%s) WHEN 'object' THEN answers->%s->>'missing' ELSE answers->>%s END
"""
# Codes are letters, digits, - and _, so nothing of theirs is lost.
SEVERAL = """
CASE jsonb_typeof(answers->%s)
WHEN 'array' THEN replace(translate((answers->%s)::text, '[]" ', ''), ',', ';')
ELSE coalesce(answers->%s->>'missing', answers->>%s) END
"""


@dataclass(frozen=True)
class Records:
    """Whose records, and their columns; those of own words, if they come along, stand last."""

    version: Version
    definition: Definition
    coded: tuple[Variable, ...]
    words: tuple[Variable, ...] = ()

    @property
    def variables(self) -> tuple[Variable, ...]:
        return (*self.coded, *self.words)

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.about.values(), *(variable.name for variable in self.variables))

    @property
    def about(self) -> dict[str, str]:
        return about_columns(self.definition)

    def count(self) -> int:
        """How many there are."""
        counting = Response.Standing.COUNTS
        return Response.objects.filter(version=self.version, standing=counting).count()


def records_of(version: Version, *, with_words: bool = False) -> Records:
    """The records of a version, not read yet."""
    definition = definition_of(version)
    kept = [v for v in codebook(definition, definition.languages[0]) if not v.is_contact]
    words = tuple(variable for variable in kept if variable.is_own_words)
    coded = tuple(variable for variable in kept if not variable.is_own_words)
    return Records(version, definition, coded, words if with_words else ())


def about_columns(definition: Definition) -> dict[str, str]:
    """What each of ABOUT is called: `_month` in a survey that has a question called `month`."""
    return {name: f"_{name}" if name in definition.by_name else name for name in ABOUT}


def header(records: Records) -> str:
    """The first line: the name of each column."""
    return ",".join(records.columns)


def read_lines(records: Records, *, neutral: bool) -> Generator[list[str]]:
    """All records as of now, in blocks of lines, by a cursor in the caller's transaction.

    `neutral`: what a spreadsheet would run as a formula gets an apostrophe before it.
    """
    statement, values = _statement(records, neutral=neutral)
    with connection.cursor() as setting:
        # All rows are wanted, not the first few soon: by the index that would take far longer.
        setting.execute("SET LOCAL cursor_tuple_fraction = 1")
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        size = BLOCK_WITH_WORDS if records.words else BLOCK
        while rows := cursor.fetchmany(size):
            if records.words:
                yield _with_words(rows, records.words, neutral=neutral)
            else:
                yield [line for (line,) in rows]


def quoted(text: str, *, neutral: bool) -> str:
    """A text as a cell: quoted, and with an apostrophe before what would be run."""
    told = f"'{text}" if neutral and text[:1] in RUN else text
    return '"' + told.replace('"', '""') + '"'


def _statement(records: Records, *, neutral: bool) -> tuple[str, list[str | int]]:
    values: list[str | int] = [str(records.version.number)]
    cells = ""
    for variable in records.coded:
        cell = _cell(variable)
        cells += f", {cell}"
        values += [variable.name] * cell.count("%s")
    words = ""
    if records.words:
        missing = ["answers->%s->>'missing'" for _ in records.words]
        words = f", id, ARRAY[{', '.join(missing)}]"
        values += [variable.name for variable in records.words]
    wave = NEUTRAL_WAVE if neutral else WAVE
    return LINES.format(wave=wave, cells=cells, words=words), [*values, records.version.pk]


def _cell(variable: Variable) -> str:
    if variable.type in ("codes", "ranked codes"):
        return SEVERAL
    return GIVEN_OR_MISSING if any(code.is_missing for code in variable.codes) else GIVEN


def _with_words(
    rows: Sequence[tuple[str, UUID, list[str | None]]],
    words: Sequence[Variable],
    *,
    neutral: bool,
) -> list[str]:
    """The lines with what was written, or with why nothing was, at their end.

    Raises CannotOpenError where the words of somebody are not as they were sealed.
    """
    names = [variable.name for variable in words]
    of_these = {"response__in": [row[1] for row in rows], "question__in": names}
    found = OwnWords.objects.filter(**of_these)
    written = {(one.response_id, one.question): one.read() for one in found}
    lines = []
    for line, key, missing in rows:
        cells = [line]
        for name, code in zip(names, missing, strict=True):
            text = written.get((key, name))
            cells.append((code or "") if text is None else quoted(text, neutral=neutral))
        lines.append(",".join(cells))
    return lines

"""Responses that were given elsewhere, stored like any others: all of a file or nothing of it.

They are cleaned as those that are sent here and become the same rows. A response with a
`response_id` is stored once, however often the file comes: its own id is worked out of that, by a
key, so that nobody who knows the one can look the other up. What was erased since comes back, as
nothing is left of it that would tell.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from surveys.definitions.counters import LONDON
from surveys.models.audit import record
from surveys.models.beside import Progress
from surveys.models.codes import lookups
from surveys.models.months import first_month_kept, this_month
from surveys.models.responses import OwnWords, Response
from surveys.models.tallies import ClosedMonth
from surveys.models.versions import Version
from surveys.questions.base import Question
from surveys.questions.wrong import WrongAnswerError
from surveys.responses.answers import Cleaned, clean_answers
from surveys.responses.import_file import CannotImportError, Problems, Row, read_rows
from surveys.responses.submit import make_response, own_words, store_all
from surveys.versions.read import definition_of

BATCH = 1_000
CHANNEL = Response.Channel.IMPORT.value
LONGEST_ID = 200
LONGEST_WAVE = 40
# Any constant does: whoever has it is the one that imports.
IMPORT_LOCK = 7_205_765


@dataclass(frozen=True)
class Imported:
    """How many were stored, how many were there already, and answers dropped off their path.

    `months` are those of the answers that were stored, with how many there are of each.
    """

    stored: int
    known: int
    dropped: int
    months: Counter[date]


@transaction.atomic
def import_responses(version: Version, file: Path, *, actor: str, tell: Progress) -> Imported:
    """Stores what the file holds for a published version; raises CannotImportError."""
    if version.state != "published":
        raise CannotImportError([f"{version} is {version.state}: only a published one has answers"])
    with connection.cursor() as cursor:
        # One at a time: two of the same file would both find that nothing of it is there.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    problems = Problems(file)
    storing = _Storing(version, problems)
    rows = read_rows(file, storing.definition, problems)
    total, seen = _lines_in(file), 0
    while batch := list(islice(rows, BATCH)):
        storing.take(batch)
        seen += len(batch)
        tell(min(seen, total - 1), total)
    problems.check()
    tell(total, total)
    done = storing.done()
    record(
        actor,
        "import responses",
        subject=str(version),
        stored=done.stored,
        known=done.known,
        dropped=done.dropped,
    )
    return done


@dataclass
class _Storing:
    """One file on its way in. Once something is wrong with it, the rest is only looked at."""

    version: Version
    problems: Problems
    lines: dict[UUID, int] = field(default_factory=dict)
    # What a response may be stored under since an earlier key of the service, and is called now.
    earlier: dict[UUID, UUID] = field(default_factory=dict)
    months: Counter[date] = field(default_factory=Counter)
    known: int = 0
    dropped: int = 0

    def __post_init__(self) -> None:
        self.definition = definition_of(self.version)
        closed = ClosedMonth.objects.filter(version=self.version)
        self.closed = frozenset(closed.values_list("period", flat=True))
        self.first, self.last = first_month_kept(settings.RESPONSE_MONTHS), this_month()

    def take(self, rows: list[Row]) -> None:
        """Stores the rows that are not there already, if nothing is wrong so far."""
        made = {id_: both for row in rows if (both := self._made(row)) for id_ in [both[0].id]}
        known = self._known(made)
        if self.problems.count:
            return
        new = [both for id_, both in made.items() if id_ not in known]
        store_all([response for response, _ in new], [one for _, written in new for one in written])
        self.months.update(response.period for response, _ in new)
        self.known += len(known)
        self.dropped += sum(response.dropped for response, _ in new)

    def done(self) -> Imported:
        return Imported(self.months.total(), self.known, self.dropped, self.months)

    def _made(self, row: Row) -> tuple[Response, list[OwnWords]] | None:
        """The row as it would be stored, with its own words; None where something is wrong."""
        before = self.problems.count
        month, language = self._month(row), self._language(row)
        self._check_about(row)
        cleaned = self._cleaned(row, month)
        id_ = self._id(row)
        if self.problems.count > before:
            return None
        at = datetime.combine(month, time(12), LONDON)
        response = make_response(self.version, cleaned, language=language, channel=CHANNEL, at=at)
        response.id, response.wave = id_, row.about["wave"]
        response.is_synthetic = row.about["synthetic"] == "yes"
        return response, own_words(response, cleaned.answers)

    def _known(self, made: dict[UUID, tuple[Response, list[OwnWords]]]) -> set[UUID]:
        """Those that are stored already; what is stored with other answers is a problem."""
        called = {id_: id_ for id_ in made}
        called |= {id_: now for id_, now in self.earlier.items() if now in made}
        stored = Response.objects.filter(pk__in=called).only("id", "version_id", "answers")
        known = set()
        for there in stored:
            id_ = called[there.pk]
            same = made[id_][0]
            known.add(id_)
            if (there.version_id, there.answers) != (same.version_id, same.answers):
                line = self.lines[id_]
                self.problems.add(line, "response_id", "is stored already with other answers")
        self.earlier.clear()
        return known

    def _id(self, row: Row) -> UUID:
        """What the response is stored under: always the same where the file has an id for it."""
        given = row.about["response_id"]
        if not given:
            return uuid4()
        if len(given) > LONGEST_ID:
            self._wrong(row, "response_id", f"expected at most {LONGEST_ID} characters")
            return uuid4()
        id_, *earlier = _ids_of(self.version.survey.slug, given)
        if id_ in self.lines:
            self._wrong(row, "response_id", f"stands in line {self.lines[id_]} too")
        self.lines.setdefault(id_, row.line)
        self.earlier |= dict.fromkeys(earlier, id_)
        return id_

    def _month(self, row: Row) -> date:
        given = row.about["month"]
        if not given:
            return self.last
        try:
            month = date.fromisoformat(f"{given}-01")
        except ValueError:
            self._wrong(row, "month", f"expected a month such as 2022-11, found {given!r}")
            return self.last
        if month > self.last:
            self._wrong(row, "month", f"{given} has not begun")
            return self.last
        # Synthetic answers are kept for good, since nobody gave them.
        is_old = month < self.first and row.about["synthetic"] != "yes"
        if is_old or month in self.closed:
            self._wrong(row, "month", f"answers of {given} are not kept any more")
        return month

    def _language(self, row: Row) -> str:
        languages = self.definition.languages
        given = row.about["language"] or languages[0]
        if given not in languages:
            self._wrong(row, "language", f"expected {' or '.join(languages)}, found {given!r}")
        return given

    def _check_about(self, row: Row) -> None:
        number = row.about["version"]
        if number not in ("", str(self.version.number)):
            self._wrong(row, "version", f"expected {self.version.number}, found {number!r}")
        if row.about["synthetic"] not in ("", "yes", "no"):
            self._wrong(row, "synthetic", "expected yes or no: whether code made it")
        wave = row.about["wave"]
        if len(wave) > LONGEST_WAVE or not wave.isprintable():
            expected = f"expected at most {LONGEST_WAVE} characters that can be printed"
            self._wrong(row, "wave", expected)

    def _cleaned(self, row: Row, month: date) -> Cleaned:
        cleaned = clean_answers(self.definition, row.answers, today=self._day(month))
        for name, error in cleaned.wrong.items():
            self._wrong(row, name, _told(self.definition.by_name[name], error, row))
        if not cleaned.wrong and cleaned.stores_nothing:
            self._wrong(row, "", "these answers end the survey with nothing to store")
        return cleaned

    def _day(self, month: date) -> date:
        """The latest day on which it can have been given: a later date is no answer."""
        following = (month + timedelta(days=31)).replace(day=1)
        return min(following - timedelta(days=1), datetime.now(LONDON).date())

    def _wrong(self, row: Row, column: str, message: str) -> None:
        self.problems.add(row.line, column, message)


def _lines_in(file: Path) -> int:
    """About how many rows there are, for who waits: a cell may hold line ends of its own."""
    try:
        with file.open("rb") as counted:
            return max(sum(1 for _ in counted) - 1, 1)
    except OSError as error:
        raise CannotImportError([f"{file}: {error.strerror}"]) from None


def _ids_of(slug: str, given: str) -> list[UUID]:
    """The id of a response that a file calls `given`, then those by earlier keys of the service.

    Our own files call it by its id.
    """
    try:
        return [UUID(given)]
    except ValueError:
        found = lookups(f"{slug}/{given}", purpose="import")
        return [UUID(bytes=one[:16], version=4) for one in found]


def _told(field: Question, error: WrongAnswerError, row: Row) -> str:
    """What is wrong with an answer, for who can look into the file."""
    if error.reason == "unknown-code":
        known = ", ".join([*field.codes, *field.missing_codes])
        return f"expected one of {known}; found {error.values.get('code')!r}"
    if error.reason == "required":
        return "an answer is required here"
    return f"{error}; found {row.answers.get(field.name)!r}"

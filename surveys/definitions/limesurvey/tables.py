"""The tables of a LimeSurvey file: XML, perhaps packed, read without trusting a byte of it."""

import gzip
import io
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # no stubs
from defusedxml.sax import parseString  # type: ignore[import-untyped]  # no stubs

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
# The largest questionnaires are below 5 MB; a packed bomb is refused before it is whole.
MOST_BYTES = 40_000_000
MOST_ROWS = 100_000
# document, table, rows, row, column, and what an editor may have left inside a column.
DEEPEST = 40


class NotLimeSurveyError(Exception):
    """The bytes are no LimeSurvey survey; the text says what they are instead."""


@dataclass(frozen=True)
class Row:
    """One row of a table: texts by column, and the line where it begins."""

    line: int
    columns: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The text of a column, empty where the file has no such column."""
        return self.columns.get(column, "")

    def number(self, column: str) -> int:
        text = self[column].strip()
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@dataclass
class Tables:
    kind: str = ""
    languages: list[str] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def __getitem__(self, table: str) -> list[Row]:
        return self.rows.get(table, [])

    def first(self, table: str) -> Row:
        """The first row of a table, an empty one where there is none."""
        return next(iter(self[table]), Row(0, {}))

    def by(self, table: str, column: str) -> dict[str, list[Row]]:
        """The rows of a table by what stands in a column; not those where nothing does."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self[table]:
            if row[column]:
                found[row[column]].append(row)
        return dict(found)


def read_tables(data: bytes) -> Tables:
    """All tables of a `.lss` or `.lss.gz`; raises NotLimeSurveyError."""
    handler = _Handler()
    try:
        parseString(_unpacked(data), handler, forbid_dtd=True)
    except DefusedXmlException:
        raise NotLimeSurveyError(
            "it declares a document type or entities, which LimeSurvey never writes"
        ) from None
    except (SAXException, ValueError, LookupError) as error:
        # A byte that is no XML, or an encoding that nobody knows.
        line = getattr(error, "getLineNumber", lambda: None)()
        told = error.getMessage() if isinstance(error, SAXException) else str(error)
        where = f"line {line}: " if line else ""
        raise NotLimeSurveyError(f"{where}it is not XML: {told}") from None
    tables = handler.tables
    if tables.kind != "Survey":
        raise NotLimeSurveyError(
            f"expected an exported survey (LimeSurveyDocType Survey), found {tables.kind or 'none'}"
        )
    return tables


def _unpacked(data: bytes) -> bytes:
    if data.startswith(ZIP):
        raise NotLimeSurveyError("it is a zip archive: export the survey structure (.lss) alone")
    if not data.startswith(GZIP):
        text = data
    else:
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                text = packed.read(MOST_BYTES + 1)
        except (OSError, EOFError, zlib.error):
            raise NotLimeSurveyError("its gzip packing is damaged") from None
    if len(text) > MOST_BYTES:
        raise NotLimeSurveyError(f"it is larger than {MOST_BYTES // 1_000_000} MB")
    if not text.strip():
        raise NotLimeSurveyError("it is empty")
    return text


class _Handler(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.tables = Tables()
        self._path: list[str] = []
        self._text: list[str] = []
        self._columns: dict[str, str] = {}
        self._line = 0
        self._count = 0
        self._locator: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802  # SAX's name for it
        self._locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  # SAX's name
        self._path.append(name)
        if len(self._path) == 1 and name != "document":
            raise NotLimeSurveyError(f"its XML begins with <{name[:40]}>, expected <document>")
        if len(self._path) > DEEPEST:
            raise NotLimeSurveyError(f"its XML is nested deeper than {DEEPEST} levels")
        if self._at_row():
            self._columns = {}
            self._line = (self._locator.getLineNumber() or 0) if self._locator else 0
        # Tags inside a column, left unescaped by somebody's editor, are passed over.
        if len(self._path) <= 5:
            self._text = []

    def characters(self, content: str) -> None:
        self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802  # SAX's name for it
        text = "".join(self._text)
        match self._path:
            case ["document", _, "rows", "row", column]:
                self._columns[column] = text
            case ["document", table, "rows", "row"]:
                self._keep(table)
            case ["document", "languages", "language"]:
                self.tables.languages.append(text.strip())
            case ["document", "LimeSurveyDocType"]:
                self.tables.kind = text.strip()
        self._path.pop()

    def _at_row(self) -> bool:
        return len(self._path) == 4 and self._path[2:] == ["rows", "row"]

    def _keep(self, table: str) -> None:
        self._count += 1
        if self._count > MOST_ROWS:
            raise NotLimeSurveyError(f"it has more than {MOST_ROWS} rows")
        self.tables.rows.setdefault(table, []).append(Row(self._line, self._columns))

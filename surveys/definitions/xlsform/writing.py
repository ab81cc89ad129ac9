"""A definition as a workbook in XLSForm, from which exactly the same definition is read again.

It is written twice. What the columns of XLSForm say is read back, and what that gives is compared
with the definition; the difference goes into columns of our own.
"""

import io
import json
from datetime import datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # it has no types

from surveys.definitions.fingerprint import canonical
from surveys.definitions.naming import Names
from surveys.definitions.schema import Definition
from surveys.definitions.xlsform.asking import list_of, missing_beside, rows_of
from surveys.definitions.xlsform.languages import name_of
from surveys.definitions.xlsform.own_columns import (
    KIND,
    MORE,
    NOTED,
    WAS,
    differing,
    mark_of,
    parted,
)
from surveys.definitions.xlsform.own_columns import spelled as as_json
from surveys.definitions.xlsform.reading import Read, read_sheets
from surveys.definitions.xlsform.rows import Sheet, options_of, said, shown
from surveys.definitions.xlsform.spelling import spelled
from surveys.questions.base import Question
from surveys.questions.choosing import OptionsQuestion

Data = dict[str, Any]

# In place of the moment of writing.
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  # a workbook knows no time zones
# Texts by language, wherever they stand.
TEXTS = ("ask", "hint", "label", "title", "start", "done", "valid_says", "low", "high")
# Said by the sheets of XLSForm as well as by ours.
SAID_TWICE = ("title", "start", "done")
# Units of the rows that are compared: what each should be read as.
Wanted = dict[tuple[str, int], Data]


def write_xlsform(definition: Definition) -> bytes:
    """An .xlsx file that other tools can use and `read_xlsform` turns back, to the same hash."""
    data: Data = json.loads(canonical(definition))
    book = _Book(definition, data)
    book.fill()
    book.add_own_columns()
    return _packed(book.sheets)


class _Book:
    """The sheets, and for each row that stands for something what it should be read as."""

    def __init__(self, definition: Definition, data: Data) -> None:
        self.definition = definition
        self.data = data
        self.survey = Sheet("survey")
        self.choices = Sheet("choices")
        self.settings = Sheet("settings")
        self.own = Sheet("heard")
        self.wanted: Wanted = {}
        self._names = Names()
        for question in definition.questions:
            self._names.take(question.name)

    @property
    def sheets(self) -> list[Sheet]:
        return [self.survey, self.choices, self.settings, self.own]

    def fill(self) -> None:
        """Everything that the columns of XLSForm can say."""
        self.settings.add(
            {
                "form_title": shown(next(iter(self.data["title"].values()))),
                "form_id": self.definition.survey,
                "version": str(self.definition.version),
                "style": "pages",
                "default_language": name_of(self.definition.languages[0]),
            }
        )
        # Columns of all languages, so that none is new to a translator.
        labels = list(said("label", dict.fromkeys(self._tags(), "-")))
        self.survey.columns = ["type", "name", *labels]
        self.choices.columns = ["list_name", "name", *labels]
        self.own.columns = ["key", "content"]
        self._edge("start")
        for number, page in enumerate(self.data["pages"], start=1):
            self._page(number, page)
        self._edge("done")
        for name, options in sorted(self.data.get("lists", {}).items()):
            self._options(name, options)
        for sheet in (self.survey, self.choices):
            sheet.group_languages(self._tags())

    def _tags(self) -> list[str]:
        """All languages that anything is said in, those of the survey first."""
        return list(dict.fromkeys([*self.definition.languages, *sorted(_tags_in(self.data))]))

    def _edge(self, key: str) -> None:
        if key in self.data:
            name = self._names.take(f"heard-{key}")
            texts = said("label", self.data[key])
            self.survey.add({"type": "note", "name": name, **texts, KIND: key})

    def _page(self, number: int, page: Data) -> None:
        row = self.survey.add(
            {
                "type": "begin_group",
                "name": self._names.take(f"page-{number}"),
                **said("label", page.get("title")),
                "relevant": spelled(page.get("show_if"), self.definition),
                "appearance": "field-list",
                KIND: "page",
            }
        )
        wanted = {key: value for key, value in page.items() if key != "questions"}
        self.wanted[self.survey.name, row] = wanted
        asked = self.definition.pages[number - 1].questions
        for question, data in zip(asked, page["questions"], strict=True):
            self._question(question, data)
        self.survey.add({"type": "end_group"})

    def _question(self, question: Question, data: Data) -> None:
        numbers = [self.survey.add(row) for row in rows_of(question, data, self.definition)]
        self.wanted[self.survey.name, numbers[0]] = self._as_read(question, data)
        name = list_of(question)
        if isinstance(question, OptionsQuestion) and "." in name and question.kind != "computed":
            offered = data["options"] if "options" in data else self._dumped(question)
            self._options(name, offered, compare="options" in data)
        if beside := missing_beside(question, data):
            self._options(f"{question.name}.missing", beside)

    def _as_read(self, question: Question, data: Data) -> Data:
        """The data of a question as they stand before lists are shared."""
        name = getattr(question, "list", None)
        if name is None:
            return data
        return {**data, "options": self.data["lists"][name]}

    def _dumped(self, question: OptionsQuestion) -> list[Data]:
        """The options of a kind that has its own, in the languages of the survey."""
        found: list[Data] = []
        for option in question.options:
            label = {t: option.label[t] for t in self._tags() if t in option.label}
            data = option.model_dump(mode="json", exclude_defaults=True)
            found.append({**data, "label": label or dict(option.label)})
        return found

    def _options(self, name: str, options: list[Data], *, compare: bool = True) -> None:
        for option, row in zip(options, options_of(name, options), strict=True):
            number = self.choices.add(row)
            if compare:
                self.wanted[self.choices.name, number] = option

    def add_own_columns(self) -> None:
        """What is read otherwise than it should be, beside the row that says it."""
        # A first row, so that the form is known for ours.
        self.own.add({"key": "survey", "content": as_json(self.definition.survey)})
        read = read_sheets([sheet.raw() for sheet in self.sheets], f"{self.definition.survey}.xlsx")
        sheets = {sheet.name: sheet for sheet in self.sheets}
        # Options first: questions that offer them are compared once they are right.
        for (sheet, number), wanted in self.wanted.items():
            if sheet == self.choices.name:
                self._add_difference(sheets[sheet], number, read, wanted)
        read = read_sheets([sheet.raw() for sheet in self.sheets], f"{self.definition.survey}.xlsx")
        for (sheet, number), wanted in self.wanted.items():
            if sheet == self.survey.name:
                self._add_difference(sheets[sheet], number, read, wanted)
        self._add_header(read)

    def _add_difference(self, sheet: Sheet, number: int, read: Read, wanted: Data) -> None:
        plain = read.overlay.plain.get((sheet.name, number), {})
        if "from list" in plain:
            wanted = {**wanted, "from list": plain["from list"]}
            wanted.pop("list", None)
        more, was = differing(plain, wanted)
        if noted := read.overlay.noted.get((sheet.name, number)):
            was[NOTED] = noted
        cells = (parted(MORE, as_json(more)) if more else {}) | (
            parted(WAS, as_json(was)) if was else {}
        )
        if cells:
            sheet.more(number, cells)

    def _add_header(self, read: Read) -> None:
        for key, value in self.data.items():
            if key in ("pages", "lists", "survey"):
                continue
            plain = read.data.get(key)
            if plain == value and key in (*SAID_TWICE, "version"):
                continue
            was = mark_of(plain) if key in SAID_TWICE and plain is not None else ""
            self.own.add({"key": key, **parted("content", as_json(value)), "was": was})


def _tags_in(data: Any) -> set[str]:
    """The languages of all texts."""
    if isinstance(data, list):
        return {tag for part in data for tag in _tags_in(part)}
    if not isinstance(data, dict):
        return set()
    found: set[str] = set()
    for key, value in data.items():
        if key in TEXTS and isinstance(value, dict):
            found |= set(value)
        else:
            found |= _tags_in(value)
    return found


def _packed(sheets: list[Sheet]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    # The same definition gives the same file.
    book.set_properties({"created": EPOCH})
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        page.set_column(0, len(sheet.columns), 24, wrapped)
        raw = sheet.raw()
        for number, cells in enumerate(raw.rows):
            for column, text in enumerate(cells):
                if text:
                    page.write_string(number, column, text, bold if number == 0 else wrapped)
    book.close()
    return target.getvalue()

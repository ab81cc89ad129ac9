"""What stands on a form on paper, as plain data for the layout in `paper.typ`.

Each text is `{t, lang, dir}`: its words, their language and its direction, so that a text that was
borrowed from another language is tagged and laid out as what it is.
"""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any, NamedTuple

from surveys.definitions.conditions import Condition
from surveys.definitions.fingerprint import canonical, fingerprint
from surveys.definitions.piping import say
from surveys.definitions.schema import Definition, EndIf, Page
from surveys.definitions.surfaces.in_words import Teller
from surveys.definitions.surfaces.numbering import letter_of, rows_of
from surveys.definitions.surfaces.paper_routing import Stretch, lead_of, skips, stretches
from surveys.definitions.surfaces.prose_blocks import blocks_of
from surveys.questions.base import Option, Question, Translated
from surveys.questions.choosing import OneOptionQuestion, OptionsQuestion
from surveys.questions.date import DateQuestion
from surveys.questions.decimal import DecimalQuestion, plain
from surveys.questions.money_option import MoneyOptionQuestion
from surveys.questions.number import is_currency
from surveys.questions.ranking import RankingQuestion
from surveys.questions.scale import Points, ScaleQuestion
from surveys.questions.several import SeveralOptionsQuestion
from surveys.questions.texts import Borrowed, direction, said_in
from surveys.questions.whole_number import WholeNumberQuestion
from surveys.questions.words import Phrase, phrase, phrases, spoken

Text = dict[str, str]
Data = dict[str, Any]

CHROME: dict[str, Phrase] = {
    "how": phrase("How to fill in this form"),
    "ink": phrase("Use a black or blue pen. Tick a box like this:"),
    "one": phrase("Tick one box for each question, unless the question says otherwise."),
    "skip": phrase("You can leave out any question that you do not want to answer."),
    "online": phrase("You can answer online instead. Point the camera of a phone at this, or type"),
    "online_alt": phrase("QR code with the address {url}"),
    "before": phrase("Before you start"),
    "questions": phrase("Questions"),
    "done": phrase("When you have finished"),
    "help": phrase("Who can help"),
    "apart": phrase("How to reach you"),
    "apart_why": phrase(
        "Tear this sheet off and send it apart. It is never kept together with your answers."
    ),
    "page": phrase("Page {n} of {total}"),
    "or": phrase("or"),
    "day": phrase("Day"),
    "month": phrase("Month"),
    "year": phrase("Year"),
    "hour": phrase("Hour, 0 to 23"),
    "minute": phrase("Minutes"),
}
GO_TO = phrase("go to question {n}")
GO_TO_END = phrase("go to the end")
TICK_ALL = phrase("Tick every box that applies.")
TICK_SOME = phrases("Tick one box only.", "Tick up to {most} boxes.", by="most")
TICK_EACH = phrase("Tick one box in each row.")
ALONE = phrase("Tick “{label}” only if you tick nothing else.")
RANK_ALL = phrase("Write 1 beside what you put first, 2 beside the second, and so on.")
RANK_SOME = phrases(
    "Write 1 beside what you put first.",
    "Write 1 beside what you put first, 2 beside the second, and so on up to {most}.",
    by="most",
)
WHOLE = phrase("Write a whole number from {least} to {most}.")
DECIMAL = phrase("Write a number from {least} to {most}.")
LETTERS = phrases("At most {most} letter.", "At most {most} letters.", by="most")
PARTLY = phrase("Fill in as much of the date as you know.")
ON_APART = phrase("The space for this answer is on the last sheet, which is kept apart.")
STOP_IF = phrase("If {clause}, stop here and do not send this form.")
END_IF = phrase("If {clause}, you have finished: go to the end.")

# Labels up to here stand in two columns where there are many.
SHORT_LABEL = 26
MANY_OPTIONS = 7
LETTERS_A_LINE = 75


class Help(NamedTuple):
    """One service that can be called, as the form lists it."""

    name: str
    number: str
    about: str


def sheet(
    definition: Definition,
    language: str,
    *,
    url: str | None,
    qr: str | None,
    helplines: Sequence[Help] = (),
) -> Data:
    """Everything that is printed, in order."""
    made = _Sheet(definition, language)
    return made.data(url, qr) | {"helplines": [made.helpline(one) for one in helplines]}


class _Sheet:
    def __init__(self, definition: Definition, language: str) -> None:
        self.definition = definition
        self.language = language
        self.teller = Teller(definition, language)

    def data(self, url: str | None, qr: str | None) -> Data:
        mark = f"{self.definition.version}-{fingerprint(canonical(self.definition))[:6]}"
        parts = [self._part(stretch) for stretch in stretches(self.teller)]
        contact = [self._question(q) for q in self.definition.questions if q.is_contact]
        # The layout alone knows the pages: it puts their numbers in.
        values = {"url": url, "n": "{n}", "total": "{total}"}
        return {
            "lang": self.language,
            "dir": direction(self.language),
            "title": self._say(self.definition.title),
            "mark": mark,
            "url": url,
            "qr": qr,
            "words": {key: self._word(text, **values) for key, text in CHROME.items()},
            "may_skip": not any(q.required for q in self.definition.questions),
            "start": self._prose(self.definition.start),
            "parts": parts,
            "contact": contact,
            "done": self._prose(self.definition.done),
        }

    def helpline(self, one: Help) -> Data:
        return {
            "name": self._text(one.name),
            "number": one.number,
            "about": self._text(one.about) if one.about else None,
        }

    def _part(self, stretch: Stretch) -> Data:
        return {
            "lead": self._maybe(stretch.lead),
            "pages": [self._page(i, page) for i, page in stretch.pages],
        }

    def _page(self, number: int, page: Page) -> Data:
        asked = [q for q in page.questions if not q.is_computed]
        return {
            "title": self._say(page.title) if page.title and asked else None,
            "items": [self._item(q) for q in asked],
            "ends": [self._end(one, end) for one, end in self.definition.endings[number]],
        }

    def _item(self, question: Question) -> Data:
        if question.is_contact:
            item = self._heading(question)
            return {**item, "kind": "note", "notes": [*item["notes"], self._word(ON_APART)]}
        return self._question(question)

    def _end(self, condition: Condition, end: EndIf) -> Data:
        told = self.teller.clause(condition)
        words = self._word(END_IF if end.outcome == "finish" else STOP_IF, clause=told)
        return {"when": words, "say": self._prose(end.say)}

    def _heading(self, question: Question) -> Data:
        return {
            "number": self.teller.numbers.get(question.name),
            "ask": self._say(question.ask),
            "hint": None if question.hint is None else self._say(question.hint),
            "lead": self._maybe(lead_of(question, self.teller)),
            "notes": [],
        }

    def _question(self, question: Question) -> Data:
        past = skips(question, self.teller)
        found = self._heading(question) | self._answer(question, past)
        boxes: Iterable[Option] = getattr(question, "missing", ())
        if isinstance(question, RankingQuestion):
            boxes = question.boxes
        elif isinstance(question, OptionsQuestion):
            boxes = [option for option in question.options if option.missing]
        return found | {"missing": [self._box(option, past) for option in boxes]}

    def _answer(self, question: Question, past: dict[str, str | None]) -> Data:
        if rows_of(question):
            return self._table(question)
        if isinstance(question, RankingQuestion):
            return self._ranks(question)
        if isinstance(question, OptionsQuestion):
            return self._ticks(question, past)
        if isinstance(question, DateQuestion):
            notes = [self._word(PARTLY)] if question.accepts == "partial" else []
            return {"kind": "date", "parts": list(question.parts), "notes": notes}
        if isinstance(question, (WholeNumberQuestion, DecimalQuestion)):
            return self._number(question)
        if question.kind == "information":
            return {"kind": "information", "hint": None, "body": self._prose(question.hint)}
        return {"kind": "time"} if question.kind == "time" else self._lines(question)

    def _ticks(self, question: OptionsQuestion, past: dict[str, str | None]) -> Data:
        if isinstance(question, ScaleQuestion) and question.points is not None:
            return self._line(question, question.points)
        boxes = [self._box(option, past) for option in question.options if option.code]
        if isinstance(question, MoneyOptionQuestion):
            for box, cost in zip(boxes, question.costs(self.language), strict=False):
                box["hint"] = self._text(cost)
        is_short = all(len(box["label"]["t"]) <= SHORT_LABEL and not box["go"] for box in boxes)
        return {
            "kind": "ticks",
            "boxes": boxes,
            "columns": 2 if is_short and len(boxes) >= MANY_OPTIONS else 1,
            "notes": self._how_many(question),
        }

    def _line(self, question: ScaleQuestion, points: Points) -> Data:
        """A scale of numbers, which is read along a line between its two ends."""
        return {
            "kind": "line",
            "points": list(question.codes),
            "low": self._say(points.low),
            "high": self._say(points.high),
            "notes": [],
        }

    def _box(self, option: Option, past: dict[str, str | None]) -> Data:
        go = self._go(past[option.value]) if option.value in past else None
        return {
            "label": self._say(option.label),
            "hint": None if option.hint is None else self._say(option.hint),
            "write_in": option.write_in,
            "go": go,
        }

    def _go(self, to: str | None) -> Text:
        return self._word(GO_TO, n=to) if to else self._word(GO_TO_END)

    def _how_many(self, question: OptionsQuestion) -> list[Text]:
        if isinstance(question, OneOptionQuestion):
            return []
        most = question.limit if isinstance(question, SeveralOptionsQuestion) else None
        told = [self._word(TICK_SOME, most=most) if most else self._word(TICK_ALL)]
        alone = [o for o in question.options if o.exclusive]
        return told + [self._word(ALONE, label=self._say(o.label)["t"]) for o in alone]

    def _ranks(self, question: RankingQuestion) -> Data:
        is_some = question.places < len(question.codes)
        how = self._word(RANK_SOME, most=question.places) if is_some else self._word(RANK_ALL)
        boxes = [self._box(option, {}) for option in question.options if option.code]
        return {"kind": "ranks", "boxes": boxes, "notes": [how]}

    def _table(self, question: Question) -> Data:
        rows = [row for row in rows_of(question) if isinstance(row, OptionsQuestion)]
        return {
            "kind": "table",
            "heads": [self._say(option.label) for option in rows[0].options],
            "rows": [
                {"letter": letter_of(i), "label": self._say(row.ask)} for i, row in enumerate(rows)
            ],
            "notes": [self._word(TICK_EACH)],
        }

    def _number(self, question: WholeNumberQuestion | DecimalQuestion) -> Data:
        places = question.places if isinstance(question, DecimalQuestion) else 0
        whole = max(len(str(abs(int(bound)))) for bound in (question.min, question.max))
        how = self._word(
            DECIMAL if places else WHOLE, least=plain(question.min), most=plain(question.max)
        )
        unit = None if question.unit is None else self._say(question.unit)
        return {
            "kind": "number",
            "digits": whole,
            "places": places,
            "is_signed": question.min < 0,
            "unit": unit,
            "is_before": unit is not None and is_currency(unit["t"]),
            "notes": [how],
        }

    def _lines(self, question: Question) -> Data:
        longest = getattr(question, "max_length", LETTERS_A_LINE)
        is_long = question.kind == "long-text"
        lines = min(9, max(4, ceil(longest / LETTERS_A_LINE))) if is_long else 1
        notes = [self._word(LETTERS, most=longest)] if longest < LETTERS_A_LINE else []
        if (purpose := getattr(question, "purpose", None)) is not None:
            notes = [self._say(purpose)]
        return {"kind": "lines", "lines": lines, "notes": notes}

    def _say(self, text: Translated) -> Text:
        told = say(text, self.definition, {}, language=self.language)
        return self._text(told, said_in(text, self.language))

    def _prose(self, text: Translated | None) -> Data:
        if text is None:
            return {"lang": self.language, "blocks": []}
        told = self._say(text)
        return {"lang": told["lang"], "blocks": blocks_of(told["t"])}

    def _word(self, text: Phrase, **values: object) -> Text:
        return self._text(spoken(text, self.language, **values))

    def _maybe(self, text: str | None) -> Text | None:
        return None if text is None else self._text(text)

    def _text(self, text: str, language: str | None = None) -> Text:
        borrowed = text.language if isinstance(text, Borrowed) else self.language
        tongue = language or borrowed
        return {"t": str(text), "lang": tongue, "dir": direction(tongue)}

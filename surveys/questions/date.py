"""A date in fields for day, month and year: whole, or only as much of it as is asked or known."""

import re
from datetime import date
from functools import partial
from typing import Annotated, Literal

from pydantic import Field, model_validator

from surveys.questions.base import Answer, Form, FormFields
from surveys.questions.typed import TypedQuestion
from surveys.questions.words import phrase, spoken
from surveys.questions.wrong import WrongAnswerError

Bound = Annotated[str, Field(pattern=r"^(today|\d{4}(-\d{2}(-\d{2})?)?)$")]
MONTHS = [
    phrase("January"),
    phrase("February"),
    phrase("March"),
    phrase("April"),
    phrase("May"),
    phrase("June"),
    phrase("July"),
    phrase("August"),
    phrase("September"),
    phrase("October"),
    phrase("November"),
    phrase("December"),
]
PARTS = {"day": phrase("day"), "month": phrase("month"), "year": phrase("year")}

YEAR, MONTH, DAY = r"\d{4}", r"\d{4}-\d{2}", r"\d{4}-\d{2}-\d{2}"
FORMS = {"day": DAY, "month": MONTH, "year": YEAR, "partial": f"{YEAR}|{MONTH}|{DAY}"}
EXAMPLES = {"day": "2018-01-31", "month": "2018-01", "year": "2018", "partial": "2018-01 or 2018"}
# What is said of a date that does not exist, and an example of one that does.
NOT_REAL = {
    "day": ("not-a-date", "27 3 {}"),
    "month": ("not-a-month", "3 {}"),
    "year": ("not-a-year", "{}"),
    "partial": ("not-a-partial-date", "27 3 {0}, 3 {0} or {0}"),
}


class DateQuestion(TypedQuestion):
    kind: Literal["date"]
    # Partial: a year, a month of a year, or a day, whatever the person knows.
    accepts: Literal["day", "month", "year", "partial"] = "day"
    earliest: Bound | None = None
    latest: Bound | None = None

    @model_validator(mode="after")
    def _bounds_as_precise_as_answers(self) -> "DateQuestion":
        given = [
            str(bound) for bound in (self.earliest, self.latest) if bound not in (None, "today")
        ]
        for bound in given:
            if not self.is_real(bound):
                form = EXAMPLES[self.accepts]
                raise ValueError(f"bound {bound}: expected a real date like {form}, or today")
        if len(given) == 2 and _is_before(given[1], given[0]):
            raise ValueError(f"earliest {self.earliest} is after latest {self.latest}")
        return self

    @property
    def parts(self) -> tuple[str, ...]:
        """The fields to fill in, in the order they are shown."""
        return {"year": ("year",), "month": ("month", "year")}.get(
            self.accepts, ("day", "month", "year")
        )

    def _typed(self, form: Form) -> object:
        """`2022-11-30` from the three fields; "" when all are empty."""
        sent = {
            part: next((v.strip() for v in form.get(f"{self.name}.{part}", ())), "")
            for part in self.parts
        }
        if not any(sent.values()):
            return ""
        if absent := self._absent(sent):
            raise WrongAnswerError("incomplete-date", parts=partial(_joined, absent))
        # A year of two digits stays one, and is refused: 25 could be 1925.
        return "-".join(sent[part].zfill(2) for part in reversed(self.parts) if sent[part])

    def _absent(self, sent: dict[str, str]) -> list[str]:
        """The parts that were left empty and are needed: a day is nothing without its month."""
        needed = ("month", "year") if sent.get("day") else ("year",)
        asked = self.parts if self.accepts != "partial" else needed
        return [part for part in asked if not sent[part]]

    def _clean_value(self, raw: object, *, today: date) -> Answer:
        given = self._real(raw, today)
        earliest, latest = self._limit(self.earliest, today), self._limit(self.latest, today)
        if earliest and _is_before(given, earliest):
            raise WrongAnswerError("too-early", earliest=partial(self._show_typed, earliest))
        if latest and _is_before(latest, given):
            raise WrongAnswerError("too-late", latest=partial(self._show_typed, latest))
        return given

    def _limit(self, bound: str | None, today: date) -> str | None:
        """A bound in the precision that the question accepts."""
        if bound is None:
            return None
        text = today.isoformat() if bound == "today" else bound
        return text[: {"year": 4, "month": 7}.get(self.accepts, 10)]

    def is_real(self, text: str) -> bool:
        """Whether the text is a date in the form and precision of the answers."""
        if not re.fullmatch(FORMS[self.accepts], text, re.ASCII):
            return False
        try:
            date.fromisoformat(f"{text}-01-01"[:10])
        except ValueError:
            return False
        return True

    def _real(self, raw: object, today: date) -> str:
        text = raw if isinstance(raw, str) else ""
        if not self.is_real(text):
            reason, example = NOT_REAL[self.accepts]
            raise WrongAnswerError(reason, example=example.format(today.year - 1))
        return text

    def _typed_to_form(self, answer: Answer) -> FormFields:
        values = str(answer).split("-")
        # A year keeps its four digits, such as those of 0987.
        return {
            f"{self.name}.{part}": [value if part == "year" else str(int(value))]
            for part, value in zip(("year", "month", "day"), values, strict=False)
        }

    def _show_typed(self, answer: Answer, language: str) -> str:
        year, *month_and_day = str(answer).split("-")
        parts = [spoken(MONTHS[int(number) - 1], language) for number in month_and_day[:1]]
        days = [str(int(number)) for number in month_and_day[1:]]
        return " ".join([*days, *parts, str(int(year))])


def _is_before(one: str, other: str) -> bool:
    """Whether it surely is: 2022 is not before November 2022, of which it may be a part."""
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]


def _joined(parts: list[str], language: str) -> str:
    """`day and month`, in words."""
    names = [spoken(PARTS[part], language) for part in parts]
    if len(names) == 1:
        return names[0]
    return spoken(phrase("{first} and {second}"), language, first=names[0], second=names[1])

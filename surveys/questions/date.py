"""A date, to the day or to the month, in fields for day, month and year."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from surveys.questions.base import Answer, Form
from surveys.questions.typed import TypedQuestion
from surveys.questions.wrong import WrongAnswerError

Bound = Annotated[str, Field(pattern=r"^(today|\d{4}-\d{2}(-\d{2})?)$")]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


class DateQuestion(TypedQuestion):
    kind: Literal["date"]
    accepts: Literal["day", "month"] = "day"
    earliest: Bound | None = None
    latest: Bound | None = None

    @model_validator(mode="after")
    def _bounds_as_precise_as_answers(self) -> "DateQuestion":
        form = "2018-01-31" if self.accepts == "day" else "2018-01"
        given = [bound for bound in (self.earliest, self.latest) if bound not in (None, "today")]
        for bound in given:
            if not self.is_real(str(bound)):
                raise ValueError(f"bound {bound}: expected a real date like {form}, or today")
        if given != sorted(given, key=str):
            raise ValueError(f"earliest {self.earliest} is after latest {self.latest}")
        return self

    @property
    def parts(self) -> tuple[str, ...]:
        """The fields to fill in, in the order they are shown."""
        return ("day", "month", "year") if self.accepts == "day" else ("month", "year")

    def _typed(self, form: Form) -> object:
        """`2022-11-30` from the three fields; "" when all are empty."""
        sent = {
            part: next((v.strip() for v in form.get(f"{self.name}-{part}", ())), "")
            for part in self.parts
        }
        if not any(sent.values()):
            return ""
        if absent := [part for part in self.parts if not sent[part]]:
            raise WrongAnswerError("incomplete-date", parts=" and ".join(absent))
        # A year of two digits stays one, and is refused: 25 could be 1925.
        return "-".join(sent[part].zfill(2) for part in reversed(self.parts))

    def _clean_value(self, raw: object, *, today: date) -> Answer:
        given = self._real(raw, today)
        for bound, reason in ((self.earliest, "too-early"), (self.latest, "too-late")):
            limit = self._limit(bound, today)
            if limit and (given < limit if reason == "too-early" else given > limit):
                shown = self._show_typed(limit, "en")
                raise WrongAnswerError(reason, earliest=shown, latest=shown)
        return given

    def _limit(self, bound: str | None, today: date) -> str | None:
        """A bound in the precision that the question accepts."""
        if bound is None:
            return None
        text = today.isoformat() if bound == "today" else bound
        return text[:7] if self.accepts == "month" else text

    def is_real(self, text: str) -> bool:
        """Whether the text is a date in the form and precision of the answers."""
        form = r"\d{4}-\d{2}-\d{2}" if self.accepts == "day" else r"\d{4}-\d{2}"
        if not re.fullmatch(form, text, re.ASCII):
            return False
        try:
            date.fromisoformat(f"{text}-01"[:10])
        except ValueError:
            return False
        return True

    def _real(self, raw: object, today: date) -> str:
        text = raw if isinstance(raw, str) else ""
        if not self.is_real(text):
            if self.accepts == "month":
                raise WrongAnswerError("not-a-month", example=f"3 {today.year - 1}")
            raise WrongAnswerError("not-a-date", example=f"27 3 {today.year - 1}")
        return text

    def _typed_to_form(self, answer: Answer) -> dict[str, list[str]]:
        values = str(answer).split("-")
        return {
            f"{self.name}-{part}": [str(int(value))]
            for part, value in zip(("year", "month", "day"), values, strict=False)
        }

    def _show_typed(self, answer: Answer, language: str) -> str:
        year, month, *day = (int(part) for part in str(answer).split("-"))
        return " ".join(str(part) for part in (*day, MONTHS[month - 1], year))

"""A time of day."""

import re
from functools import partial
from typing import Annotated, Literal

from pydantic import Field, model_validator

from surveys.questions.base import Answer, Form
from surveys.questions.typed import TypedQuestion
from surveys.questions.words import phrase, spoken
from surveys.questions.wrong import WrongAnswerError

CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
Clock = Annotated[str, Field(pattern=f"^{CLOCK}$")]

# Hours and minutes as people type them: 9:30, 9.30am, 9 30 pm, 0930, 14h30, 9am.
TYPED = re.compile(
    r"(?P<hour>[0-9]{1,2})(\s*[:.h\s]?\s*(?P<minute>[0-9]{2}))?\s*(?P<half>[ap]\.?\s?m\.?|y[bph])?",
    re.ASCII,
)
# Welsh has y bore for the morning, y prynhawn for the afternoon and yr hwyr for the evening.
MORNING = ("a", "yb")
NAMED = {
    "midday": "12:00",
    "noon": "12:00",
    "12 noon": "12:00",
    "12 midday": "12:00",
    "midnight": "00:00",
    "12 midnight": "00:00",
    "canol dydd": "12:00",
    "hanner dydd": "12:00",
    "hanner nos": "00:00",
}


class TimeQuestion(TypedQuestion):
    kind: Literal["time"]
    earliest: Clock | None = None
    latest: Clock | None = None

    @model_validator(mode="after")
    def _bounds_in_order(self) -> "TimeQuestion":
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"earliest {self.earliest} is after latest {self.latest}")
        return self

    def _typed(self, form: Form) -> object:
        """`14:05` for whatever way it was typed; what is no time stays as it is, to be refused."""
        text = str(super()._typed(form))
        return read_time(text) or text

    def _clean_value(self, raw: object, **_: object) -> Answer:
        if not isinstance(raw, str) or not re.fullmatch(CLOCK, raw, re.ASCII):
            raise WrongAnswerError("not-a-time")
        if self.earliest and raw < self.earliest:
            raise WrongAnswerError("too-early", earliest=partial(spoken_time, self.earliest))
        if self.latest and raw > self.latest:
            raise WrongAnswerError("too-late", latest=partial(spoken_time, self.latest))
        return raw

    def _show_typed(self, answer: Answer, language: str) -> str:
        return spoken_time(str(answer), language)


def read_time(text: str) -> str | None:
    """`14:05` for 2.05pm, 14:05 and the like; None for what can't be read.

    An hour alone needs am or pm: 9 could be either.
    """
    told = " ".join(text.lower().split())
    if told in NAMED:
        return NAMED[told]
    match = TYPED.fullmatch(told)
    if match is None or not (match["minute"] or match["half"]):
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (0 if match["half"].startswith(MORNING) else 12)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def spoken_time(clock: str, language: str) -> str:
    """`9am`, `2:05pm`, midday and midnight."""
    if clock in ("00:00", "12:00"):
        return spoken(phrase("midnight") if clock == "00:00" else phrase("midday"), language)
    hour, minute = (int(part) for part in clock.split(":"))
    shown = f"{(hour - 1) % 12 + 1}" + (f":{minute:02}" if minute else "")
    half = phrase("{time}am") if hour < 12 else phrase("{time}pm")
    return spoken(half, language, time=shown)

"""What all question kinds share.

An answer, once clean, is JSON: a code, a list of codes, a number, a text, a date as `2022`,
`2022-11` or `2022-11-30`, a time as `14:05`, or `{"missing": "prefer-not-to-say"}`. None means
unanswered.

A question asks for one or more fields: what is stored, counted and tested under a name of its own.
Mostly a question is its own only field; a matrix has one a row, and words written beside an option
are one too. Names of such parts are `question.part`, which no question can be called.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from surveys.questions.texts import Translated as Translated
from surveys.questions.texts import said as said
from surveys.questions.wrong import WrongAnswerError

Answer = str | int | float | list[str] | dict[str, str]
Form = Mapping[str, Sequence[str]]
FormFields = dict[str, list[str]]
MissingCode = Literal["prefer-not-to-say", "dont-know", "does-not-apply"]
Stage = Literal["ease-of-contact", "actions-taken", "treatment", "follow-up", "whole-experience"]

NAME = "[A-Za-z][A-Za-z0-9_-]{0,59}"
PART = "[A-Za-z0-9][A-Za-z0-9_-]{0,59}"
Name = Annotated[str, Field(pattern=f"^{NAME}$")]
# As many digits as a whole number can have that is sent as text.
LARGEST_FLOAT = 1e20
# A question, or a part of one: a row of a matrix, the words beside an option.
FieldName = Annotated[str, Field(pattern=rf"^{NAME}(\.{PART})?$")]


def _number_as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Code = Annotated[
    str,
    BeforeValidator(_number_as_text),
    Field(pattern=f"^{PART}$"),
]


def whole(raw: object) -> int | None:
    """A whole number of JSON, None for anything else: 4.0 is the same number as 4."""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < LARGEST_FLOAT:
        return int(raw)
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else None


class Frozen(BaseModel):
    """A part of a definition: it can't change, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(Frozen):
    """One thing to choose: a code that is counted, or a missing code that never is."""

    code: Code | None = None
    missing: MissingCode | None = None
    label: Translated
    hint: Translated | None = None
    exclusive: bool = False
    # Own words can be written beside it.
    write_in: bool = False
    # Keeps its place at the end when the others are shuffled.
    last: bool = False
    # Offered only where this holds; over answers of earlier pages.
    show_if: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _has_one_code(self) -> "Option":
        if (self.code is None) == (self.missing is None):
            raise ValueError("expected either `code` or `missing`")
        if self.write_in and self.missing:
            raise ValueError("expected `write_in` only beside a `code`")
        return self

    @property
    def value(self) -> str:
        """What the form and the tally call it."""
        return self.code or str(self.missing)


def only_missing(options: tuple[Option, ...]) -> None:
    """Raises ValueError where `missing` offers what would be counted."""
    if any(option.code for option in options):
        raise ValueError("expected only missing codes under `missing`")


def boxes_only(options: tuple[Option, ...]) -> None:
    """Raises ValueError where `missing` has what a box beneath an answer can't be."""
    only_missing(options)
    if any(option.show_if is not None for option in options):
        raise ValueError("expected no `show_if` under `missing`: its boxes are always offered")


class Question(Frozen):
    """The base of every kind; subclasses set `kind` and answer for their own answers."""

    name: FieldName
    kind: str
    ask: Translated
    hint: Translated | None = None
    required: bool = False
    sensitive: bool = False
    stage: Stage | None = None
    # Data, checked and evaluated by surveys.definitions.conditions.
    show_if: dict[str, Any] | None = None
    # A condition over this question's own answer, and what is said where it is false.
    valid_if: dict[str, Any] | None = None
    valid_says: Translated | None = None

    @model_validator(mode="after")
    def _says_why_it_is_not_valid(self) -> "Question":
        if self.valid_says is not None and self.valid_if is None:
            raise ValueError("expected `valid_if` beside `valid_says`")
        return self

    @property
    def fields(self) -> tuple["Question", ...]:
        """What is stored, counted and tested under a name of its own, in order."""
        return (self,) if self.takes_answer else ()

    @property
    def opened_by(self) -> tuple[str, str] | None:
        """The field and the code that must be chosen for this field to be open, if any."""
        return None

    def is_open(self, answers: Mapping[str, Answer]) -> bool:
        """Whether the option that this field belongs to, if any, was chosen."""
        return True

    @property
    def missing_codes(self) -> tuple[str, ...]:
        """The missing codes that this question offers, in order."""
        return ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that can be chosen and count; empty for kinds without codes."""
        return ()

    @property
    def takes_answer(self) -> bool:
        return True

    @property
    def is_own_words(self) -> bool:
        """Whether the answer is free text, kept apart and sealed."""
        return False

    @property
    def is_contact(self) -> bool:
        """Whether the answer is an address of a person: never kept with the answers."""
        return False

    @property
    def is_computed(self) -> bool:
        """Whether the answer is worked out from others: nobody is asked, nobody may send it."""
        return False

    def offering(self, is_offered: Callable[[Option], bool]) -> "Question":
        """This question with the options that are offered, itself where all are."""
        return self

    def still_offered(self, answer: Answer) -> Answer | None:
        """What of an answer is among the options of this question; None where nothing is."""
        return answer

    def from_form(self, form: Form) -> object:
        """What a web form sent, in the shape `clean` takes; None where nothing was sent."""
        raise NotImplementedError(f"kind {self.kind}")

    def to_form(self, answer: Answer) -> FormFields:
        """The form fields that would send this answer."""
        raise NotImplementedError(f"kind {self.kind}")

    def clean(self, raw: object, *, today: date) -> Answer | None:
        """The answer as it is stored, or None for unanswered.

        Every surface goes through here: web, telephone, API, import. Raises WrongAnswerError.
        """
        if raw is None or raw == [] or (isinstance(raw, str) and not raw.strip()):
            if self.required:
                raise WrongAnswerError("required")
            return None
        if isinstance(raw, dict):
            return self._clean_missing(raw)
        return self._clean_value(raw, today=today)

    def show(self, answer: Answer, language: str) -> str:
        """The answer in words, as the check page and the codebook print it."""
        raise NotImplementedError(f"kind {self.kind}")

    def cells(self) -> tuple[str, ...]:
        """Every counter that an answer can add to, in a fixed order: part of the sealed version."""
        return (
            self.name,
            *(f"{self.name}={value}" for value in self._counted_values()),
            *(f"{self.name}~{code}" for code in self.missing_codes),
        )

    def counted(self, answer: Answer) -> tuple[str, ...]:
        """The counters that this answer adds one to; a missing code stays outside the base."""
        if isinstance(answer, dict):
            return (f"{self.name}~{answer['missing']}",)
        return (self.name, *(f"{self.name}={value}" for value in self._values_of(answer)))

    def _clean_value(self, raw: object, *, today: date) -> Answer:
        raise NotImplementedError(f"kind {self.kind}")

    def _counted_values(self) -> Sequence[str]:
        return self.codes

    def _values_of(self, answer: Answer) -> Sequence[str]:
        """The values in `answer` that have a counter of their own."""
        return ()

    def _clean_missing(self, raw: dict[Any, Any]) -> Answer:
        code = raw.get("missing")
        if list(raw) != ["missing"] or code not in self.missing_codes:
            raise WrongAnswerError("unknown-code", code=code, codes=self.missing_codes)
        return {"missing": str(code)}

    def _given_or_missing(self, given: object, form: Form, boxes: Iterable[Option]) -> object:
        """What was given, or the box that was ticked beneath it; raises where it is both."""
        ticked = next((value for value in form.get(f"{self.name}.missing", ()) if value), None)
        box = next((one for one in boxes if one.value == ticked), None)
        if given and box:
            raise WrongAnswerError("missing-and-answer", label=box.label)
        # What is no box of this question is refused by `clean`.
        return {"missing": ticked} if ticked else given

    def _missing_to_form(self, answer: dict[str, str]) -> FormFields:
        return {f"{self.name}.missing": [answer["missing"]]}

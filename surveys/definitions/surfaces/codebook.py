"""What each variable of a survey holds: one description, from which all codebooks are written."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Required, TypedDict

from surveys.definitions.conditions import All, Condition, Test
from surveys.definitions.piping import say
from surveys.definitions.schema import Definition
from surveys.definitions.surfaces.in_words import Teller
from surveys.questions.base import Option, Question, Translated
from surveys.questions.choosing import OneOptionQuestion, OptionsQuestion
from surveys.questions.date import DateQuestion
from surveys.questions.decimal import DecimalQuestion, plain
from surveys.questions.ranking import RankingQuestion
from surveys.questions.several import SeveralOptionsQuestion
from surveys.questions.text import TextQuestion
from surveys.questions.time import TimeQuestion
from surveys.questions.whole_number import WholeNumberQuestion
from surveys.questions.words import phrase, spoken

Type = Literal[
    "code", "codes", "ranked codes", "whole number", "decimal number", "date", "time", "text"
]

EVERYONE = phrase("Everyone")
WHO_GOT_HERE = phrase("Everyone whose survey had not ended before")
UNLESS_ENDED = phrase("{universe}, and the survey had not ended before")
DERIVED = phrase("“{label}” if {clause}")
DERIVED_ELSE = phrase("else “{label}” if {clause}")
DATE_FORMS = {
    "day": ("YYYY-MM-DD",),
    "month": ("YYYY-MM",),
    "year": ("YYYY",),
    "partial": ("YYYY", "YYYY-MM", "YYYY-MM-DD"),
}


@dataclass(frozen=True)
class Code:
    """One code of a variable; a missing code stands outside every percentage."""

    code: str
    label: str
    is_missing: bool = False
    is_exclusive: bool = False
    offered: str = ""

    @property
    def stored(self) -> str:
        """How it stands in an answer, as JSON."""
        return f'{{"missing": "{self.code}"}}' if self.is_missing else f'"{self.code}"'


@dataclass(frozen=True)
class Variable:
    """One field: what was asked, of whom, and every answer that it can hold."""

    name: str
    number: str
    page: int
    kind: str
    type: Type
    question: str
    # The question that a row or the words beside an option belong to.
    part_of: str = ""
    hint: str = ""
    universe: str = ""
    is_required: bool = False
    is_sensitive: bool = False
    is_own_words: bool = False
    is_contact: bool = False
    is_computed: bool = False
    stage: str = ""
    codes: tuple[Code, ...] = ()
    # Bounds as they are written; `today` is the day on which the answer is given.
    least: str = ""
    most: str = ""
    places: int | None = None
    unit: str = ""
    forms: tuple[str, ...] = ()
    longest: int | None = None
    # How many codes an answer may hold, where it is a list of codes that has a limit.
    at_most: int | None = None
    rule: str = ""
    derivation: str = ""
    nets: tuple[str, ...] = ()


class _Limits(TypedDict, total=False):
    """What a variable takes, by the names of its columns."""

    type: Required[Type]
    least: str
    most: str
    places: int
    unit: str
    forms: tuple[str, ...]
    longest: int
    at_most: int | None


def codebook(definition: Definition, language: str) -> tuple[Variable, ...]:
    """The variables of a survey in order, in the words of one language."""
    return tuple(_Writer(definition, language).variables())


class _Writer:
    def __init__(self, definition: Definition, language: str) -> None:
        self.definition = definition
        self.language = language
        self.teller = Teller(definition, language)

    def variables(self) -> Iterator[Variable]:
        ended = False
        for i, page in enumerate(self.definition.pages):
            for question in page.questions:
                for one in question.fields:
                    yield self._variable(one, question, i, ended=ended)
            ended = ended or bool(page.end_if)

    def _variable(self, one: Question, question: Question, page: int, *, ended: bool) -> Variable:
        return Variable(
            name=one.name,
            number=self.teller.numbers.get(one.name, ""),
            page=page + 1,
            kind=one.kind,
            question=self._say(one.ask),
            part_of="" if one.name == question.name else self._say(question.ask),
            hint="" if one.opened_by or question.hint is None else self._say(question.hint),
            universe=self._universe(one, question, page, ended=ended),
            is_required=one.required,
            is_sensitive=one.sensitive,
            is_own_words=one.is_own_words,
            is_contact=one.is_contact,
            is_computed=one.is_computed,
            stage=one.stage or "",
            codes=tuple(self._codes(one)),
            rule=self._rule(one),
            derivation=self._derivation(one),
            nets=tuple(self._nets(one)),
            **self._limits(one),
        )

    def _limits(self, one: Question) -> _Limits:
        match one:
            case RankingQuestion():
                return {"type": "ranked codes", "at_most": one.places}
            case SeveralOptionsQuestion():
                return {"type": "codes", "at_most": one.limit}
            case OptionsQuestion():
                return {"type": "code"}
            case WholeNumberQuestion() | DecimalQuestion():
                return self._number(one)
            case DateQuestion():
                return {
                    "type": "date",
                    "forms": DATE_FORMS[one.accepts],
                    "least": one.earliest or "",
                    "most": one.latest or "",
                }
            case TimeQuestion():
                return {
                    "type": "time",
                    "forms": ("HH:MM",),
                    "least": one.earliest or "00:00",
                    "most": one.latest or "23:59",
                }
            case TextQuestion():
                return {"type": "text", "longest": one.max_length}
        return {"type": "text"}

    def _number(self, one: WholeNumberQuestion | DecimalQuestion) -> _Limits:
        unit = "" if one.unit is None else self._say(one.unit)
        least, most = plain(one.min), plain(one.max)
        found: _Limits = {"type": "whole number", "least": least, "most": most, "unit": unit}
        if isinstance(one, DecimalQuestion):
            found["type"], found["places"] = "decimal number", one.places
        return found

    def _codes(self, one: Question) -> Iterator[Code]:
        options = one.options if isinstance(one, OptionsQuestion) else ()
        yield from (self._code(one, option) for option in options if option.code)
        boxes = [option for option in options if option.missing]
        boxes += [box for box in getattr(one, "missing", ()) if box not in boxes]
        yield from (self._code(one, box) for box in boxes)

    def _code(self, one: Question, option: Option) -> Code:
        conditions = self.definition.option_conditions.get(one.name.partition(".")[0], {})
        offered = conditions.get(option.value)
        return Code(
            option.value,
            self._say(option.label),
            is_missing=option.missing is not None,
            is_exclusive=option.exclusive,
            offered="" if offered is None else self.teller.in_words(offered),
        )

    def _universe(self, one: Question, question: Question, page: int, *, ended: bool) -> str:
        parts: list[Condition | None] = [
            self.definition.page_conditions[page],
            self.definition.question_conditions[question.name],
        ]
        if one.opened_by is not None:
            name, code = one.opened_by
            is_one = isinstance(question, OneOptionQuestion)
            parts.append(Test(name, "is" if is_one else "any_of", code if is_one else [code]))
        told = [part for part in parts if part is not None]
        if not told:
            return spoken(WHO_GOT_HERE if ended else EVERYONE, self.language)
        universe = self.teller.in_words(told[0] if len(told) == 1 else All(tuple(told)))
        return spoken(UNLESS_ENDED, self.language, universe=universe) if ended else universe

    def _rule(self, one: Question) -> str:
        condition = self.definition.validity.get(one.name)
        return "" if condition is None else self.teller.in_words(condition)

    def _derivation(self, one: Question) -> str:
        cases = self.definition.case_conditions.get(one.name, ())
        labels = {code.code: code.label for code in self._codes(one)}
        told = [
            spoken(
                DERIVED_ELSE if i else DERIVED,
                self.language,
                label=labels[code],
                clause=self.teller.clause(condition),
            )
            for i, (condition, code) in enumerate(cases)
        ]
        return "; ".join(told)

    def _nets(self, one: Question) -> Iterator[str]:
        for name, net in self.definition.nets.items():
            if getattr(one, "list", None) == net.list:
                yield f"{name}: {self._say(net.label)} ({', '.join(net.codes)})"

    def _say(self, text: Translated) -> str:
        return say(text, self.definition, {}, language=self.language)

"""The shape of a survey definition: frozen, typed, complete once it could be built."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from surveys.definitions.conditions import Condition, parse_condition
from surveys.questions.base import Code, FieldName, Frozen, Name, Option, Question, Translated
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.computed import ComputedQuestion
from surveys.questions.registry import AnyQuestion

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
# BCP 47; `simple` is its registered variant for Easy Read.
TAG = "[a-z]{2,3}(-[A-Za-z]{2,8})*"
LONGEST_TAG = 35
Language = Annotated[str, Field(pattern=f"^{TAG}$", max_length=LONGEST_TAG)]


class Net(Frozen):
    """Codes that are reported together, such as the three satisfied ones."""

    list: Name
    codes: tuple[Code, ...] = Field(min_length=1)
    label: Translated


class Indicator(Frozen):
    """The survey's headline: the share of answers to a question that fall in a net."""

    question: FieldName
    net: Name


class EndIf(Frozen):
    """The survey ends after the page where this holds; the page's own answers may be tested.

    `screen-out` says why and stores nothing; `safety-exit` does the same with help first;
    `finish` asks no more and goes on to sending.
    """

    when: dict[str, Any]
    outcome: Literal["screen-out", "safety-exit", "finish"]
    say: Translated | None = None

    @model_validator(mode="after")
    def _says_why(self) -> "EndIf":
        if (self.say is None) != (self.outcome == "finish"):
            raise ValueError("expected `say` with screen-out and safety-exit, and with those only")
        return self


class Call(Frozen):
    """What calls for help at once, answers or words that somebody writes, and what is said then."""

    when: dict[str, Any] | None = None
    words_in: tuple[FieldName, ...] = ()
    say: Translated

    @model_validator(mode="after")
    def _looks_at_one_thing(self) -> "Call":
        if (self.when is None) == (not self.words_in):
            raise ValueError("expected either `when` or `words_in`")
        return self


class Safeguarding(Frozen):
    """When the page of help is shown, and who is told.

    Of an anonymous survey nobody is told what was answered; the person may still ask to be
    contacted. Of another one every call for help goes to the safeguarding lead.
    """

    anonymous: bool
    contact: bool = True
    # Whole words or phrases by language; those of all languages are looked for.
    words: dict[Language, tuple[Annotated[str, Field(min_length=1)], ...]] = Field(
        default_factory=dict
    )
    calls: tuple[Call, ...] = Field(min_length=1)


class Page(Frozen):
    """What is on the screen at once: one question, or a few that belong together."""

    title: Translated | None = None
    show_if: dict[str, Any] | None = None
    questions: tuple[AnyQuestion, ...] = Field(min_length=1)
    end_if: tuple[EndIf, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its page: its condition, those of its options, and its fields."""

    question: Question
    shown_if: Condition | None
    offered_if: Mapping[str, Condition] | None
    fields: tuple[Question, ...]


class Definition(Frozen):
    """One version of a survey, whole."""

    survey: Slug
    version: int = Field(ge=1, le=32_767)
    title: Translated
    policy: Literal["sensitive", "open"]
    design: Literal["probability", "census", "self-selected"]
    discreet: bool
    listed: bool = False
    minutes: int = Field(ge=1, le=120)
    languages: tuple[Language, ...] = Field(min_length=1)
    # Shown before anything says what the survey is about; then the start page.
    interruption: Translated | None = None
    start: Translated | None = None
    done: Translated | None = None
    # Whether answers may be kept under a number, to go on later or elsewhere. Unless it is said
    # here, they may where the survey is not discreet.
    save: bool | None = None
    helplines: tuple[Name, ...] = ()
    safeguarding: Safeguarding | None = None
    lists: dict[Name, tuple[Option, ...]] = Field(default_factory=dict)
    nets: dict[Name, Net] = Field(default_factory=dict)
    indicator: Indicator | None = None
    pages: tuple[Page, ...] = Field(min_length=1)
    breakdowns: tuple[FieldName, ...] = ()
    strata: tuple[FieldName, ...] = ()
    # Reworded fields that still mean the same, and why; comparisons over time rest on it.
    continuity: dict[FieldName, Annotated[str, Field(min_length=1)]] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _put_named_lists_in(cls, data: Any) -> Any:
        """Gives each question with `list: name` the options of that list."""
        if not isinstance(data, dict) or not isinstance(data.get("lists", {}), dict):
            return data
        lists = data.get("lists", {})
        return {**data, "pages": _with_options(data.get("pages"), lists)}

    @property
    def may_be_saved(self) -> bool:
        return (not self.discreet if self.save is None else self.save) and not self.is_one_page

    @cached_property
    def is_one_page(self) -> bool:
        """Whether it is asked and sent on a single page, with nothing kept before it is sent.

        Not where it is discreet, may end early or call for help, or asks for contact details: all
        that needs pages of its own.
        """
        ends = any(page.end_if for page in self.pages)
        reaches = any(field.is_contact for field in self.fields)
        is_plain = not (self.discreet or self.interruption or self.safeguarding)
        return len(self.pages) == 1 and is_plain and not ends and not reaches

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in the order they are asked."""
        return tuple(question for page in self.pages for question in page.questions)

    @cached_property
    def fields(self) -> tuple[Question, ...]:
        """All that is stored and counted under a name of its own, in order."""
        return tuple(field for question in self.questions for field in question.fields)

    @cached_property
    def by_name(self) -> dict[str, Question]:
        """The fields by name: what answers, conditions and breakdowns speak of."""
        return {field.name: field for field in self.fields}

    @cached_property
    def page_conditions(self) -> tuple[Condition | None, ...]:
        return tuple(_parsed(page.show_if) for page in self.pages)

    @cached_property
    def question_conditions(self) -> dict[str, Condition | None]:
        return {question.name: _parsed(question.show_if) for question in self.questions}

    @cached_property
    def option_conditions(self) -> dict[str, dict[str, Condition]]:
        """For each question that does not always offer all options: code to condition."""
        found = {
            question.name: {
                option.value: parse_condition(option.show_if)
                for option in question.options
                if option.show_if is not None
            }
            for question in self.questions
            if isinstance(question, OptionsQuestion)
        }
        return {name: conditions for name, conditions in found.items() if conditions}

    @cached_property
    def asked(self) -> tuple[tuple[Asked, ...], ...]:
        """For each page what it asks, ready for walking: a visit works its path out many times."""
        return tuple(
            tuple(
                Asked(
                    question=question,
                    shown_if=self.question_conditions[question.name],
                    offered_if=self.option_conditions.get(question.name),
                    fields=question.fields,
                )
                for question in page.questions
            )
            for page in self.pages
        )

    @cached_property
    def endings(self) -> tuple[tuple[tuple[Condition, EndIf], ...], ...]:
        """For each page its endings, in the order in which they are tried."""
        return tuple(
            tuple((parse_condition(end.when), end) for end in page.end_if) for page in self.pages
        )

    @cached_property
    def call_conditions(self) -> tuple[Condition | None, ...]:
        """For each call for help its condition; None where it looks for words instead."""
        calls = self.safeguarding.calls if self.safeguarding else ()
        return tuple(_parsed(call.when) for call in calls)

    @cached_property
    def case_conditions(self) -> dict[str, tuple[tuple[Condition, str], ...]]:
        """For each computed question its cases: condition and code, in order."""
        return {
            question.name: tuple((parse_condition(c.when), c.code) for c in question.cases)
            for question in self.questions
            if isinstance(question, ComputedQuestion)
        }

    @cached_property
    def validity(self) -> dict[str, Condition]:
        """What must not be false of a question's own answer."""
        return {
            question.name: parse_condition(question.valid_if)
            for question in self.questions
            if question.valid_if is not None
        }


def _parsed(show_if: dict[str, Any] | None) -> Condition | None:
    return None if show_if is None else parse_condition(show_if)


def _with_options(pages: Any, lists: dict[str, Any]) -> Any:
    if not isinstance(pages, (list, tuple)):
        return pages
    return [
        {**page, "questions": [_question_with_options(q, lists) for q in page["questions"]]}
        if isinstance(page, dict) and isinstance(page.get("questions"), (list, tuple))
        else page
        for page in pages
    ]


def _question_with_options(question: Any, lists: dict[str, Any]) -> Any:
    if not isinstance(question, dict) or not isinstance(question.get("list"), str):
        return question
    name = question["list"]
    if "options" in question:
        raise ValueError(f"{question.get('name')}: expected `list` or `options`, not both")
    # A name that is not there is told by the question itself, which knows its line.
    return {**question, "options": lists[name]} if name in lists else question

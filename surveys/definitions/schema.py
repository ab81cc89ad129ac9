"""The shape of a survey definition: frozen, typed, complete once it could be built."""

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from surveys.definitions.conditions import Condition, parse_condition
from surveys.questions.base import Code, Frozen, Name, Option, Question, Translated
from surveys.questions.registry import AnyQuestion

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,8})*$")]


class Net(Frozen):
    """Codes that are reported together, such as the three satisfied ones."""

    list: Name
    codes: tuple[Code, ...] = Field(min_length=1)
    label: Translated


class Indicator(Frozen):
    """The survey's headline: the share of answers to a question that fall in a net."""

    question: Name
    net: Name


class Page(Frozen):
    """What is on the screen at once: one question, or a few that belong together."""

    title: Translated | None = None
    show_if: dict[str, Any] | None = None
    questions: tuple[AnyQuestion, ...] = Field(min_length=1)


class Definition(Frozen):
    """One version of a survey, whole."""

    survey: Name
    version: int = Field(ge=1, le=32_767)
    title: Translated
    policy: Literal["sensitive", "open"]
    design: Literal["probability", "census", "self-selected"]
    discreet: bool
    listed: bool = False
    minutes: int = Field(ge=1, le=120)
    languages: tuple[Language, ...] = Field(min_length=1)
    start: Translated
    done: Translated
    helplines: tuple[Name, ...] = ()
    lists: dict[Name, tuple[Option, ...]] = Field(default_factory=dict)
    nets: dict[Name, Net] = Field(default_factory=dict)
    indicator: Indicator | None = None
    pages: tuple[Page, ...] = Field(min_length=1)
    breakdowns: tuple[Name, ...] = ()
    strata: tuple[Name, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _put_named_lists_in(cls, data: Any) -> Any:
        """Gives each question with `list: name` the options of that list."""
        if not isinstance(data, dict) or not isinstance(data.get("lists", {}), dict):
            return data
        lists = data.get("lists", {})
        return {**data, "pages": _with_options(data.get("pages"), lists)}

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in the order they are asked."""
        return tuple(question for page in self.pages for question in page.questions)

    @cached_property
    def by_name(self) -> dict[str, Question]:
        return {question.name: question for question in self.questions}

    @cached_property
    def page_conditions(self) -> tuple[Condition | None, ...]:
        return tuple(_parsed(page.show_if) for page in self.pages)

    @cached_property
    def question_conditions(self) -> dict[str, Condition | None]:
        return {question.name: _parsed(question.show_if) for question in self.questions}


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

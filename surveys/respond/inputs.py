"""What only one kind of question shows: its options, rows, boxes and values, by kind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from surveys.questions.base import Form, Option, Question
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.contact import ContactQuestion
from surveys.questions.date import DateQuestion
from surveys.questions.decimal import DecimalQuestion
from surveys.questions.long_text import LongTextQuestion
from surveys.questions.money_option import MoneyOptionQuestion
from surveys.questions.number import is_currency
from surveys.questions.place import PlaceQuestion
from surveys.questions.ranking import RankingQuestion
from surveys.questions.rows import RowsQuestion
from surveys.questions.scale import ScaleQuestion
from surveys.questions.several import SeveralOptionsQuestion
from surveys.questions.text import TextQuestion
from surveys.questions.typed import TypedQuestion
from surveys.questions.whole_number import WholeNumberQuestion
from surveys.questions.words import phrase, spoken
from surveys.questions.write_in import WriteIn
from surveys.questions.wrong import WrongAnswerError
from surveys.respond.areas import find_area

# More options than this can't stand side by side in a row of a matrix.
MOST_BESIDE = 5
SOLVED_BY_THE_LIST = ("unknown-place", "wide-place", "outside-place", "two-places")
PART_LABELS = {"day": phrase("Day"), "month": phrase("Month"), "year": phrase("Year")}


@dataclass(frozen=True)
class Shown:
    """How one person is shown a page: what they sent, what is wrong with it, and their words."""

    form: Form
    errors: dict[str, str]
    say: Callable[..., str]
    language: str
    seed: int | None

    def value(self, name: str) -> str:
        return next(iter(self.form.get(name, ())), "")


@singledispatch
def inputs_of(question: Question, shown: Shown) -> dict[str, Any]:
    """What the template of the question needs beside its label, hint and error."""
    return {}


@inputs_of.register
def _options_inputs(question: OptionsQuestion, shown: Shown) -> dict[str, Any]:
    return {"options": _options(question, shown)}


@inputs_of.register
def _several_inputs(question: SeveralOptionsQuestion, shown: Shown) -> dict[str, Any]:
    return {"options": _options(question, shown), "most": question.limit}


@inputs_of.register
def _scale_inputs(question: ScaleQuestion, shown: Shown) -> dict[str, Any]:
    own: dict[str, Any] = {"options": _options(question, shown)}
    if question.points is not None:
        low, high = shown.say(question.points.low), shown.say(question.points.high)
        own |= {"low": low, "high": high}
        numbered = [option for option in own["options"] if not option["is_missing"]]
        for option in numbered:
            option["number"] = option["value"]
        numbered[0]["words"], numbered[-1]["words"] = low, high
    return own


@inputs_of.register
def _money_inputs(question: MoneyOptionQuestion, shown: Shown) -> dict[str, Any]:
    options = _options(question, shown)
    for option, offered in zip(options, question.in_order(shown.seed), strict=True):
        option["cost"] = question.cost(offered, shown.language)
    return {"options": options}


@inputs_of.register
def _rows_inputs(question: RowsQuestion, shown: Shown) -> dict[str, Any]:
    rows = [
        {
            "name": row.name,
            "id": row.name,
            "label": shown.say(row.ask),
            "error": shown.errors.get(row.name, ""),
            "options": _options(row, shown),
        }
        for row in question.fields_in_order(shown.seed)
        if isinstance(row, OptionsQuestion)
    ]
    return {"rows": rows, "is_beside": len(question.options) <= MOST_BESIDE}


@inputs_of.register
def _ranking_inputs(question: RankingQuestion, shown: Shown) -> dict[str, Any]:
    places = [str(place) for place in range(1, question.places + 1)]
    ranks = [
        {
            "name": (name := f"{question.name}.rank.{option.value}"),
            "id": question.name if i == 0 else name,
            "label": shown.say(option.label),
            "hint": shown.say(option.hint) if option.hint else "",
            "value": shown.value(name),
        }
        for i, option in enumerate(o for o in question.in_order(shown.seed) if o.code)
    ]
    return {
        "ranks": ranks,
        "places": places,
        "all": len(places) == len(ranks),
        "missing": _boxes(question, question.boxes, shown),
    }


@inputs_of.register
def _place_inputs(question: PlaceQuestion, shown: Shown) -> dict[str, Any]:
    options = [option for option in _options(question, shown) if not option["is_missing"]]
    typed = shown.value(f"{question.name}.typed")
    chosen = next((option for option in options if option["checked"]), None)
    if chosen and f"{question.name}.typed" not in shown.form and _is_found(question, chosen):
        # As given before: its name in the field, so that typing another one is enough to change.
        typed, chosen["checked"] = str(chosen["label"]), False
    boxes = tuple(option for option in question.options if option.missing)
    return {
        "value": typed,
        "options": options,
        "missing": _boxes(question, boxes, shown),
    }


def _is_found(question: PlaceQuestion, chosen: dict[str, Any]) -> bool:
    """Whether typing the name of an area leads to it: sent as it stands, it must come back."""
    if chosen["value"] not in question.areas:
        return False
    try:
        return find_area(str(chosen["label"]), question) == str(chosen["value"])
    except WrongAnswerError:
        return False


@inputs_of.register
def _typed_inputs(question: TypedQuestion, shown: Shown) -> dict[str, Any]:
    return {
        "value": shown.value(question.name),
        "missing": _boxes(question, question.missing, shown),
    }


@inputs_of.register
def _text_inputs(question: TextQuestion, shown: Shown) -> dict[str, Any]:
    own = _typed_inputs(question, shown) | {"max_length": question.max_length}
    if isinstance(question, LongTextQuestion):
        # Lines for what most people write, not for what they may.
        own["lines"] = 3 if question.max_length <= 300 else 6
    return own


@inputs_of.register(WholeNumberQuestion)
@inputs_of.register(DecimalQuestion)
def _number_inputs(question: WholeNumberQuestion | DecimalQuestion, shown: Shown) -> dict[str, Any]:
    unit = shown.say(question.unit) if question.unit else ""
    place = "prefix" if is_currency(unit) else "suffix"
    return _typed_inputs(question, shown) | {place: unit}


@inputs_of.register
def _date_inputs(question: DateQuestion, shown: Shown) -> dict[str, Any]:
    parts = [
        {
            "name": f"{question.name}.{part}",
            "id": f"{question.name}.{part}",
            "label": spoken(PART_LABELS[part], shown.language),
            "value": shown.value(f"{question.name}.{part}"),
            "width": 4 if part == "year" else 2,
        }
        for part in question.parts
    ]
    return _typed_inputs(question, shown) | {
        "parts": parts,
        "is_partial": question.accepts == "partial",
    }


@inputs_of.register
def _contact_inputs(question: ContactQuestion, shown: Shown) -> dict[str, Any]:
    return {"value": shown.value(question.name), "purpose": shown.say(question.purpose)}


def first_input(question: Question, error: WrongAnswerError) -> str:
    """The id of the input that an error leads to."""
    if isinstance(question, DateQuestion):
        return f"{question.name}.{question.parts[0]}"
    if isinstance(question, PlaceQuestion) and error.reason in SOLVED_BY_THE_LIST:
        return f"{question.name}.list"
    return question.name


def _options(question: OptionsQuestion, shown: Shown) -> list[dict[str, Any]]:
    chosen = shown.form.get(question.name, ())
    written = {part.code: part for part in question.fields if isinstance(part, WriteIn)}
    return [
        {
            **_option(option, shown),
            # The error summary leads to the first input, which carries the plain name.
            "id": question.name if i == 0 else f"{question.name}/{i + 1}",
            "checked": option.value in chosen,
            "written": _written(written.get(option.value), shown),
        }
        for i, option in enumerate(question.in_order(shown.seed))
    ]


def _boxes(question: Question, options: Iterable[Option], shown: Shown) -> list[dict[str, Any]]:
    """The missing codes beneath what is typed, as boxes to tick."""
    name = f"{question.name}.missing"
    ticked = shown.form.get(name, ())
    return [
        {
            **_option(option, shown),
            "id": f"{name}.{option.value}",
            "checked": option.value in ticked,
        }
        for option in options
    ]


def _option(option: Option, shown: Shown) -> dict[str, Any]:
    return {
        "value": option.value,
        "label": shown.say(option.label),
        "hint": shown.say(option.hint) if option.hint else "",
        "is_missing": option.missing is not None,
        "is_exclusive": option.exclusive or option.missing is not None,
    }


def _written(part: WriteIn | None, shown: Shown) -> dict[str, Any] | None:
    """The field for own words beside an option, None where it has none."""
    if part is None:
        return None
    return {
        "name": part.name,
        "id": part.name,
        "value": shown.value(part.name),
        "max_length": part.max_length,
        "error": shown.errors.get(part.name, ""),
    }

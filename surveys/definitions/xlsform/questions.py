"""A row of the form as a question of ours."""

from collections.abc import Callable
from typing import Any, get_args

from surveys.definitions.xlsform.appearances import check_appearances
from surveys.definitions.xlsform.constraints import Bounds
from surveys.definitions.xlsform.expressions import Expression, ExpressionError
from surveys.definitions.xlsform.form import Form, conjuncts
from surveys.definitions.xlsform.inventory import ACKNOWLEDGED, is_shown_only
from surveys.definitions.xlsform.notes import Spot
from surveys.definitions.xlsform.options import options_for, uses_list_as_it_is
from surveys.definitions.xlsform.own_columns import MISSING, STAGE, flag
from surveys.definitions.xlsform.ranges import parameters, range_of
from surveys.definitions.xlsform.sheets import FILES, NO, YES, Row
from surveys.definitions.xlsform.tree import Item
from surveys.questions.base import Stage

STAGES: tuple[str, ...] = get_args(Stage)
# What the programs that fill in such forms take, of whole numbers up to nine digits.
MOST = 999_999_999
MOST_PLACES = 6
# Types of number with a bound of their own.
OWN_MOST = {
    "percentage": 100,
    "number of days in last month": 31,
    "number of days in last six months": 183,
    "number of days in last year": 365,
}


def question_of(form: Form, item: Item) -> dict[str, Any]:
    """The question that a row asks, without its condition."""
    row = item.row
    question = {"name": form.at[item.order].field, **KINDS[item.type.base](form, item)}
    if question["kind"] == "information":
        question |= _told(form, item)
    else:
        question |= {"ask": ask_of(form, row, order=item.order)}
        if hint := form.words(row, "hint", order=item.order):
            question["hint"] = hint
        if is_required(form, row):
            question["required"] = True
        if row.says_yes("readonly"):
            told = "only shows an answer: here it is asked like any other"
            form.notes.refuse(row.cell("readonly").spot, told)
    refuse_files(form, row)
    check_appearances(form, item)
    _constrain(form, item, question)
    _fill_in_bounds(form, item, question)
    if missing := _missing(form, row):
        question["missing"] = missing
    return question | own_keys(form, row)


def own_keys(form: Form, row: Row) -> dict[str, Any]:
    """What columns of ours say of a question: that it is sensitive, and of which stage."""
    found: dict[str, Any] = {"sensitive": True} if flag(row, "sensitive") else {}
    cell = row.cell(STAGE)
    if cell.text and cell.text not in STAGES:
        form.notes.refuse(cell.spot, f"{cell.text!r} is no stage: expected {', '.join(STAGES)}")
    elif cell.text:
        found["stage"] = cell.text
    return found


def ask_of(form: Form, row: Row, *, order: int) -> dict[str, str]:
    """What is asked; a row without words is refused and asks its name."""
    ask = form.words(row, "label", order=order)
    if ask:
        return ask
    spot = row.cell("label").spot
    form.notes.refuse(spot, "is empty: there is nothing to ask")
    return {form.tongues.languages[0]: row.text("name") or f"row {row.number}"}


def is_required(form: Form, row: Row) -> bool:
    """Whether there must be an answer; refuses what depends on other answers."""
    cell = row.cell("required")
    for message in row.said("required_message").values():
        form.notes.remark(message.spot, "is not used: Heard says it in its own words")
    if cell.text.lower() not in (*YES, *NO):
        form.notes.refuse(cell.spot, "depends on other answers: an answer is required or it is not")
        return False
    return row.says_yes("required")


def refuse_files(form: Form, row: Row) -> None:
    """Refuses pictures, sounds and films beside a text, and words for interviewers only."""
    for column in FILES:
        for cell in row.said(column).values():
            form.notes.refuse(cell.spot, f"{cell.text!r} is a file, and Heard shows none")
    for cell in row.said("guidance_hint").values():
        form.notes.refuse(cell.spot, "is for interviewers: Heard has one text for everybody")
    for column, why in (
        ("default", "fills in an answer beforehand: in Heard every answer is the person's own"),
        ("calculation", "works out what is asked here: only the type calculate does that"),
        ("trigger", "calculates anew when an answer changes: that can't be said"),
    ):
        if (cell := row.cell(column)).text:
            form.notes.refuse(cell.spot, why)


def _text(form: Form, item: Item) -> dict[str, Any]:
    row = item.row
    if is_shown_only(item):
        return {"kind": "information"}
    rows = parameters(row.text("parameters")).get("rows", row.text("rows"))
    if "multiline" in item.appearances or rows not in ("", "1"):
        return {"kind": "long-text", "max_length": 10_000}
    return {"kind": "short-text"}


def _integer(form: Form, item: Item) -> dict[str, Any]:
    most = OWN_MOST.get(item.row.text("type").lower().strip())
    return {"kind": "whole-number"} | ({} if most is None else {"max": most})


def _decimal(form: Form, item: Item) -> dict[str, Any]:
    return {"kind": "decimal", "places": MOST_PLACES}


def _range(form: Form, item: Item) -> dict[str, Any]:
    spot = item.row.cell("parameters").spot
    found = range_of(item)
    if found is None:
        form.notes.refuse(spot, "expected numbers, as in start=1 end=10 step=1")
        return {"kind": "whole-number"}
    if points := found.points():
        labels = {point: dict.fromkeys(form.tongues.languages, str(point)) for point in points}
        options = [{"code": str(point), "label": label} for point, label in labels.items()]
        return {"kind": "scale", "options": options}
    low, high = sorted((found.start, found.end))
    if found.is_whole:
        if found.step != 1:
            form.notes.refuse(spot, f"goes in steps of {found.step:g}: only whole steps can be")
        return {"kind": "whole-number", "min": int(low), "max": int(high)}
    places = {0.1: 1, 0.01: 2, 0.001: 3, 1.0: 1}.get(found.step)
    if places is None:
        form.notes.refuse(spot, f"goes in steps of {found.step:g}, which can't be kept")
    return {"kind": "decimal", "min": low, "max": high, "places": places or MOST_PLACES}


def _date(form: Form, item: Item) -> dict[str, Any]:
    for accepts in ("month", "year"):
        if accepts in item.appearances or f"{accepts}-year" in item.appearances:
            return {"kind": "date", "accepts": accepts}
    return {"kind": "date"}


def _time(form: Form, item: Item) -> dict[str, Any]:
    return {"kind": "time"}


def _datetime(form: Form, item: Item) -> dict[str, Any]:
    spot = item.row.cell("type").spot
    form.notes.refuse(spot, "asks for a day and a time at once: the day alone is asked")
    return {"kind": "date"}


def _select_one(form: Form, item: Item) -> dict[str, Any]:
    kind = "scale" if "likert" in item.appearances else "choice"
    return {"kind": kind, **_options(form, item)}


def _select_multiple(form: Form, item: Item) -> dict[str, Any]:
    return {"kind": "choices", **_options(form, item)}


def _rank(form: Form, item: Item) -> dict[str, Any]:
    found = _options(form, item)
    if item.type.has_other:
        spot = item.row.cell("type").spot
        form.notes.refuse(spot, "ranks a choice `other` with words beside it: that is left out")
        found["options"] = [option for option in found["options"] if "write_in" not in option]
    return {"kind": "ranking", **found}


def _options(form: Form, item: Item) -> dict[str, Any]:
    found = options_for(form, item)
    if uses_list_as_it_is(form, item):
        # Read by the layout, which knows who else uses the list.
        found["from list"] = item.type.list_name
    return found


def _acknowledge(form: Form, item: Item) -> dict[str, Any]:
    label = dict.fromkeys(form.tongues.languages, ACKNOWLEDGED)
    return {"kind": "choice", "options": [{"code": ACKNOWLEDGED, "label": label}]}


def _note(form: Form, item: Item) -> dict[str, Any]:
    return {"kind": "information"}


KINDS: dict[str, Callable[[Form, Item], dict[str, Any]]] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "range": _range,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "select_one": _select_one,
    "select_multiple": _select_multiple,
    "rank": _rank,
    "acknowledge": _acknowledge,
    "note": _note,
}


def _told(form: Form, item: Item) -> dict[str, Any]:
    """A note: its first paragraph is the heading, the others and the hint are the text."""
    row = item.row
    hint = form.words(row, "hint", order=item.order, as_markdown=True)
    if row.says_yes("required") and item.type.base == "note":
        form.notes.refuse(
            row.cell("required").spot, "stops the form here: a note can't be answered"
        )
    if form.tongues.verbatim:
        told = {"ask": ask_of(form, row, order=item.order)}
        return told | ({"hint": hint} if hint else {})
    marked = form.words(row, "label", order=item.order, as_markdown=True)
    if not marked:
        return {"ask": ask_of(form, row, order=item.order)}
    plain = form.words(row, "label", order=item.order)
    rest = {tag: text.partition("\n")[2].strip() for tag, text in marked.items()}
    # Where one language has several paragraphs and another has one, the heading is still the first.
    texts = {
        tag: "\n\n".join(filter(None, (rest.get(tag, ""), hint.get(tag, "")))) for tag in marked
    }
    ask = {tag: plain.get(tag, marked[tag]).partition("\n")[0].strip() for tag in marked}
    told = {"ask": {tag: text or plain.get(tag) or NOTHING for tag, text in ask.items()}}
    found = {tag: text for tag, text in texts.items() if text}
    found |= {tag: text for tag, text in hint.items() if tag not in marked}
    return told | ({"hint": found} if found else {})


NOTHING = "…"


def _constrain(form: Form, item: Item, question: dict[str, Any]) -> None:
    row = item.row
    cell = row.cell("constraint")
    if not cell.text or item.type.base in ("note", "acknowledge"):
        return
    bounds = Bounds(question, form.scope(item.order, item.name), question["name"])
    expression = form.parsed(cell)
    for part in conjuncts(expression) if expression is not None else ():
        _take(form, bounds, part, cell.spot)
    if bounds.valid:
        bounds.finish(form.words(row, "constraint_message", order=item.order))
    elif bounds.has_bounds:
        for told in row.said("constraint_message").values():
            form.notes.remark(told.spot, "is not used: Heard tells bounds in its own words")


def _take(form: Form, bounds: Bounds, part: Expression, spot: Spot) -> None:
    try:
        bounds.take(part)
    except ExpressionError as error:
        form.notes.refuse(spot, str(error))
    except RecursionError:
        form.notes.refuse(spot, "is too deeply nested")


def _fill_in_bounds(form: Form, item: Item, question: dict[str, Any]) -> None:
    """The bounds that our kinds need and a form leaves open."""
    if question["kind"] not in ("whole-number", "decimal"):
        return
    given = "min" in question and "max" in question
    if question.get("min") == 0:
        del question["min"]
    question.setdefault("max", max(MOST, question.get("min", 0)))
    if question["max"] < 0:
        question.setdefault("min", min(-MOST, question["max"]))
    if question.get("min", 0) > question["max"]:
        spot = item.row.cell("constraint").spot
        form.notes.refuse(spot, "can never be kept: the least number is above the largest")
        question["min"] = question["max"]
    if not given and not form.is_own:
        low, high = question.get("min", 0), question["max"]
        spot = item.row.cell("type").spot
        form.notes.remark(spot, f"leaves a bound open: {low:,} to {high:,} is taken")


def _missing(form: Form, row: Row) -> list[dict[str, Any]]:
    """The boxes of a typed answer: the list that a column of ours names."""
    cell = row.cell(MISSING)
    if not cell.text:
        return []
    options = [choice.option for choice in form.choices.of(cell.text, external=False)]
    if not options or any("missing" not in option for option in options):
        form.notes.refuse(cell.spot, f"{cell.text!r} is no list of choices with missing codes")
        return []
    return options

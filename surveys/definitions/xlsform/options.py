"""What a question offers: a list of the form, narrowed by a filter, with `other` where it asks."""

from typing import Any

from surveys.definitions.foreign_words import words
from surveys.definitions.xlsform.choices import Choice
from surveys.definitions.xlsform.form import Form
from surveys.definitions.xlsform.inventory import OTHER
from surveys.definitions.xlsform.ranges import parameters
from surveys.definitions.xlsform.sheets import YES
from surveys.definitions.xlsform.tree import Item
from surveys.definitions.xlsform.truth import Condition, any_of, tidied


def options_for(form: Form, item: Item) -> dict[str, Any]:
    """The keys `options` and `order` of a question; refuses what can't be offered."""
    listed = form.choices.of(item.type.list_name, external=item.type.is_external)
    options = _merged(form, item, listed)
    if item.type.has_other:
        _add_other(form, options)
    for code, beside in form.beside.get(item.name, []):
        for option in options:
            if option.get("code") == code:
                _write_beside(form, beside, option)
    return {"options": options, **_order(form, item)}


def uses_list_as_it_is(form: Form, item: Item) -> bool:
    """Whether the question offers just its list, so that others can share it."""
    return not (item.type.has_other or item.type.is_external or item.row.text("choice_filter"))


def _merged(form: Form, item: Item, listed: list[Choice]) -> list[dict[str, Any]]:
    """An option a code, offered where any of its choices is."""
    cell = item.row.cell("choice_filter")
    expression = form.parsed(cell)
    # A blank cell is an empty text.
    blank = {column: "" for choice in listed for column in choice.columns}
    offered: dict[str, list[Condition]] = {}
    options: dict[str, dict[str, Any]] = {}
    always: dict[str, str] = {}
    for choice in listed:
        where: Condition = True
        if expression is not None:
            scope = form.scope(item.order, item.name, {**blank, **choice.columns})
            where = form.part(expression, cell.spot, scope)
        if where is False:
            continue
        if where is True and always.setdefault(choice.original, choice.code) != choice.code:
            spot = choice.row.cell("name").spot
            form.notes.refuse(
                spot,
                f"the code {choice.original!r} stands twice in the list"
                f" {item.type.list_name!r} and means two things",
            )
        options.setdefault(choice.code, choice.option)
        offered.setdefault(choice.code, []).append(where)
    if listed and not options:
        form.notes.refuse(cell.spot, "never offers a choice")
        return [choice.option for choice in listed[:1]]
    return [_shown(option, any_of(offered[code])) for code, option in options.items()]


def _shown(option: dict[str, Any], where: Condition) -> dict[str, Any]:
    # A condition of our own column stands as it is.
    if where is True or "show_if" in option:
        return dict(option)
    return {**option, "show_if": tidied(where)}


def _add_other(form: Form, options: list[dict[str, Any]]) -> None:
    """The choice that `or_other` adds, with own words beside it."""
    for option in options:
        if option.get("code") == OTHER:
            option["write_in"] = True
            return
    languages = form.tongues.languages
    label = words("other", languages, otherwise=languages[0])
    options.append({"code": OTHER, "label": label, "write_in": True})


def _write_beside(form: Form, beside: Item, option: dict[str, Any]) -> None:
    """Own words beside a choice, with what the form asks for them as a hint."""
    option["write_in"] = True
    asked = form.words(beside.row, "label", order=beside.order)
    if {tag: text.casefold() for tag, text in asked.items()} != {
        tag: text.casefold() for tag, text in option["label"].items()
    }:
        option.setdefault("hint", asked)


def _order(form: Form, item: Item) -> dict[str, Any]:
    given = parameters(item.row.text("parameters"))
    if given.get("randomize", "").lower() not in YES:
        return {}
    if "seed" in given:
        spot = item.row.cell("parameters").spot
        form.notes.remark(spot, "names a seed: Heard keeps one of its own with each response")
    return {"order": "random"}

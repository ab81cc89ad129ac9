"""LimeSurvey's questions that are answered by typing: texts, numbers and dates."""

import re
from datetime import date
from typing import Any

from surveys.definitions.limesurvey.asking import Asking
from surveys.definitions.limesurvey.choosing import Question, filters, order, relevance
from surveys.definitions.limesurvey.logic import Rule, all_of, any_of
from surveys.definitions.limesurvey.meanings import Day, Meaning, Number, Words
from surveys.definitions.limesurvey.survey import Item, Texts
from surveys.definitions.limesurvey.validity import own_rule

# LimeSurvey takes numbers of any size; beyond this, answers are slips of the finger.
LARGEST = 999_999_999
SHORT = 200
# How much can be written where LimeSurvey sets no limit.
LENGTHS = {"S": SHORT, "Q": SHORT, "T": 5_000, "U": 10_000}
TODAY = re.compile(r"\(?\s*(date\(\s*['\"]y-m-d['\"]\s*\)|today(\(\))?|now(\(\))?)\s*\)?", re.I)


def text(asking: Asking) -> list[Question]:
    """One text (`S`, `T`, `U`), or a number where only numbers are taken."""
    if asking.is_on("numbers_only"):
        return number(asking)
    name = asking.name()
    kind, limit = _length(asking)
    asking.names.learn(asking.lime, "", Words(name, name, asking.shown))
    return [asking.asked(kind, name, max_length=limit)]


def texts(asking: Asking) -> list[Question]:
    """Several short texts (`Q`): a question each."""
    if asking.is_on("numbers_only"):
        return numbers(asking)
    kind, limit = _length(asking)
    return _each(asking, kind, {"max_length": limit}, Words)


def _length(asking: Asking) -> tuple[str, int | None]:
    """The kind that takes as much as LimeSurvey does, and its limit if it is not the usual one."""
    usual = LENGTHS[asking.lime.type]
    limit = min(asking.whole("maximum_chars", least=1) or usual, 10_000)
    is_short = asking.lime.type in "SQ" and limit <= SHORT
    if is_short:
        return "short-text", limit if limit < SHORT else None
    return "long-text", limit


def number(asking: Asking) -> list[Question]:
    """One number (`N`)."""
    name = asking.name()
    kind, keys = _bounds(asking)
    meaning = Number(name, name, asking.shown, kind == "whole-number")
    asking.names.learn(asking.lime, "", meaning)
    return [asking.asked(kind, name, **keys) | own_rule(asking, meaning)]


def numbers(asking: Asking) -> list[Question]:
    """Several numbers (`K`): a question each."""
    kind, keys = _bounds(asking)
    return _each(asking, kind, keys, Number)


def _bounds(asking: Asking) -> tuple[str, dict[str, Any]]:
    is_whole = asking.is_on("num_value_int_only")
    low, high = _ends(asking)
    unit = asking.plain(asking.attribute_texts("suffix"), "suffix", pipes=False)
    # A currency is the only unit that stands before its number.
    before = asking.attribute("prefix")
    if before in ("£", "€", "$") and not unit:
        unit = dict.fromkeys(asking.languages, before)
    elif before:
        asking.trouble("prefix", "words before the field can't be carried: put them into the text")
    if is_whole:
        return "whole-number", {"min": int(low // 1), "max": int(high // 1), "unit": unit}
    ends = {"min": _short(low), "max": _short(high)}
    return "decimal", {**ends, "unit": unit, "places": _places(asking)}


def _short(number: float) -> float:
    """18 in place of 18.0, as people write it."""
    return int(number) if number % 1 == 0 else number


def _ends(asking: Asking) -> tuple[float, float]:
    """The least and the most that is taken."""
    low, high = asking.number("min_num_value_n"), asking.number("max_num_value_n")
    if asking.is_on("slider_layout"):
        least, most = asking.number("slider_min"), asking.number("slider_max")
        low = low if least is None else least
        high = (100 if most is None else most) if high is None else high
    digits = asking.whole("maximum_chars", least=1)
    most_digits = 10 ** min(digits, 9) - 1 if digits else LARGEST
    low = -LARGEST if low is None else max(low, -LARGEST)
    high = most_digits if high is None else min(high, LARGEST)
    if low > high:
        asking.trouble("min_num_value_n", f"the least ({low:g}) is above the most ({high:g})")
        return -LARGEST, LARGEST
    return low, high


def _places(asking: Asking) -> int | None:
    """Decimal places, where a slider says how fine it is."""
    step = asking.number("slider_accuracy") if asking.is_on("slider_layout") else None
    if step is None:
        return None
    return max(1, min(6, len(f"{step:.6f}".rstrip("0").partition(".")[2])))


def _each(
    asking: Asking, kind: str, keys: dict[str, Any], meaning: type[Words] | type[Number]
) -> list[Question]:
    """A question for each subquestion, whose words follow those of the whole."""
    wanted = asking.name()
    items = asking.distinct(asking.lime.subquestions, "subquestions")
    if not items:
        asking.trouble("", "it has no subquestions: the question is left out")
        asking.names.close(asking.lime, "is not carried over")
        return []
    if order(asking):
        asking.trouble("random_order", "questions keep their order: only options can be shuffled")
    shown = _shown(asking, items)
    found: list[Question] = []
    for item, code in zip(items, asking.codes(items, "subquestions"), strict=True):
        name = asking.names.take(f"{wanted}_{code}")
        asked = asking.asked(kind, name, **keys)
        if found:
            # Help is for all parts, and read once.
            asked.pop("hint", None)
        asked["ask"] = _joined(asked["ask"], asking.label(item, "subquestion", pipes=True))
        rule = shown[item.code]
        if not isinstance(rule, bool):
            asked["show_if"] = rule
        means = _meaning(meaning, name, all_of([asking.shown, rule]), kind)
        asking.names.learn(asking.lime, item.code, means)
        found.append(asked)
    return found


def _meaning(meaning: type[Words] | type[Number], name: str, shown: Rule, kind: str) -> Meaning:
    return (
        Words(name, name, shown)
        if meaning is Words
        else Number(name, name, shown, kind == "whole-number")
    )


def _shown(asking: Asking, items: list[Item]) -> dict[str, Rule]:
    """When each part is asked, beyond when the whole is."""
    filtered = filters(asking, [item.code for item in items])
    shown = {i.code: all_of([relevance(asking, i), filtered[i.code]]) for i in items}
    asking.shown = all_of([asking.shown, any_of(shown.values())])
    return shown


def _joined(ask: Texts, label: Texts) -> Texts:
    """The question and its part as one sentence; a slider's `label|less|more` gives its label."""
    return {
        tag: f"{ask[tag]} – {text}" if tag in ask else text
        for tag, said in label.items()
        if (text := said.partition("|")[0].strip() or said)
    }


def day(asking: Asking) -> list[Question]:
    """A date (`D`); only a time of day where its format says so."""
    name = asking.name()
    form = asking.attribute("date_format").lower()
    has_time = "h" in form
    has_date = "y" in form or "d" in form
    if has_time and has_date:
        asking.trouble(
            "date_format", "a date with a time of day can't be asked in one; asks the day"
        )
    if has_time and not has_date:
        asking.names.close(asking.lime, "is a time of day, which no condition can look at")
        return [asking.asked("time", name)]
    accepts = "day" if "d" in form or not form else "month" if "m" in form else "year"
    keys: dict[str, Any] = {"accepts": accepts} if accepts != "day" else {}
    keys |= _dates(asking, {"day": 10, "month": 7, "year": 4}[accepts])
    meaning = Day(name, name, asking.shown)
    asking.names.learn(asking.lime, "", meaning)
    return [asking.asked("date", name, **keys) | own_rule(asking, meaning)]


def _dates(asking: Asking, length: int) -> dict[str, str]:
    """The earliest and the latest date that is taken, as precise as the answers."""
    found = {}
    pairs = (("earliest", "date_min", "min", "01-01"), ("latest", "date_max", "max", "12-31"))
    for key, name, end, rest in pairs:
        year = asking.attribute(f"dropdown_dates_year_{end}")
        told = asking.attribute(name).strip("{} ") or year
        if TODAY.fullmatch(told):
            found[key] = "today"
        elif bound := _bound(told, rest):
            found[key] = bound[:length]
        elif told:
            asking.trouble(
                name, f"expected a date such as 2024-01-31 or today, found {told[:60]!r}"
            )
    if len(found) == 2 and "today" not in found.values() and found["earliest"] > found["latest"]:
        asking.trouble("date_min", "the earliest date is after the latest")
        return {}
    return found


def _bound(told: str, rest: str) -> str:
    """A whole date from a date or a year; empty where it is neither."""
    whole = f"{told}-{rest}" if re.fullmatch(r"[12]\d{3}", told, re.ASCII) else told[:10]
    try:
        return date.fromisoformat(whole).isoformat() if re.match(r"\d{4}-\d", whole) else ""
    except ValueError:
        return ""

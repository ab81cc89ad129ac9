"""A constraint on an answer as bounds, as a limit to how many, or as `valid_if`."""

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from surveys.definitions.xlsform.comparisons import MIRRORED, Constant, moment, number, written
from surveys.definitions.xlsform.conditions import Today, Translation
from surveys.definitions.xlsform.expressions import (
    Call,
    Expression,
    ExpressionError,
    Literal,
    Reference,
)
from surveys.definitions.xlsform.scope import Scope
from surveys.definitions.xlsform.truth import Condition, all_of, any_of, fields_in, opposite, tidied

LOWER = (">", ">=")
UPPER = ("<", "<=")
COUNTS = ("count-selected", "string-length")
# Longest answers of the two kinds of text.
SHORT, LONG = 200, 10_000


@dataclass
class Bounds:
    """Carries a constraint over to a question, part by part."""

    question: dict[str, Any]
    scope: Scope
    name: str
    valid: list[Condition] = field(default_factory=list)
    has_bounds: bool = False

    def take(self, part: Expression) -> None:
        """Puts one part of the constraint into the question; raises ExpressionError."""
        if self._is_bound(part):
            self.has_bounds = True
            return
        translation = Translation(self.scope)
        condition = taken_as_answered(translation.true(part), self.name)
        if condition is False:
            raise ExpressionError("can never be kept: no answer would be taken")
        if others := fields_in(condition) - {self.name}:
            raise ExpressionError(
                f"looks at another answer, {', '.join(sorted(others))}: each answer is checked"
                " by itself"
            )
        if condition is not True and not self._stands_alone(condition):
            self.valid.append(condition)

    def finish(self, says: dict[str, str]) -> None:
        """Writes what neither bounds nor options say, and what a wrong answer is told."""
        self.question["valid_if"] = tidied(all_of(self.valid))
        if says:
            self.question["valid_says"] = says

    def _is_bound(self, part: Expression) -> bool:
        if not isinstance(part, Call) or part.name not in (*LOWER, *UPPER):
            return False
        left, right = part.parts
        sign = part.name
        for one, other, way in ((left, right, sign), (right, left, MIRRORED[sign])):
            if self._is_own(one):
                return self._bound(way, other)
            if isinstance(one, Call) and one.name in COUNTS:
                return self._counted(one, way, other)
        return False

    def _is_own(self, part: Expression) -> bool:
        while (
            isinstance(part, Call)
            and len(part.parts) == 1
            and part.name
            in (
                "decimal-date-time",
                "date",
                "number",
                "int",
            )
        ):
            part = part.parts[0]
        return isinstance(part, Reference) and part.name in ("", self.scope.own)

    def _bound(self, sign: str, other: Expression) -> bool:
        kind = self.question["kind"]
        if kind not in ("whole-number", "decimal", "date", "time"):
            return False
        limit = self._limit(other)
        if limit is None:
            return False
        if kind in ("whole-number", "decimal"):
            return not isinstance(limit, Today) and self._number(sign, number(limit))
        if kind == "time" and isinstance(limit, Today):
            raise ExpressionError("compares a time with a day")
        return self._moment(sign, limit)

    def _limit(self, other: Expression) -> Constant | Today | None:
        """What the answer is compared with, if that is the same for everybody."""
        leaves = Translation(self.scope).leaves(other)
        if len(leaves) != 1 or leaves[0][0] is not True:
            return None
        leaf = leaves[0][1]
        if isinstance(leaf, Literal):
            return leaf.value
        return leaf if isinstance(leaf, Today) else None

    def _number(self, sign: str, limit: float) -> bool:
        if math.isnan(limit) or abs(limit) > 10**9:
            raise ExpressionError("compares a number with what is none")
        whole = self.question["kind"] == "whole-number"
        if whole:
            limit = {
                ">": math.floor(limit) + 1,
                ">=": math.ceil(limit),
                "<": math.ceil(limit) - 1,
                "<=": math.floor(limit),
            }[sign]
        elif sign in ("<", ">"):
            # The bounds of a decimal are themselves allowed.
            return False
        key, nearer = ("min", max) if sign in LOWER else ("max", min)
        found = written(float(limit))
        self.question[key] = nearer(self.question.get(key, found), found)
        return True

    def _moment(self, sign: str, limit: Constant | Today) -> bool:
        key = "earliest" if sign in LOWER else "latest"
        if isinstance(limit, Today):
            if sign in ("<", ">"):
                nearest = "latest" if sign == "<" else "earliest"
                self.question.setdefault(nearest, "today")
                when = "before" if sign == "<" else "after"
                raise ExpressionError(f"wants a day {when} today: today itself can't be left out")
            text = "today"
        elif self.question["kind"] == "date":
            text = _period(sign, moment("date", limit), self.question.get("accepts", "day"))
        else:
            text = _minute(sign, moment("time", limit))
        before = self.question.get(key)
        if before is not None and before != text and "today" in (before, text):
            raise ExpressionError("has two bounds, of which one moves with today")
        nearer = max if sign in LOWER else min
        self.question[key] = text if before is None else nearer(before, text)
        return True

    def _counted(self, call: Call, sign: str, other: Expression) -> bool:
        if len(call.parts) != 1 or not self._is_own(call.parts[0]) or sign not in UPPER:
            return False
        limit = self._limit(other)
        if limit is None or isinstance(limit, Today) or not number(limit).is_integer():
            return False
        most = int(number(limit)) - (sign == "<")
        kind = self.question["kind"]
        if call.name == "count-selected" and kind == "choices" and most >= 1:
            self.question["max_choices"] = min(most, self.question.get("max_choices", most))
            return True
        if call.name == "string-length" and kind in ("short-text", "long-text") and most >= 1:
            if kind == "short-text" and most > SHORT:
                self.question["kind"] = "long-text"
            self.question["max_length"] = min(most, LONG)
            return True
        return False

    def _stands_alone(self, condition: Condition) -> bool:
        """Whether this only says that a choice excludes all others, which an option can say."""
        if not isinstance(condition, dict) or self.question["kind"] != "choices":
            return False
        parts = condition.get("any")
        if not isinstance(parts, list) or len(parts) != 2:
            return False
        for first, second in (parts, parts[::-1]):
            code = _one_code(first.get("not"), self.name)
            alone = second.get(self.name, {}) if len(second) == 1 else {}
            if code and alone.get("count") in ({"le": 1}, {"lt": 2}, {"is": 1}):
                options = [
                    {**option, "exclusive": True} if option.get("code") == code else option
                    for option in self.question.get("options", ())
                ]
                self.question["options"] = options
                return True
        return False


def _one_code(condition: Any, field_name: str) -> str | None:
    if not isinstance(condition, dict):
        return None
    codes = condition.get(field_name, {}).get("any_of", [])
    return codes[0] if len(codes) == 1 else None


def taken_as_answered(condition: Condition, field_name: str) -> Condition:
    """What is left of a condition once its field has an answer."""
    if isinstance(condition, bool):
        return condition
    ((key, value),) = condition.items()
    if key in ("all", "any"):
        parts = [taken_as_answered(part, field_name) for part in value]
        return all_of(parts) if key == "all" else any_of(parts)
    if key == "not":
        return opposite(taken_as_answered(value, field_name))
    if key == field_name and "answered" in value:
        return bool(value["answered"])
    return condition


def _period(sign: str, text: str, accepts: str) -> str:
    """The first or last day, month or year that keeps the bound; answers begin their period."""
    day = date.fromisoformat(text)
    if accepts == "day":
        shift = {">": 1, "<": -1}.get(sign, 0)
        # The first and last days of the calendar have no neighbour.
        if date.min < day < date.max:
            day += timedelta(days=shift)
        return day.isoformat()
    begins = day.day == 1 and (accepts == "month" or day.month == 1)
    months = 12 if accepts == "year" else 1
    forward = (sign == ">") or (sign == ">=" and not begins)
    back = sign == "<" and begins
    index = day.year * 12 + day.month - 1 + months * (forward - back)
    year, month = divmod(max(12, min(index, 9999 * 12 + 11)), 12)
    return f"{year:04}" if accepts == "year" else f"{year:04}-{month + 1:02}"


def _minute(sign: str, text: str) -> str:
    hours, minutes = (int(part) for part in text.split(":"))
    total = hours * 60 + minutes + {">": 1, "<": -1}.get(sign, 0)
    if not 0 <= total < 24 * 60:
        raise ExpressionError("can never be kept: no time of day is so early or so late")
    return f"{total // 60:02}:{total % 60:02}"

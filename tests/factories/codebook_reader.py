"""Checking answers by the codebook's table alone, as an analyst would who has nothing else."""

import csv
import re
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

Row = dict[str, str]
FORMS = {"YYYY": r"\d{4}", "YYYY-MM": r"\d{4}-\d{2}", "YYYY-MM-DD": r"\d{4}-\d{2}-\d{2}"}


class Reader:
    """Reads the table; `accepts` says whether a stored answer can stand in a variable."""

    def __init__(self, text: str, *, today: date) -> None:
        rows = list(csv.DictReader(StringIO(text, newline="")))
        self.today = today
        self.variables = {row["name"]: row for row in rows if row["row"] == "variable"}
        self.codes: dict[str, dict[str, Row]] = {name: {} for name in self.variables}
        for row in rows:
            if row["row"] == "code":
                self.codes[row["name"]][row["code"]] = row

    def accepts(self, name: str, answer: Any) -> bool:
        row = self.variables[name]
        if row["computed"] == "yes":
            return False
        if isinstance(answer, dict):
            code = self.codes[name].get(str(answer.get("missing")))
            return list(answer) == ["missing"] and code is not None and code["missing"] == "yes"
        return getattr(self, f"_{row['type'].replace(' ', '_')}")(row, answer)

    def _counting(self, row: Row) -> set[str]:
        return {code for code, told in self.codes[row["name"]].items() if told["missing"] == "no"}

    def _code(self, row: Row, answer: Any) -> bool:
        return isinstance(answer, str) and answer in self._counting(row)

    def _codes(self, row: Row, answer: Any) -> bool:
        if not _is_codes(answer) or not set(answer) <= self._counting(row):
            return False
        told = self.codes[row["name"]]
        alone = any(told[code]["exclusive"] == "yes" for code in answer)
        in_order = [code for code in told if code in answer]
        is_few = not row["at_most"] or len(answer) <= int(row["at_most"])
        return bool(answer) and answer == in_order and is_few and not (alone and len(answer) > 1)

    def _ranked_codes(self, row: Row, answer: Any) -> bool:
        is_list = _is_codes(answer) and 0 < len(answer) <= int(row["at_most"])
        return is_list and len(set(answer)) == len(answer) and set(answer) <= self._counting(row)

    def _whole_number(self, row: Row, answer: Any) -> bool:
        return type(answer) is int and int(row["least"]) <= answer <= int(row["most"])

    def _decimal_number(self, row: Row, answer: Any) -> bool:
        if type(answer) is not float:
            return False
        number = Decimal(repr(answer))
        in_bounds = Decimal(row["least"]) <= number <= Decimal(row["most"])
        return in_bounds and number == round(number, int(row["places"]))

    def _date(self, row: Row, answer: Any) -> bool:
        forms = [FORMS[form] for form in row["forms"].split("; ")]
        if not isinstance(answer, str) or not any(re.fullmatch(f, answer, re.A) for f in forms):
            return False
        try:
            date.fromisoformat(f"{answer}-01-01"[:10])
        except ValueError:
            return False
        low, high = (self._bound(row[key], answer) for key in ("least", "most"))
        return (not low or answer[: len(low)] >= low) and (not high or answer[: len(high)] <= high)

    def _bound(self, bound: str, answer: str) -> str:
        text = self.today.isoformat() if bound == "today" else bound
        return text[: len(answer)]

    def _time(self, row: Row, answer: Any) -> bool:
        is_clock = isinstance(answer, str) and re.fullmatch(
            r"([01]\d|2[0-3]):[0-5]\d", answer, re.A
        )
        return bool(is_clock) and row["least"] <= answer <= row["most"]

    def _text(self, row: Row, answer: Any) -> bool:
        """Stored without white space around it, and with one character for a line's end."""
        is_text = isinstance(answer, str) and answer == answer.strip() != ""
        if not is_text or re.search("\r\n|[\x00\ud800-\udfff]", answer):
            return False
        return not row["longest"] or len(answer) <= int(row["longest"])


def _is_codes(answer: Any) -> bool:
    return isinstance(answer, list) and all(isinstance(code, str) for code in answer)

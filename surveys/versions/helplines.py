"""Who can help: surveys/content/helplines.yaml, shown only where the number was checked."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from surveys.questions.texts import Borrowed, said

HELPLINES = Path(__file__).resolve().parent.parent / "content" / "helplines.yaml"


@dataclass(frozen=True)
class Helpline:
    """One service, as the pages list it."""

    key: str
    name: str
    number: str
    hours: str
    note: str
    takes_texts: bool
    # When somebody last looked at the number, and by when somebody must again.
    reviewed: date
    review_by: date

    @property
    def href(self) -> str:
        """The link with which a phone calls or writes."""
        scheme = "sms" if self.takes_texts else "tel"
        return f"{scheme}:{self.number.replace(' ', '')}"


@cache
def helpline_keys() -> frozenset[str]:
    """Every helpline that a definition may name."""
    return frozenset(_entries())


def helplines_for(keys: tuple[str, ...], language: str) -> list[Helpline]:
    """The named helplines whose number was checked, in order.

    A sealed version may name one that nobody describes any more: it is left out.
    """
    entries = _entries()
    known = [key for key in keys if key in entries and entries[key].get("checked", True)]
    return [_helpline(key, entries[key], language) for key in known]


def all_helplines(language: str) -> list[Helpline]:
    """Every helpline whose number was checked."""
    return helplines_for(tuple(_entries()), language)


def helplines_due(today: date) -> list[Helpline]:
    """The lines that people see and somebody must look at again, the longest overdue first."""
    due = [line for line in all_helplines("en") if line.review_by < today]
    return sorted(due, key=lambda line: line.review_by)


@cache
def _entries() -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = YAML(typ="safe", pure=True).load(HELPLINES)
    return entries


def _helpline(key: str, entry: dict[str, Any], language: str) -> Helpline:
    def words(field: str) -> str:
        texts = entry.get(field) or {"en": ""}
        told = said(texts, language)
        # A service without a name in another language has its English one in the list of that.
        borrowed = Borrowed.where_it_differs(told, "en", wanted=language)
        return borrowed if told == texts.get("en") else told

    return Helpline(
        key=key,
        name=words("name"),
        number=str(entry["number"]),
        hours=words("hours"),
        note=words("note"),
        takes_texts=bool(entry.get("text")),
        reviewed=entry["reviewed"],
        review_by=entry["review_by"],
    )

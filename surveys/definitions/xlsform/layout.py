"""From questions in groups to pages: what is on the screen together, and where it is shown."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from surveys.definitions.piping import PIPE
from surveys.definitions.xlsform.form import Form
from surveys.definitions.xlsform.overlay import Overlay
from surveys.definitions.xlsform.own_columns import KIND
from surveys.definitions.xlsform.scope import Known
from surveys.definitions.xlsform.sheets import Row
from surveys.definitions.xlsform.tree import Group
from surveys.definitions.xlsform.truth import Condition, all_of, fields_in, tidied

NEVER = "is never true: nobody would be asked"


@dataclass
class Placed:
    """A question with its groups, from the outermost, and where it is asked beyond theirs."""

    row: Row
    question: dict[str, Any]
    groups: tuple[Group, ...]
    where: Condition
    parts: tuple[Row, ...] = ()

    @property
    def page(self) -> Group | None:
        """The outermost group whose questions are on the screen together."""
        return next((group for group in self.groups if group.is_page), None)


@dataclass
class Layout:
    """Gathers pages; a page is parted where a question looks at another on it."""

    form: Form
    overlay: Overlay
    # Groups whose label a grid has taken.
    taken: set[int]
    pages: list[dict[str, Any]] = field(default_factory=list)
    rows: list[list[Row]] = field(default_factory=list)
    _open_for: object = None
    _fields: set[str] = field(default_factory=set)
    # Computed from answers of the page that is open, so they stand behind it.
    _waiting: list[tuple[Placed, tuple[Group, ...], Condition]] = field(default_factory=list)
    _conditions: dict[int, Condition] = field(default_factory=dict)
    _headed: set[int] = field(default_factory=set)

    def add(self, placed: Placed) -> None:
        """Puts a question on the page that is open, or on one of its own."""
        outer, inner = self._around(placed)
        shown = all_of(self.condition(group) for group in outer)
        where = all_of([*(self.condition(group) for group in inner), placed.where])
        if shown is False or where is False:
            self.left_out(placed.row)
            return
        for heading in self._headings(inner):
            self._put(heading, placed.page, outer, shown)
        question = dict(placed.question)
        if where is not True:
            question["show_if"] = tidied(where)
        done = self.overlay.over(placed.row, question, parts=placed.parts)
        self._put(replace(placed, question=done), placed.page, outer, shown)

    def condition(self, group: Group) -> Condition:
        """Where a group is shown at all."""
        if group.order not in self._conditions:
            cell = group.row.cell("relevant")
            found = self.form.condition(cell, group.order)
            if found is False:
                self.form.notes.refuse(cell.spot, NEVER)
            self._conditions[group.order] = found
        return self._conditions[group.order]

    def left_out(self, row: Row) -> None:
        """Makes a name stand for what is never answered."""
        known = self.form.known.get(row.text("name"))
        if known is not None:
            self.form.known[known.name] = replace(known, type="nothing")
            self.form.left.add(known.order)
        for code, beside in self.form.beside.get(row.text("name"), []):
            self.form.known[beside.name] = Known(beside.name, "nothing", beside.order, code)

    def _around(self, placed: Placed) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
        """The groups of the page, and those within it."""
        groups = placed.groups
        if placed.page is None:
            return groups, ()
        end = groups.index(placed.page) + 1
        return groups[:end], groups[end:]

    def finish(self) -> None:
        """Ends the last page."""
        self._flush()

    def _put(
        self, placed: Placed, page: Group | None, outer: tuple[Group, ...], shown: Condition
    ) -> None:
        question = placed.question
        is_own_page = page is not None and page.row.text(KIND) == "page"
        is_computed = question["kind"] == "computed"
        together = page is not None and page is self._open_for
        looks = self._looks_at_page(question) and not is_own_page
        if is_computed and (page is None or (together and looks)):
            self._waiting.append((placed, outer, shown))
            self._fields.add(question["name"])
            return
        if not together or looks:
            self._flush()
            self._open(page, outer, shown)
        self._append(placed)

    def _append(self, placed: Placed) -> None:
        self.pages[-1]["questions"].append(placed.question)
        self.rows[-1].append(placed.row)
        self._fields.add(placed.question["name"])

    def _flush(self) -> None:
        """Puts what was waiting on pages of its own, of which nobody sees anything."""
        waiting, self._waiting = self._waiting, []
        before: tuple[Group, ...] | None = None
        for placed, outer, shown in waiting:
            if before != outer or self._looks_at_page(placed.question):
                self._open(None, outer, shown, is_seen=False)
            before = outer
            self._append(placed)

    def _looks_at_page(self, question: dict[str, Any]) -> bool:
        return any(name.partition(".")[0] in self._fields for name in looked_at(question))

    def _open(
        self,
        page: Group | None,
        outer: tuple[Group, ...],
        shown: Condition,
        *,
        is_seen: bool = True,
    ) -> None:
        found: dict[str, Any] = {}
        if is_seen and (title := self._title(outer)):
            found["title"] = title
        if shown is not True:
            found["show_if"] = tidied(shown)
        if page is not None and page.row.text(KIND) == "page":
            found = self.overlay.over(page.row, found)
        self.pages.append({**found, "questions": []})
        self.rows.append([])
        self._open_for, self._fields = page, set()

    def _title(self, outer: tuple[Group, ...]) -> dict[str, str]:
        labels = [self._label(group) for group in outer if group.order not in self.taken]
        labels = [label for label in labels if label]
        tags = dict.fromkeys(tag for label in labels for tag in label)
        return {tag: " – ".join(label[tag] for label in labels if tag in label) for tag in tags}

    def _label(self, group: Group) -> dict[str, str]:
        return self.form.words(group.row, "label", order=group.order)

    def _headings(self, inner: tuple[Group, ...]) -> list[Placed]:
        """The label of a group within a page, where its first question begins."""
        found: list[Placed] = []
        for depth, group in enumerate(inner):
            if group.order in self._headed or group.order in self.taken:
                continue
            self._headed.add(group.order)
            label = self._label(group)
            if not label:
                continue
            name = self.form.names.take(f"{group.name or 'group'}-heading")
            where = all_of(self.condition(one) for one in inner[: depth + 1])
            question: dict[str, Any] = {"name": name, "kind": "information", "ask": label}
            if not isinstance(where, bool):
                question["show_if"] = tidied(where)
            found.append(Placed(group.row, question, (), True))
        return found


def looked_at(question: dict[str, Any]) -> set[str]:
    """The fields whose answers decide how a question is asked."""
    found = fields_in(question.get("show_if"))
    for option in question.get("options", ()):
        found |= fields_in(option.get("show_if"))
    for case in question.get("cases", ()):
        found |= fields_in(case.get("when"))
    texts = json.dumps({k: v for k, v in question.items() if k not in ("name", "show_if")})
    return found | {match["field"] for match in PIPE.finditer(texts)}

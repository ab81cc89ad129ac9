"""Which questions come on which page.

LimeSurvey's group is a page that reacts to itself by script. Here a page can't, so a question that
rests on another comes on a later page; and a page holds one question, or a small group.
"""

from dataclasses import dataclass, field
from typing import Any

from surveys.definitions.limesurvey.logic import Rule, all_of
from surveys.definitions.limesurvey.survey import Texts

# A group with no more questions than this stays together.
SMALL_GROUP = 3


@dataclass
class Sheet:
    """A page while it is being filled: questions, each with when it is shown."""

    title: Texts
    entries: list[tuple[dict[str, Any], Rule]] = field(default_factory=list)
    end_if: list[dict[str, Any]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return {question["name"] for question, _ in self.entries}

    def page(self) -> dict[str, Any]:
        """The page as data; what all its questions need is asked of the page."""
        rules = [_parts(rule) for _, rule in self.entries]
        shared = [part for part in rules[0] if all(part in parts for parts in rules)]
        questions = []
        for (question, _), parts in zip(self.entries, rules, strict=True):
            own = all_of(part for part in parts if part not in shared)
            questions.append(question if isinstance(own, bool) else question | {"show_if": own})
        asked = [question for question in questions if question["kind"] != "computed"]
        page: dict[str, Any] = {}
        if len(asked) > 1 and self.title:
            page["title"] = self.title
        if shared:
            page["show_if"] = all_of(shared)
        page["questions"] = questions
        return page | ({"end_if": self.end_if} if self.end_if else {})


@dataclass
class Pages:
    sheets: list[Sheet] = field(default_factory=list)
    _title: Texts = field(default_factory=dict)
    _is_small: bool = False
    _begins: bool = True

    def begin(self, title: Texts, *, is_small: bool) -> None:
        """A group begins: what comes next comes on a new page."""
        self._title, self._is_small, self._begins = title, is_small, True

    def add(
        self, questions: list[dict[str, Any]], shown: Rule, rests_on: set[str], *, is_alone: bool
    ) -> None:
        """Puts the questions that came of one of LimeSurvey's on this page or the next."""
        if self._begins or is_alone or not self._is_small or rests_on & self.sheets[-1].names:
            self.sheets.append(Sheet(self._title))
        for question in questions:
            own = question.pop("show_if", True)
            if question["kind"] == "matrix" and self.sheets[-1].entries:
                self.sheets.append(Sheet(self._title))
            self.sheets[-1].entries.append((question, all_of([shown, own])))
        # Nothing joins a matrix or a block of questions that belong together.
        self._begins = is_alone

    def positions(self) -> dict[str, int]:
        """The position of the page that asks each question."""
        return {name: i for i, sheet in enumerate(self.sheets) for name in sheet.names}


def _parts(rule: Rule) -> list[dict[str, Any]]:
    if isinstance(rule, bool):
        return []
    parts = rule.get("all", [rule])
    return list(parts)

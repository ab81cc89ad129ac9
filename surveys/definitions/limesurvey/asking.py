"""One LimeSurvey question on its way here: its conditions, attributes, codes, and troubles."""

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from surveys.definitions import naming
from surveys.definitions.limesurvey.expressions import ExpressionError, Node, parse_expression
from surveys.definitions.limesurvey.logic import Rule
from surveys.definitions.limesurvey.naming import Names
from surveys.definitions.limesurvey.notes import Notes
from surveys.definitions.limesurvey.relevance import Reader
from surveys.definitions.limesurvey.survey import Item, LimeGroup, LimeQuestion, LimeSurvey, Texts
from surveys.definitions.limesurvey.tailoring import Tailor, bare
from surveys.definitions.limesurvey.texts import Words, words_of

NUMBER = re.compile(r"[-+]?\d{1,12}([.,]\d{1,10})?|[-+]?[.,]\d{1,10}", re.ASCII)


@dataclass
class Asking:
    """A question, or with none a group or the survey itself, while it is being carried over."""

    survey: LimeSurvey
    names: Names
    notes: Notes
    group: LimeGroup | None = None
    question: LimeQuestion | None = None
    # The questions of ours that it rests on: they must be on earlier pages.
    rests_on: set[str] = field(default_factory=set)
    shown: Rule = True
    _seen: set[str] = field(default_factory=set)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.survey.languages.values())

    @property
    def lime(self) -> LimeQuestion:
        """The question; only where there is one."""
        if self.question is None:
            raise TypeError("a group and a survey have no question of their own")
        return self.question

    def trouble(self, part: str, message: str, *, line: int = 0) -> None:
        """Notes what can't be carried of one part of it."""
        owner = self.question or self.group
        line = line or (owner.line if owner else 0)
        place = [f"line {line}"] if line else []
        if self.group:
            name = words_of(next(iter(self.group.names.values()), "")).line
            place.append(f"group “{name[:60] or self.group.identity}”")
        if self.question:
            place.append(f"question {self.question.code or self.question.identity}")
        self.notes.add(", ".join([*place, part] if part else place), message)

    # Texts

    def plain(self, texts: Texts, part: str, *, line: int = 0, pipes: bool = True) -> Texts:
        """Each language's text as one line without tags."""
        return self._said(texts, part, line, lambda words: words.line, pipes=pipes)

    def prose(self, texts: Texts, part: str, *, pipes: bool = True) -> Texts:
        """Each language's text as Markdown."""
        return self._said(texts, part, 0, lambda words: words.prose, pipes=pipes)

    def _said(
        self, texts: Texts, part: str, line: int, of: Callable[[Words], str], *, pipes: bool
    ) -> Texts:
        tailor = Tailor(self.names, pipes=pipes)
        found = {language: tailor.said(text, of) for language, text in texts.items()}
        for message in tailor.troubles():
            self.trouble(part, message, line=line)
        self.rests_on |= tailor.questions
        return {language: text for language, text in found.items() if text}

    def label(self, item: Item, part: str, *, pipes: bool = False) -> Texts:
        """The label of an answer or subquestion, its code where it has no words.

        Only where it becomes a question or row can an earlier answer be put into it.
        """
        said = self.plain(item.texts, f"{part} {item.code}", line=item.line, pipes=pipes)
        if not said:
            self.trouble(f"{part} {item.code}", "it has no text in any language", line=item.line)
        return said or {self.languages[0]: bare(item.code)}

    def ask(self) -> Texts:
        said = self.plain(self.lime.texts, "text")
        if not said:
            self.trouble("text", "it has no text in any language")
        return said or {self.languages[0]: bare(self.lime.code)}

    # Conditions

    def condition(
        self, expression: str, part: str, *, line: int = 0, meanwhile: str = ""
    ) -> Rule | None:
        """When an expression is true; None, and a trouble, where that can't be carried."""
        text = html.unescape(expression).strip()
        if text.startswith("{") and text.endswith("}"):
            text = text[1:-1]
        if text in ("", "1"):
            return True
        return self.attempt(
            part,
            lambda: self.reader_condition(parse_expression(text)),
            line,
            text=text,
            meanwhile=meanwhile,
        )

    def reader_condition(self, node: Node) -> Rule:
        reader = Reader(self.names.meaning)
        rule = reader.condition(node)
        self.rests_on |= reader.questions
        return rule

    def attempt(
        self,
        part: str,
        read: Callable[[], Rule],
        line: int = 0,
        *,
        text: str = "",
        meanwhile: str = "",
    ) -> Rule | None:
        """What `read` gives; None and a trouble where it raises ExpressionError."""
        try:
            return read()
        except ExpressionError as error:
            told = " ".join(text.split())
            shown = told if len(told) < 80 else f"{told[:77]}…"
            message = f"{shown}: {error}" if shown else str(error)
            self.trouble(part, f"{message}; {meanwhile}" if meanwhile else message, line=line)
            return None

    # Attributes

    def attribute(self, name: str) -> str:
        """An attribute that is the same in all languages; from now on it counts as carried."""
        self._seen.add(name)
        texts = self.lime.attributes.get(name, {})
        return texts.get("", next(iter(texts.values()), "")).strip()

    def attribute_texts(self, name: str) -> Texts:
        """The texts of an attribute by language; one without a language is for all."""
        self._seen.add(name)
        texts = self.lime.attributes.get(name, {})
        found = {language: texts.get(language, texts.get("", "")) for language in self.languages}
        return {language: text for language, text in found.items() if text.strip()}

    def is_on(self, name: str) -> bool:
        return self.attribute(name) in ("1", "Y", "yes", "random")

    def number(self, name: str) -> float | None:
        """A number that an attribute holds; a trouble where it is an expression."""
        text = self.attribute(name).strip("{} ")
        if not text:
            return None
        if NUMBER.fullmatch(text):
            return float(text.replace(",", "."))
        self.trouble(
            name, f"expected a number, found {text[:60]!r}: it can't rest on other answers"
        )
        return None

    def whole(self, name: str, *, least: int = 0) -> int | None:
        """A whole number that an attribute holds."""
        number = self.number(name)
        if number is None:
            return None
        if number % 1 or not least <= number <= 10**6:
            self.trouble(name, f"expected a whole number from {least} on, found {number:g}")
            return None
        return int(number)

    def untold(self) -> dict[str, str]:
        """The attributes that nobody has asked for, by name."""
        return {
            name: next(iter(texts.values())).strip()
            for name, texts in self.lime.attributes.items()
            if name not in self._seen
        }

    # What it becomes

    def name(self) -> str:
        """What the question is called here: its code, if it can be."""
        code = self.lime.code
        name = self.names.take(code)
        if naming.is_ours(code):
            told = f"{code} is a word of our conditions or pages; called {name} here"
            self.trouble("code", told)
        elif not naming.is_name(code):
            self.trouble(
                "code", f"expected a letter first, then letters, digits, _ or -; called {name} here"
            )
        elif name != code:
            self.trouble("code", f"a question is called {code} already; called {name} here")
        return name

    def distinct(self, items: Iterable[Item], part: str) -> list[Item]:
        """The items without those whose code another one has already."""
        found: dict[str, Item] = {}
        for item in items:
            if found.setdefault(item.code, item) is not item:
                told = f"the code {item.code!r} stands twice: the second is left out"
                self.trouble(part, told, line=item.line)
        return list(found.values())

    def codes(self, items: list[Item], part: str) -> list[str]:
        """What the items are called here, in their order: their codes, if they can be."""
        given = naming.Names()
        found = [given.take_code(item.code) for item in items]
        for item, code in zip(items, found, strict=True):
            if code != item.code:
                told = f"the code {item.code!r} can't be kept; called {code} here"
                self.trouble(part, told, line=item.line)
        return found

    def asked(self, kind: str, name: str, **keys: Any) -> dict[str, Any]:
        """A question of ours with what all kinds share."""
        data: dict[str, Any] = {"name": name, "kind": kind, "ask": self.ask()}
        if hint := self.plain(self.lime.helps, "help"):
            data["hint"] = hint
        if self.lime.mandatory == "Y" and kind != "information":
            data["required"] = True
        return data | {key: value for key, value in keys.items() if value not in (None, [], {})}

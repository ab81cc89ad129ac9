"""Expressions in texts: the label of an earlier answer can be put in, nothing else."""

import html
import re
from collections.abc import Callable, Iterator

from surveys.definitions.limesurvey.expressions import ExpressionError, Variable, parse_expression
from surveys.definitions.limesurvey.meanings import Coded
from surveys.definitions.limesurvey.naming import Names
from surveys.definitions.limesurvey.texts import Words, words_of

# LimeSurvey takes what stands in braces for an expression unless a space comes first or last.
EXPRESSION = re.compile(r"\{(?=[^\s{}])([^{}]*)(?<!\s)\}")
# What holds the place of an expression while the HTML around it is read.
HELD = re.compile("\ue000(\\d+)\ue001")
PRIVATE = re.compile("[\ue000\ue001]")
# Of the expressions that fail for one reason, so many are named.
NAMED = 3


def bare(text: str) -> str:
    """A text that puts no answer into itself: two braces would be our way of doing so."""
    return text.replace("{{", "{ {").strip() or "…"


class Tailor:
    """Makes the texts of one place ours, in all its languages."""

    def __init__(self, names: Names, *, pipes: bool) -> None:
        self._names = names
        self._pipes = pipes
        # The questions whose labels were put in.
        self.questions: set[str] = set()
        self._left_out: dict[str, None] = {}
        self._failed: dict[str, list[str]] = {}

    def said(self, text: str, of: Callable[[Words], str]) -> str:
        """A text without HTML, its expressions as pipes, or as dots where they can't be."""
        held: list[str] = []

        def hold(match: re.Match[str]) -> str:
            held.append(self._pipe(match[1]))
            return f"\ue000{len(held) - 1}\ue001"

        words = words_of(EXPRESSION.sub(hold, PRIVATE.sub("", text)))
        self._left_out |= dict.fromkeys(words.left_out)
        plain = of(words)
        return HELD.sub(lambda match: held[int(match[1])], bare(plain)) if plain else ""

    def troubles(self) -> Iterator[str]:
        """What of the texts can't be carried, each reason once."""
        for thing in self._left_out:
            yield f"{thing} in the text can't be carried"
        for reason, expressions in self._failed.items():
            named = ", ".join(f"{{{one}}}" for one in expressions[:NAMED])
            more = len(expressions) - NAMED
            told = f"{named} and {more} more" if more > 0 else named
            yield f"{told} can't be put into the text: {reason}"

    def _pipe(self, expression: str) -> str:
        try:
            return self._piped(html.unescape(expression))
        except ExpressionError as error:
            told = " ".join(expression.split())
            failed = self._failed.setdefault(str(error), [])
            shown = told if len(told) < 60 else f"{told[:57]}…"
            if shown not in failed:
                failed.append(shown)
            return "…"

    def _piped(self, expression: str) -> str:
        """Our way of putting an earlier label into a text."""
        if not self._pipes:
            raise ExpressionError("answers can't be put into this text")
        node = parse_expression(expression)
        if not isinstance(node, Variable):
            raise ExpressionError("expected the label of an earlier answer, as in {Q1.shown}")
        meaning = self._names.meaning(node.name)
        is_label = node.suffix == "shown" or expression.strip().startswith("INSERTANS:")
        if not isinstance(meaning, Coded):
            raise ExpressionError("what was typed or ticked is never shown in a text")
        if not is_label and not (meaning.is_label and not node.suffix):
            raise ExpressionError("expected the label of an earlier answer, as in {Q1.shown}")
        self.questions.add(meaning.question)
        return f"{{{{{meaning.field}|…}}}}"

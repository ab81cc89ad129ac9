"""LimeSurvey's equations, where they choose among fixed words, as computed answers."""

import html

from surveys.definitions.foreign_words import same_in
from surveys.definitions.limesurvey.asking import Asking
from surveys.definitions.limesurvey.choosing import Question
from surveys.definitions.limesurvey.expressions import (
    Call,
    ExpressionError,
    Literal,
    Node,
    parse_expression,
)
from surveys.definitions.limesurvey.logic import Rule, all_of
from surveys.definitions.limesurvey.meanings import Coded, present
from surveys.definitions.limesurvey.relevance import Reader
from surveys.definitions.limesurvey.tailoring import EXPRESSION, bare
from surveys.definitions.limesurvey.texts import words_of
from surveys.definitions.naming import Names

EXPECTED = "expected {if(condition, 'words', 'other words')}"


def equation(asking: Asking) -> list[Question]:
    """`{if(…, 'a', 'b')}` as a computed question; nothing, and a trouble, for all else."""
    # Hidden is what an equation nearly always is, and what a computed answer always is.
    asking.attribute("hidden")
    told = asking.attribute("equation") or next(iter(asking.lime.texts.values()), "")
    try:
        cases = _cases(asking, _formula(told))
    except ExpressionError as error:
        asking.trouble("equation", f"{words_of(told).line[:80]}: {error}")
        asking.names.close(asking.lime, "is an equation that can't be carried over")
        return []
    name = asking.name()
    codes = {words: code for words, code, _ in cases}
    meaning = Coded(name, name, asking.shown, codes, is_label=True)
    asking.names.learn(asking.lime, "", meaning)
    ask = asking.plain(asking.lime.helps, "help") or {asking.languages[0]: bare(asking.lime.code)}
    return [{
        "name": name,
        "kind": "computed",
        "ask": ask,
        "cases": [
            {"code": code, "label": same_in(words, asking.languages), "when": rule}
            for words, code, rule in cases
        ],
    }]  # fmt: skip


def _formula(told: str) -> str:
    """The one expression that a text consists of."""
    found = EXPRESSION.findall(told)
    if len(found) != 1 or words_of(EXPRESSION.sub("", told)).line:
        raise ExpressionError(EXPECTED)
    return html.unescape(found[0])


def _cases(asking: Asking, formula: str) -> list[tuple[str, str, Rule]]:
    """Words, code and condition of each case, in the order in which they are tried."""
    reader = Reader(asking.names.meaning)
    cases: list[tuple[str, Rule]] = []
    otherwise: Rule = True
    node: Node = parse_expression(formula)
    while isinstance(node, Call) and node.name == "if" and len(node.arguments) == 3:
        when, then, node = node.arguments
        cases.append((_words(then), reader.rule(when)))
        # Whoever comes to the last words was refused by the condition just before them.
        otherwise = reader.rule(when, is_true=False)
    last = _words(node)
    if not cases:
        raise ExpressionError(EXPECTED)
    if last:
        cases.append((last, otherwise))
    if any(not words for words, _ in cases):
        raise ExpressionError("it gives no words in a case before the last")
    if any(isinstance(rule, bool) for _, rule in cases):
        raise ExpressionError("one of its conditions rests on no answer")
    asking.rests_on |= reader.questions
    asking.shown = all_of([asking.shown, present(reader.asked, True)])
    return _with_codes(cases)


def _with_codes(cases: list[tuple[str, Rule]]) -> list[tuple[str, str, Rule]]:
    given = Names()
    codes = {words: given.take_code(words) for words in dict.fromkeys(words for words, _ in cases)}
    return [(words, codes[words], rule) for words, rule in cases]


def _words(node: Node) -> str:
    if not isinstance(node, Literal):
        raise ExpressionError(EXPECTED)
    value = node.value
    if isinstance(value, str):
        return " ".join(value.split())
    return str(int(value)) if value % 1 == 0 else str(value)

"""The expression language of LimeSurvey's Expression Manager, by a grammar of its own.

Precedence and words of the operators: manual of LimeSurvey, "ExpressionScript - Presentation",
section "Syntax". Reading an expression says nothing about whether it can be carried: that is for
`relevance`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import LarkError, UnexpectedInput, UnexpectedToken, VisitError

LONGEST = 8_000
DEEPEST = 40

GRAMMAR = r"""
?start: or_
?or_: and_ (_OR and_)*
?and_: equal (_AND equal)*
?equal: order (EQUAL order)*
?order: sum (ORDER sum)*
?sum: product (SUM product)*
?product: unary (PRODUCT unary)*
?unary: _NOT unary -> not_
      | SUM unary -> sign
      | atom
?atom: NUMBER -> number
     | STRING -> string
     | NAME "(" [or_ ("," or_)*] ")" -> call
     | NAME -> variable
     | SGQA -> variable
     | "(" or_ ")"

_OR.3: "||" | /or\b/i
_AND.3: "&&" | /and\b/i
_NOT.1: "!" | /not\b(?!\s*\()/i
EQUAL.3: "==" | "!=" | "=" | /eq\b/i | /ne\b/i
ORDER.3: "<=" | ">=" | "<" | ">" | /(lt|le|gt|ge)\b/i
SUM: "+" | "-"
PRODUCT: "*" | "/"
NUMBER: /\d+(\.\d+)?(?![A-Za-z0-9_])|\.\d+/
STRING: /"(\\.|[^"\\])*"/s | /'(\\.|[^'\\])*'/s
SGQA.2: /(INSERTANS:)?\d+X\d+X\d+[A-Za-z0-9_#]*(\.[A-Za-z]+)?/
NAME: /[A-Za-z][A-Za-z0-9_]*(:[A-Za-z0-9_]+)?(\.[A-Za-z0-9_]+)*/
%ignore /\s+/
"""


class ExpressionError(ValueError):
    """An expression that can't be read or carried; the text says why."""


@dataclass(frozen=True)
class Literal:
    value: str | float


@dataclass(frozen=True)
class Variable:
    """A name such as `Q1`, `Q1_SQ001` or `12X3X4A`, and what stands after its dot."""

    name: str
    suffix: str = ""


@dataclass(frozen=True)
class Compare:
    """One of `==`, `!=`, `<`, `<=`, `>`, `>=`, between two expressions."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Join:
    """All of the parts, or any of them."""

    is_all: bool
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Not:
    part: "Node"


@dataclass(frozen=True)
class Call:
    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True)
class Sum:
    """Arithmetic: read, so that it can be named, and never carried."""

    operator: str


Node = Literal | Variable | Compare | Join | Not | Call | Sum

WORDS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


def parse_expression(text: str) -> Node:
    """The expression that a text spells; raises ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError(f"it is longer than {LONGEST} characters")
    if _depth(text) > DEEPEST:
        raise ExpressionError(f"it is nested deeper than {DEEPEST} brackets")
    try:
        found: Node = _parser().parse(text)  # type: ignore[assignment]  # what _Builder makes
    except UnexpectedInput as error:
        if isinstance(error, UnexpectedToken) and error.token.type == "$END":
            raise ExpressionError("it ends too early") from None
        start = error.pos_in_stream or 0
        rest = text[start : start + 20]
        raise ExpressionError(f"it can't be read from {rest!r} on") from None
    except VisitError as error:
        raise ExpressionError(str(error.orig_exc)) from None
    except LarkError as error:
        raise ExpressionError(f"it can't be read: {error}") from None
    return found


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", transformer=_Builder(), maybe_placeholders=False)


def _depth(text: str) -> int:
    """How deep brackets and signs before a value are nested, at most."""
    deepest = depth = signs = 0
    for character in text:
        if character in "!-+":
            signs += 1
        elif not character.isspace():
            deepest = max(deepest, depth + signs)
            depth += (character == "(") - (character == ")")
            signs = signs if character == "(" else 0
            deepest = max(deepest, depth)
    return max(deepest, signs)


@v_args(inline=True)
class _Builder(Transformer[Token, Any]):
    def number(self, token: Token) -> Literal:
        return Literal(float(token))

    def string(self, token: Token) -> Literal:
        return Literal(_unquoted(token[1:-1]))

    def variable(self, token: Token) -> Variable:
        name, _, suffix = str(token).removeprefix("INSERTANS:").partition(".")
        return Variable(name, suffix)

    def call(self, name: Token, *arguments: Node) -> Call | Not:
        if name.lower() == "not" and len(arguments) == 1:
            return Not(arguments[0])
        return Call(str(name), arguments)

    def not_(self, part: Node) -> Not:
        return Not(part)

    def sign(self, sign: Token, part: Node) -> Node:
        if isinstance(part, Literal) and isinstance(part.value, float):
            return Literal(-part.value if sign == "-" else part.value)
        return Sum(str(sign))

    def or_(self, *parts: Node) -> Join:
        return Join(False, parts)

    def and_(self, *parts: Node) -> Join:
        return Join(True, parts)

    def sum(self, _: Node, operator: Token, *rest: object) -> Sum:
        return Sum(str(operator))

    def product(self, _: Node, operator: Token, *rest: object) -> Sum:
        return Sum(str(operator))

    def equal(self, *parts: Any) -> Node:
        return _chained(parts)

    def order(self, *parts: Any) -> Node:
        return _chained(parts)


def _chained(parts: tuple[Any, ...]) -> Node:
    if len(parts) != 3:
        raise ExpressionError("it compares three things in a row; join two comparisons with `and`")
    left, operator, right = parts
    if operator == "=":
        raise ExpressionError("`=` gives a value in LimeSurvey; a comparison is written `==`")
    return Compare(WORDS.get(str(operator).lower(), str(operator)), left, right)


def _unquoted(text: str) -> str:
    found, escaped = [], False
    for character in text:
        if character == "\\" and not escaped:
            escaped = True
            continue
        found.append(character)
        escaped = False
    return "".join(found)

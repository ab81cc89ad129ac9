"""The expression language of XLSForm, read by a grammar: a subset of XPath 1.0 with `${question}`.

What is read here is not yet understood: `conditions` says what of it can be carried. The grammar
takes paths and arithmetic as well, so that they are refused by name and not as gibberish.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput, VisitError

# The longest expression of the fielded forms seen has 1,100 characters.
MOST_CHARACTERS = 8_000
MOST_BRACKETS = 60
MOST_TERMS = 200

GRAMMAR = r"""
?start: or_
?or_: and_ (OR and_)*
?and_: equal (AND equal)*
?equal: order (EQUALS order)?
?order: sum (ORDER sum)?
?sum: product ((PLUS | MINUS) product)*
?product: signed ((TIMES | DIV | MOD) signed)*
?signed: MINUS signed -> negative
    | union
?union: atom ("|" atom)*
?atom: NUMBER -> number
    | STRING -> string
    | REFERENCE -> reference
    | call
    | call steps -> path
    | PATH predicate* steps? -> path
    | DOT -> dot
    | NAME -> name
    | "(" or_ ")"
call: NAME "(" [or_ ("," or_)*] ")"
steps: (PATH predicate*)+
predicate: "[" or_ "]"

OR.3: /or\b/i
AND.3: /and\b/i
DIV.3: /div\b/
MOD.3: /mod\b/
EQUALS: "=" | "!="
ORDER: "<=" | ">=" | "<" | ">"
PLUS: "+"
MINUS: "-"
TIMES: "*"
NUMBER.4: /\d+(\.\d*)?|\.\d+/
STRING: /"[^"]*"|'[^']*'/
REFERENCE: /\$\{\s*[^{}]*?\s*\}/
PATH.2: /(\.\.?)?(\/{1,2}(\.\.?|@?[\w:.-]+|\*))+|\.\./
DOT: "."
NAME: /[^\W\d][\w.-]*(:[^\W\d][\w.-]*)?/
%ignore /\s+/
"""


class ExpressionError(ValueError):
    """An expression, or a part of one, that can't be carried; the text says why."""


@dataclass(frozen=True)
class Literal:
    """A text or a number as it stands; booleans come from true() and false()."""

    value: str | float | bool


@dataclass(frozen=True)
class Reference:
    """`${question}`, or `.` for the question itself where `name` is empty."""

    name: str


@dataclass(frozen=True)
class Name:
    """A bare word: the column of a choices sheet, inside a choice filter."""

    name: str


@dataclass(frozen=True)
class Call:
    """A function or an operator with what it is applied to."""

    name: str
    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Path:
    """A way through the nodes of a form; nothing that we have."""

    text: str


Expression = Literal | Reference | Name | Call | Path

BOOLEANS = {"yes": True, "true": True, "no": False, "false": False}


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """The expression that a cell spells; raises ExpressionError.

    A whole cell that says yes, no, true or false means that, as pyxform takes it.
    """
    plain = straightened(text)
    if plain.lower() in BOOLEANS:
        return Literal(BOOLEANS[plain.lower()])
    if len(plain) > MOST_CHARACTERS:
        raise ExpressionError(f"is longer than {MOST_CHARACTERS:,} characters")
    if _deepest(plain) > MOST_BRACKETS:
        raise ExpressionError(f"has more than {MOST_BRACKETS} brackets inside each other")
    try:
        found: Expression = _Reader().transform(_parser().parse(plain))
    except UnexpectedInput as error:
        raise ExpressionError(_unreadable(plain, error)) from None
    except (VisitError, RecursionError):
        raise ExpressionError("can't be read: it is too deeply nested") from None
    return found


def straightened(text: str) -> str:
    """`text` with the quotation marks of a typewriter, which word processors replace."""
    plain = re.sub("[\u2018-\u201b]", "'", re.sub("[\u201c-\u201f]", '"', text))
    return plain.replace("\u00a0", " ").strip()


def _unreadable(text: str, error: UnexpectedInput) -> str:
    position = error.pos_in_stream
    if position is None or not 0 <= position < len(text):
        return "can't be read: it ends too early"
    return f"can't be read from {text[position : position + 20]!r} on"


def _deepest(text: str) -> int:
    depth = deepest = 0
    for letter in text:
        depth += (letter in "([") - (letter in ")]")
        deepest = max(deepest, depth)
    return deepest


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", lexer="contextual")


@v_args(inline=True)
class _Reader(Transformer[Token, Expression]):
    """From the grammar's tree to expressions."""

    def number(self, token: Token) -> Expression:
        return Literal(float(token))

    def string(self, token: Token) -> Expression:
        return Literal(str(token)[1:-1])

    def reference(self, token: Token) -> Expression:
        return Reference(str(token)[2:-1].strip())

    def dot(self, _: Token) -> Expression:
        return Reference("")

    def name(self, token: Token) -> Expression:
        return Name(str(token))

    def call(self, name: Token, *parts: Expression | None) -> Expression:
        return Call(str(name).lower(), tuple(part for part in parts if part is not None))

    def path(self, *parts: Any) -> Expression:
        first = parts[0]
        return Path(f"{first.name}(…)" if isinstance(first, Call) else str(first))

    def negative(self, _: Token, part: Expression) -> Expression:
        if isinstance(part, Literal) and isinstance(part.value, float):
            return Literal(-part.value)
        return Call("-", (Literal(0.0), part))

    def or_(self, *parts: Any) -> Expression:
        return Call("or", parts[::2])

    def and_(self, *parts: Any) -> Expression:
        return Call("and", parts[::2])

    def equal(self, left: Expression, sign: Token, right: Expression) -> Expression:
        return Call(str(sign), (left, right))

    def order(self, left: Expression, sign: Token, right: Expression) -> Expression:
        return Call(str(sign), (left, right))

    def sum(self, first: Expression, *rest: Any) -> Expression:
        return _folded(first, rest)

    def product(self, first: Expression, *rest: Any) -> Expression:
        return _folded(first, rest)

    def union(self, *parts: Expression) -> Expression:
        return Path("|")

    def steps(self, *parts: Any) -> Any:
        return parts

    def predicate(self, part: Expression) -> Expression:
        return part


def _folded(first: Expression, rest: tuple[Any, ...]) -> Expression:
    """Arithmetic from the left, as XPath has it."""
    if len(rest) > 2 * MOST_TERMS:
        raise RecursionError
    found = first
    for sign, part in zip(rest[::2], rest[1::2], strict=True):
        found = Call(str(sign), (found, part))
    return found

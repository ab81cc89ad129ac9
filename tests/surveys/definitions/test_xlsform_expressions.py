"""The expression language: what is read, what it means, and what is refused by name.

Its meaning is checked against a slow, obvious evaluator of XPath 1.0 in `two_valued`: a condition
that was made of an expression must be true for just the answers for which the expression is.
"""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.definitions.conditions import evaluate, parse_condition
from surveys.definitions.xlsform.conditions import Translation
from surveys.definitions.xlsform.expressions import (
    Call,
    Expression,
    ExpressionError,
    Literal,
    Reference,
    parse,
)
from surveys.definitions.xlsform.scope import Known, Scope
from surveys.definitions.xlsform.truth import tidied

NAMES = {
    "sex": Known("sex", "one", 1, "sex", {"f": ("f",), "m": ("m",)}),
    "score": Known("score", "one", 2, "score", {"1": ("1",), "2": ("2",), "10": ("10",)}),
    "seen": Known("seen", "many", 3, "seen", {"a": ("a",), "b": ("b",), "c": ("c",)}),
    "age": Known("age", "whole", 4, "age"),
    "weight": Known("weight", "decimal", 5, "weight"),
    "born": Known("born", "date", 6, "born"),
    "woke": Known("woke", "time", 7, "woke"),
    "why": Known("why", "words", 8, "why"),
    "note": Known("note", "nothing", 9, "note"),
    "device": Known("device", "device", 10),
    "adult": Known("adult", "calculated", 11, expression=parse("${age} >= 18")),
    "group": Known(
        "group", "calculated", 12, expression=parse("if(${sex} = 'f', 'x', if(${adult}, 'y', ''))")
    ),
    "copy": Known(
        "copy", "calculated", 13, expression=parse("${sex}"), only_if=parse("${age} > 5")
    ),
    "circle": Known("circle", "calculated", 14, expression=parse("${circle}")),
    "later": Known("later", "one", 99, "later", {"a": ("a",)}),
}
SCOPE = Scope(NAMES, 50)


def condition_of(text: str) -> Any:
    return tidied(Translation(SCOPE).true(parse(text)))


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("${sex} = 'f'", {"sex": {"is": "f"}}),
        ("${sex}='f' or ${sex}='m'", {"sex": {"in": ["f", "m"]}}),
        ("${score}='1' or ${score} = 2", {"score": {"in": ["1", "2"]}}),
        ("${score} > 1", {"score": {"in": ["2", "10"]}}),
        ("${sex} != ''", {"sex": {"answered": True}}),
        ('${sex} = ""', {"sex": {"answered": False}}),
        (
            "${sex} != 'f'",
            {"any": [{"sex": {"answered": False}}, {"not": {"sex": {"is": "f"}}}]},
        ),
        ("not(${sex} != 'f')", {"sex": {"is": "f"}}),
        ("selected(${seen}, 'a')", {"seen": {"any_of": ["a"]}}),
        ("selected (${seen}, 'a') or selected(${seen}, 'b')", {"seen": {"any_of": ["a", "b"]}}),
        ("${seen} = 'a'", {"seen": {"is": "a"}}),
        ("count-selected(${seen}) >= 2", {"seen": {"count": {"ge": 2}}}),
        ("string-length(${why}) > 0", {"why": {"answered": True}}),
        ("${why}", {"why": {"answered": True}}),
        ("${age} >= 18 and ${age} < 65", {"all": [{"age": {"ge": 18}}, {"age": {"lt": 65}}]}),
        ("17.5 < ${age}", {"age": {"gt": 17}}),
        ("${age} = 30", {"age": {"between": [30, 30]}}),
        ("${weight} <= 2.5", {"weight": {"le": 2.5}}),
        ("${born} >= date('2004-01-01')", {"born": {"ge": "2004-01-01"}}),
        ("${woke} < '09:30'", {"woke": {"lt": "09:30"}}),
        ("${adult}", {"age": {"ge": 18}}),
        ("not(${adult})", {"any": [{"age": {"answered": False}}, {"age": {"lt": 18}}]}),
        ("${group} = 'x'", {"sex": {"is": "f"}}),
        ("${copy} = 'f'", {"all": [{"age": {"gt": 5}}, {"sex": {"is": "f"}}]}),
        ("coalesce(${note}, 'm') = 'm'", True),
        (
            "${sex} = ‘f’ AND ${why} = “”",
            {"all": [{"sex": {"is": "f"}}, {"why": {"answered": False}}]},
        ),
        ("1 + 1 = 2 and ${sex} = 'f'", {"sex": {"is": "f"}}),
        ("yes", True),
        ("FALSE", False),
        ("${sex} = 'x'", False),
        ("${note} = ''", True),
    ],
)
def test_an_expression_becomes_a_condition(text, condition):
    assert condition_of(text) == condition


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "can't be read: it ends too early"),
        ("${sex} = ", "can't be read"),
        ("(${sex} = 'f'", "can't be read"),
        ("${sex} == 'f'", "can't be read from \"= 'f'\" on"),
        ("${nobody} = 1", "looks at ${nobody}, which the form does not have"),
        ("${later} = 'a'", "looks at ${later}, which is asked later"),
        ("${device} = 'x'", "looks at ${device}, which is not collected"),
        ("${circle} = 'x'", "looks at ${circle}, which is calculated from itself"),
        ("${why} = 'x'", "own words can't be tested"),
        ("${age} > ${weight}", "compares two answers with each other"),
        ("${age} + 1 > 3", "calculates with answers"),
        ("(${age} - 1) mod 2 = 0", "calculates with answers"),
        ("${born} < today()", "compares with today, which only the bounds of a date can"),
        ("${born} = 'soon'", "compares a date with 'soon', which is none"),
        ("string-length(${why}) > 5", "measures how long ${why} is"),
        ("count-selected(${sex}) > 1", "counts ${sex}, which is not of several choices"),
        ("regex(${why}, 'x')", "uses regex(), which has no counterpart"),
        ("position(..) = 1", "uses position(), which has no counterpart"),
        ("../sex = 'f'", "goes through the form by the path ../sex"),
        ("instance('x')/root/item[a = 1]/b = 2", "goes through the form by the path instance(…)"),
        (". > 3", "has a dot, which stands for the answer in a constraint only"),
        ("colour = 'red'", "has the bare word 'colour': a text needs quotation marks"),
        ("selected(${seen})", "gives selected() 1 things, not two"),
        ("(" * 70 + "1" + ")" * 70, "has more than 60 brackets inside each other"),
        ("1" + " + 1" * 900, "too deeply nested"),
        ("'" + "x" * 9_000 + "'", "is longer than 8,000 characters"),
    ],
)
def test_what_cannot_be_carried_is_refused_by_name(text, why):
    with pytest.raises(ExpressionError) as caught:
        condition_of(text)

    assert why in str(caught.value)


def test_calculations_put_into_each_other_do_not_explode():
    names = dict(NAMES)
    names["c0"] = Known("c0", "calculated", 20, expression=parse("if(${sex}='f', 'a', ${score})"))
    for n in range(1, 60):
        doubled = parse(f"if(${{c{n - 1}}} = 'a', ${{c{n - 1}}}, ${{c{n - 1}}})")
        names[f"c{n}"] = Known(f"c{n}", "calculated", 20, expression=doubled)

    with pytest.raises(ExpressionError, match="too long once the calculations"):
        Translation(Scope(names, 50)).true(parse("${c59} = 'a'"))


# Random expressions over the questions above, as text.
COMPARED = st.one_of(
    st.builds(
        "${{{}}} {} {}".format,
        st.sampled_from(["sex", "score"]),
        st.sampled_from(["=", "!="]),
        st.sampled_from(["'f'", "'1'", "2", "10", "''", "'zz'"]),
    ),
    st.builds(
        "${{{}}} {} {}".format,
        st.sampled_from(["score", "age", "weight"]),
        st.sampled_from(["<", "<=", ">", ">=", "=", "!="]),
        st.sampled_from(["2", "1.5", "-1", "10", "'2'"]),
    ),
    st.builds("selected(${{{}}}, '{}')".format, st.just("seen"), st.sampled_from("abz")),
    st.builds(
        "count-selected(${{seen}}) {} {}".format,
        st.sampled_from(["<", "<=", ">", ">=", "=", "!="]),
        st.integers(0, 3),
    ),
    st.sampled_from(
        [
            "${adult}",
            "${group} = 'x'",
            "${group} != 'y'",
            "${copy} = 'f'",
            "${age}",
            "${why} = ''",
            "string-length(${why}) >= 1",
            "coalesce(${sex}, ${group}) = 'm'",
            "true()",
            "1 > 2",
        ]
    ),
)
EXPRESSIONS = st.recursive(
    COMPARED,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not({})".format, inner),
        st.builds("if({}, {}, {})".format, inner, inner, inner),
    ),
    max_leaves=6,
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "sex": st.sampled_from(["f", "m"]),
        "score": st.sampled_from(["1", "2", "10"]),
        "seen": st.sampled_from([["a"], ["b"], ["a", "b"], ["a", "b", "c"]]),
        "age": st.sampled_from([0, 2, 10, 17, 18, 40]),
        "weight": st.sampled_from([0.0, 1.5, 2.0, 9.9]),
        "why": st.just("because"),
    },
)


@given(EXPRESSIONS, ANSWERS)
def test_a_condition_is_true_where_its_expression_is(text, answers):
    expression = parse(text)
    pair = Translation(SCOPE).pair(expression)

    expected = as_truth(two_valued(expression, answers))

    assert _holds(pair.true, answers) is expected
    assert _holds(pair.false, answers) is not expected


def _holds(condition: Any, answers: dict[str, Any]) -> bool:
    if isinstance(condition, bool):
        return condition
    return evaluate(parse_condition(tidied(condition)), answers) is True


def two_valued(expression: Expression, answers: dict[str, Any]) -> Any:
    """What XPath 1.0 makes of an expression, where what was not answered is an empty text."""
    match expression:
        case Literal(value):
            return value
        case Reference(name):
            return _referred(name, answers)
        case Call("if", (where, then, otherwise)):
            is_true = as_truth(two_valued(where, answers))
            return two_valued(then if is_true else otherwise, answers)
        case Call("and", parts):
            return all(as_truth(two_valued(part, answers)) for part in parts)
        case Call("or", parts):
            return any(as_truth(two_valued(part, answers)) for part in parts)
        case Call(name, parts):
            return _applied(name, [two_valued(part, answers) for part in parts])
    raise AssertionError(expression)


def _referred(name: str, answers: dict[str, Any]) -> Any:
    known = NAMES[name]
    if known.expression is not None:
        there = known.only_if is None or as_truth(two_valued(known.only_if, answers))
        return two_valued(known.expression, answers) if there else ""
    answer = answers.get(name, "")
    if isinstance(answer, list):
        return " ".join(answer)
    return float(answer) if isinstance(answer, (int, float)) else answer


def _applied(name: str, values: list[Any]) -> Any:
    match name:
        case "true" | "false":
            return name == "true"
        case "not":
            return not as_truth(values[0])
        case "selected":
            return values[1] in values[0].split()
        case "count-selected":
            return float(len(values[0].split()))
        case "string-length":
            return float(len(values[0]))
        case "coalesce":
            return values[0] if values[0] != "" else values[1]
        case "=" | "!=":
            return _same(*values) is (name == "=")
    left, right = map(as_number, values)
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[name]


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return as_truth(left) is as_truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return as_number(left) == as_number(right)
    return bool(left == right)


def as_number(value: Any) -> float:
    try:
        return float(value)
    except ValueError:
        return math.nan


def as_truth(value: Any) -> bool:
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)

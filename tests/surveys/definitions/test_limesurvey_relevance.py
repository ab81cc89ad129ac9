"""ExpressionScript and the conditions that it becomes; each holds in the same cases."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.definitions.conditions import evaluate, parse_condition
from surveys.definitions.limesurvey.expressions import (
    Call,
    Compare,
    ExpressionError,
    Join,
    Literal,
    Node,
    Not,
    Variable,
    parse_expression,
)
from surveys.definitions.limesurvey.meanings import Coded, Day, Meaning, Number, Ticked, Words
from surveys.definitions.limesurvey.relevance import Reader

NO_ANSWER = "prefer-not-to-say"
BOXES = ("a", "b", "other")
MEANINGS: dict[str, Meaning] = {
    # A list with codes 1 to 3, and one whose codes are letters and may be left without an answer.
    "list": Coded("list", "list", codes={"1": "1", "2": "2", "3": "3", "-oth-": "other"}),
    "yn": Coded("yn", "yn", codes={"Y": "yes", "N": "no"}, missing=(NO_ANSWER,)),
    "row_1": Coded("row.1", "row", codes={"A1": "A1", "A2": "A2"}),
    "box_a": Ticked("box", "box", code="a", boxes=BOXES),
    "box_b": Ticked("box", "box", code="b", boxes=BOXES),
    "box_other": Ticked("box", "box", code="other", boxes=BOXES),
    "age": Number("age", "age", is_whole=True),
    "size": Number("size", "size"),
    "day": Day("day", "day"),
    "words": Words("words", "words"),
    # Asked only of those who said yes.
    "inner": Coded("inner", "inner", {"yn": {"is": "yes"}}, codes={"A1": "A1", "A2": "A2"}),
}


def meaning_of(name: str) -> Meaning:
    if name not in MEANINGS:
        raise ExpressionError(f"no question is called {name}")
    return MEANINGS[name]


def condition(text: str) -> Any:
    return Reader(meaning_of).condition(parse_expression(text))


SKIPPED_YN = [{"yn": {"answered": False}}, {"yn": {"is": NO_ANSWER}}]

TABLE = [
    # One answer of several.
    ('list == "1"', {"list": {"is": "1"}}),
    ("list == 1", {"list": {"is": "1"}}),
    ('"1" == list', {"list": {"is": "1"}}),
    ("list.NAOK eq '2'", {"list": {"is": "2"}}),
    ('list == "-oth-"', {"list": {"is": "other"}}),
    ('yn == "Y"', {"yn": {"is": "yes"}}),
    ('yn.code == "N"', {"yn": {"is": "no"}}),
    ('row_1 == "A2"', {"row.1": {"is": "A2"}}),
    ('list == "1" or list == "2"', {"list": {"in": ["1", "2"]}}),
    # Codes that look like numbers are compared as numbers.
    ("list > 1", {"list": {"in": ["2", "3"]}}),
    ("list ge 3", {"list": {"is": "3"}}),
    ("2 > list", {"list": {"is": "1"}}),
    # An empty answer differs from every answer.
    ('list != "1"', {"any": [{"list": {"answered": False}}, {"not": {"list": {"is": "1"}}}]}),
    ('!(list == "1")', {"any": [{"list": {"answered": False}}, {"not": {"list": {"is": "1"}}}]}),
    ('!(list != "1")', {"list": {"is": "1"}}),
    # Empty or not; "No answer" is empty.
    ("is_empty(list)", {"list": {"answered": False}}),
    ("!is_empty(list.NAOK)", {"list": {"answered": True}}),
    ('list == ""', {"list": {"answered": False}}),
    ('list != ""', {"list": {"answered": True}}),
    ("is_empty(yn)", {"any": SKIPPED_YN}),
    ("! is_empty(yn)", {"yn": {"in": ["yes", "no"]}}),
    ("list", {"list": {"answered": True}}),
    # Boxes.
    ('box_a == "Y"', {"box": {"any_of": ["a"]}}),
    ('box_a == "Y" or box_b == "Y"', {"box": {"any_of": ["a", "b"]}}),
    (
        'box_a.NAOK != "Y"',
        {"any": [{"box": {"answered": False}}, {"not": {"box": {"any_of": ["a"]}}}]},
    ),
    ("!is_empty(box_other)", {"box": {"any_of": ["other"]}}),
    ("count(box_a, box_b, box_other) >= 2", {"box": {"count": {"ge": 2}}}),
    ("count(box_a, box_b, box_other) == 1", {"box": {"count": {"is": 1}}}),
    (
        "count(box_a, box_b, box_other) < 2",
        {"any": [{"box": {"answered": False}}, {"box": {"count": {"lt": 2}}}]},
    ),
    ("count(box_a, box_b) > 0", {"box": {"any_of": ["a", "b"]}}),
    # Numbers.
    ("age > 17", {"age": {"gt": 17}}),
    ('age > "17"', {"age": {"gt": 17}}),
    # Constants of two sorts are compared as LimeSurvey writes them.
    ('1 == "1" and age > 17', {"age": {"gt": 17}}),
    ("age lt 18", {"age": {"lt": 18}}),
    ("age == 30", {"age": {"between": [30, 30]}}),
    ("age >= 17.5", {"age": {"gt": 17}}),
    ("size <= 2.5", {"size": {"le": 2.5}}),
    ("size < -1", {"size": {"lt": -1}}),
    ("!(age > 17)", {"any": [{"age": {"answered": False}}, {"age": {"le": 17}}]}),
    ("age", {"not": {"age": {"between": [0, 0]}}}),
    ("is_numeric(age)", {"age": {"answered": True}}),
    # Dates and words.
    ('day < "2024-03-01"', {"day": {"lt": "2024-03-01"}}),
    ('day >= "2024-03-01 00:00"', {"day": {"ge": "2024-03-01"}}),
    ("!is_empty(words)", {"words": {"answered": True}}),
    ("strlen(words.NAOK) > 0", {"words": {"answered": True}}),
    ("strlen(words) == 0", {"words": {"answered": False}}),
    # Joined.
    (
        'list == "1" and (age > 5 || yn == "Y")',
        {"all": [{"list": {"is": "1"}}, {"any": [{"age": {"gt": 5}}, {"yn": {"is": "yes"}}]}]},
    ),
    (
        'list == "1" && age > 5 and yn == "Y"',
        {"all": [{"list": {"is": "1"}}, {"age": {"gt": 5}}, {"yn": {"is": "yes"}}]},
    ),
    (
        '!(list == "1" or age > 5)',
        {
            "all": [
                {"any": [{"list": {"answered": False}}, {"not": {"list": {"is": "1"}}}]},
                {"any": [{"age": {"answered": False}}, {"age": {"le": 5}}]},
            ]
        },
    ),
    ('1 and list == "1"', {"list": {"is": "1"}}),
    ("not is_empty(list)", {"list": {"answered": True}}),
    # Settled without any answer.
    ("1 == 1", True),
    ("0", False),
    ('"a" == "b"', False),
    ('list == "1" and 0', False),
    ("list > 9", False),
    # A hidden question makes the whole false, unless its name ends in .NAOK.
    ('inner == "A1"', {"inner": {"is": "A1"}}),
    (
        "is_empty(inner)",
        {"all": [{"inner": {"answered": False}}, {"yn": {"is": "yes"}}]},
    ),
    ("is_empty(inner.NAOK)", {"inner": {"answered": False}}),
    (
        'list == "1" or inner == "A1"',
        {
            "all": [
                {"any": [{"list": {"is": "1"}}, {"inner": {"is": "A1"}}]},
                {"yn": {"is": "yes"}},
            ]
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_expression_becomes_condition(text, expected):
    found = condition(text)
    assert found == expected
    if not isinstance(found, bool):
        parse_condition(found)


REFUSED = [
    ("list = 1", "`=` gives a value in LimeSurvey; a comparison is written `==`"),
    ("age + 1 > 5", "it calculates (`+`)"),
    ("sum(age, size) > 5", "the function `sum` can't be carried"),
    ("regexMatch('/a/', words)", "the function `regexMatch` can't be carried"),
    ('words == "Bob"', "it looks into what somebody wrote: own words are sealed here"),
    ('list == "9"', "it compares with the answer '9': there are 1, 2, 3, -oth-"),
    ('yn > "Y"', "it compares with 'Y', which is no number"),
    ("yn > 3", "it puts in order (`>`) what has no numbers as codes"),
    ("age > size", "it compares two things that are both worked out from answers"),
    ("age > 'nan'", "it compares with 'nan', which is no number"),
    ("age == 'old'", "it compares with 'old', which is no number"),
    ('list < ""', 'it puts an empty text in order (`< ""`)'),
    ("day > 5", "it compares a date with '5', expected one as 2024-01-31"),
    ("day == '2024-01-31'", "it compares a date with something else than earlier or later"),
    ('box_a == "N"', 'it compares a box with something else than "Y", for ticked'),
    ("list.shown == 'One'", "`.shown` of list can't be tested"),
    ("count(box_a, box_b) == 2", "it counts some of a question's boxes"),
    ("count(box_a, age) > 0", "the function `count` can't be carried in this way"),
    ("1 < age < 5", "it compares three things in a row"),
    ("(list == 1) == 1", "it compares whether something is true: write that by itself"),
    ("(list", "it ends too early"),
    ("list == ", "it ends too early"),
    ("list $ 1", "it can't be read from '$ 1' on"),
    ("nothing == 1", "no question is called nothing"),
    ("(" * 60 + "list" + ")" * 60, "it is nested deeper than 40 brackets"),
    ("!" * 60 + "list", "it is nested deeper than 40 brackets"),
    ("list or " * 2000 + "list", "it is longer than 8000 characters"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_expression_that_cannot_be_carried_says_why(text, message):
    with pytest.raises(ExpressionError) as refused:
        condition(text)
    assert message in str(refused.value)


@given(st.text(max_size=80) | st.text(alphabet="()!&|=<>\"'.,+-*/ abnQ123_XAOKeq", max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        condition(text)
    except ExpressionError as error:
        assert str(error)  # noqa: PT017  # what matters is that nothing else is raised


# What LimeSurvey would say, worked out as its Expression Manager does: true or false, and an
# unanswered question is an empty text.
SAMPLES = {
    "list": ["1", "2", "3", None],
    "yn": ["Y", "N", "no answer", None],
    "box_a": ["Y", None],
    "box_b": ["Y", None],
    "age": [0, 3, 40, None],
    "words": ["said", None],
}


def theirs(node: Node, answers: dict[str, Any]) -> bool:
    match node:
        case Not(part):
            return not theirs(part, answers)
        case Join(is_all, parts):
            said = [theirs(part, answers) for part in parts]
            return all(said) if is_all else any(said)
        case Call("is_empty", (Variable(name),)):
            return answers[name] is None
        case Compare(operator, Variable(name), Literal(value)):
            return _compared(answers[name], operator, value)
    raise AssertionError(node)


def _compared(answer: Any, operator: str, value: Any) -> bool:
    if operator in ("==", "!="):
        said = "" if answer is None else str(answer)
        wanted = str(int(value)) if isinstance(value, float) else value
        return (said == wanted) is (operator == "==")
    if answer is None or not str(answer).isdecimal():
        return False
    number = float(answer)
    return {
        "<": number < value,
        "<=": number <= value,
        ">": number > value,
        ">=": number >= value,
    }[operator]


def _ours(answers: dict[str, Any]) -> dict[str, Any]:
    """The same answers as they are kept here."""
    boxes = [box[-1] for box in ("box_a", "box_b") if answers[box]]
    codes = {"Y": "yes", "N": "no", "no answer": {"missing": NO_ANSWER}}
    kept = {
        "list": answers["list"],
        "yn": codes.get(answers["yn"]),
        "box": boxes or None,
        "age": answers["age"],
        "words": answers["words"],
    }
    return {name: answer for name, answer in kept.items() if answer is not None}


def _test(name: str) -> st.SearchStrategy[Node]:
    variable = Variable(name)
    empty = st.just(Call("is_empty", (variable,)))
    orders = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    same = st.sampled_from(["==", "!="])
    compared = {
        "list": st.builds(Compare, orders, st.just(variable), st.just(Literal(2.0))),
        "yn": st.builds(
            Compare, same, st.just(variable), st.sampled_from([Literal("Y"), Literal("")])
        ),
        "age": st.builds(
            Compare, orders, st.just(variable), st.sampled_from([Literal(0.0), Literal(3.0)])
        ),
        "words": st.builds(Compare, same, st.just(variable), st.just(Literal(""))),
    }
    box = st.builds(Compare, same, st.just(variable), st.just(Literal("Y")))
    return empty | compared.get(name, box)


TESTS = st.sampled_from(list(SAMPLES)).flatmap(_test)
EXPRESSIONS = st.recursive(
    TESTS,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(Join, st.booleans(), st.lists(inner, min_size=2, max_size=3).map(tuple))
    ),
    max_leaves=8,
)
ANSWERS = st.fixed_dictionaries({name: st.sampled_from(said) for name, said in SAMPLES.items()})


@given(EXPRESSIONS, ANSWERS)
def test_condition_holds_where_the_expression_does(node, answers):
    rule = Reader(meaning_of).condition(node)
    empty_as_theirs = {
        name: None if answer == "no answer" else answer for name, answer in answers.items()
    }
    held = rule if isinstance(rule, bool) else evaluate(parse_condition(rule), _ours(answers))
    assert (held is True) is theirs(node, empty_as_theirs)

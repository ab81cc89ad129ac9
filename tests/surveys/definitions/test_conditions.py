"""Show-if conditions: three-valued, closed, looking back only."""

import pytest

from surveys.definitions.conditions import ConditionError, evaluate, parse_condition

ANSWERS = {
    "how": "phone",
    "why": ["fear", "harm"],
    "calls": 3,
    "when": "2022-11",
    "age": {"missing": "prefer-not-to-say"},
    "point": "5",
}


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        ({"how": {"is": "phone"}}, True),
        ({"how": {"is": "online"}}, False),
        ({"how": {"in": ["online", "phone"]}}, True),
        ({"how": {"any_of": ["online"]}}, False),
        ({"why": {"any_of": ["fear", "other"]}}, True),
        ({"why": {"all_of": ["fear", "harm"]}}, True),
        ({"why": {"all_of": ["fear", "other"]}}, False),
        ({"why": {"count": {"ge": 2}}}, True),
        ({"why": {"count": {"gt": 2}}}, False),
        ({"age": {"count": {"lt": 2}}}, None),
        ({"calls": {"lt": 3}}, False),
        ({"calls": {"le": 3}}, True),
        ({"calls": {"gt": 2}}, True),
        ({"calls": {"ge": 4}}, False),
        ({"calls": {"between": [1, 3]}}, True),
        ({"point": {"between": [5, 7]}}, True),
        ({"point": {"lt": 5}}, False),
        ({"when": {"ge": "2022-01"}}, True),
        ({"how": {"answered": True}}, True),
        ({"gone": {"answered": True}}, False),
        ({"gone": {"answered": False}}, True),
        # Unanswered is unknown, and unknown is not false.
        ({"gone": {"is": "x"}}, None),
        ({"not": {"gone": {"is": "x"}}}, None),
        ({"all": [{"gone": {"is": "x"}}, {"how": {"is": "phone"}}]}, None),
        ({"all": [{"gone": {"is": "x"}}, {"how": {"is": "online"}}]}, False),
        ({"any": [{"gone": {"is": "x"}}, {"how": {"is": "phone"}}]}, True),
        ({"any": [{"gone": {"is": "x"}}, {"how": {"is": "online"}}]}, None),
        # Who prefers not to say is neither above nor below, and answered.
        ({"age": {"ge": 3}}, None),
        ({"age": {"is": "prefer-not-to-say"}}, True),
        ({"age": {"answered": True}}, True),
    ],
)
def test_evaluate(condition, truth):
    assert evaluate(parse_condition(condition), ANSWERS) is truth


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("how", "expected one key"),
        ({"how": {"is": "a"}, "why": {"is": "b"}}, "expected one key"),
        ({"how": {"equals": "a"}}, "unknown operator 'equals'"),
        ({"how": {"is": ["a"]}}, "expected a code"),
        ({"how": {"any_of": "a"}}, "expected a list of codes"),
        ({"how": {"between": [1]}}, "expected two numbers"),
        ({"how": {"answered": "yes"}}, "expected true or false"),
        ({"how": {"count": 2}}, "expected a comparison"),
        ({"all": []}, "expected a list of conditions"),
        ({"how": "phone"}, "expected one operator"),
    ],
)
def test_parse_refuses(condition, expected):
    with pytest.raises(ConditionError, match=expected):
        parse_condition(condition)

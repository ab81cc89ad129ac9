"""LimeSurvey's arrays whose rows share their answers, as matrices."""

import re
from typing import Any

from surveys.definitions.foreign_words import words
from surveys.definitions.limesurvey.asking import Asking
from surveys.definitions.limesurvey.choosing import (
    NO_ANSWER,
    Question,
    no_answer,
    order,
    points,
    relevance,
)
from surveys.definitions.limesurvey.meanings import Coded
from surveys.definitions.limesurvey.survey import Item, Texts

# The fixed answers of an array, in LimeSurvey's order, and the words for each.
FIXED = {
    "C": {"Y": "yes", "U": "uncertain", "N": "no"},
    "E": {"I": "increase", "S": "same", "D": "decrease"},
}
POINTS = {"A": 5, "B": 10}
# Between the two ends of a row; the one inside {{question|words}} is none.
ENDS = re.compile(r"\|(?![^{}]*\}\})")


def array(asking: Asking) -> list[Question]:
    """An array of one scale: `A`, `B`, `C`, `E`, `F` or `H`."""
    name = asking.name()
    rows = _rows(asking)
    options, codes = _options(asking, [a for a in asking.lime.answers if a.scale == 0])
    if not rows or not options:
        return _nothing(asking)
    _learn(asking, name, rows, codes, scale="")
    asked = asking.asked("matrix", name, order=order(asking))
    return [asked | {"rows": list(rows.values()), "options": [*options, *no_answer(asking)]}]


def dual(asking: Asking) -> list[Question]:
    """An array of two scales (`1`), as two matrices."""
    wanted = asking.name()
    rows = _rows(asking)
    offered = [
        _options(asking, [a for a in asking.lime.answers if a.scale == scale]) for scale in (0, 1)
    ]
    if not rows or not all(options for options, _ in offered):
        return _nothing(asking)
    found: list[Question] = []
    shuffled = order(asking)
    for scale, header in enumerate(("dualscale_headerA", "dualscale_headerB")):
        options, codes = offered[scale]
        name = asking.names.take(f"{wanted}-{scale + 1}")
        _learn(asking, name, rows, codes, scale=f"_{scale}")
        asked = asking.asked("matrix", name, order=shuffled)
        heading = asking.plain(asking.attribute_texts(header), header)
        asked["ask"] = _headed(asked["ask"], heading, str(scale + 1))
        found.append(
            asked | {"rows": list(rows.values()), "options": [*options, *no_answer(asking)]}
        )
    return found


def _headed(ask: Texts, heading: Texts, number: str) -> Texts:
    return {tag: f"{text} – {heading.get(tag, number)}" for tag, text in ask.items()}


def _nothing(asking: Asking) -> list[Question]:
    asking.trouble("", "it has no rows, or no answers for them: the question is left out")
    asking.names.close(asking.lime, "is not carried over")
    return []


def _rows(asking: Asking) -> dict[str, dict[str, Any]]:
    """A row for each subquestion, by LimeSurvey's code."""
    first = [item for item in asking.lime.subquestions if item.scale == 0]
    items = asking.distinct(first, "subquestions")
    for item in items:
        _tell_relevance(asking, item)
    codes = asking.codes(items, "subquestions")
    return {
        item.code: {
            "code": code,
            "label": _row_label(asking.label(item, "subquestion", pipes=True)),
        }
        for item, code in zip(items, codes, strict=True)
    }


def _tell_relevance(asking: Asking, item: Item) -> None:
    if item.relevance.strip() not in ("", "1") and relevance(asking, item) is not True:
        told = "a row can't depend on an earlier answer; it is always asked"
        asking.trouble(f"relevance of {item.code}", told, line=item.line)


def _row_label(label: Texts) -> Texts:
    """`left|right` names the two ends of a row."""
    return {tag: " – ".join(p.strip() for p in ENDS.split(text)) for tag, text in label.items()}


def _options(asking: Asking, answers: list[Item]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The options that the rows share, and LimeSurvey's codes to ours."""
    kind = asking.lime.type
    if kind in POINTS:
        options = points(asking, POINTS[kind])
        return options, {option["code"]: option["code"] for option in options}
    if kind in FIXED:
        fixed = FIXED[kind].items()
        options = [{"code": code, "label": words(key, asking.languages)} for code, key in fixed]
        return options, {code: code for code in FIXED[kind]}
    answers = asking.distinct(answers, "answers")
    codes = asking.codes(answers, "answers")
    options = [
        {"code": code, "label": asking.label(item, "answer")}
        for item, code in zip(answers, codes, strict=True)
    ]
    return options, dict(zip([item.code for item in answers], codes, strict=True))


def _learn(
    asking: Asking, name: str, rows: dict[str, dict[str, Any]], codes: dict[str, str], *, scale: str
) -> None:
    missing = (NO_ANSWER,) if no_answer(asking) else ()
    for theirs, row in rows.items():
        meaning = Coded(f"{name}.{row['code']}", name, asking.shown, codes, missing)
        asking.names.learn(asking.lime, f"{theirs}{scale}", meaning)

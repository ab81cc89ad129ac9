"""What an answer must be, where that rests on the answer alone (`em_validation_q`)."""

import html
from typing import Any

from surveys.definitions.limesurvey.asking import Asking
from surveys.definitions.limesurvey.expressions import ExpressionError, parse_expression
from surveys.definitions.limesurvey.meanings import Meaning
from surveys.definitions.limesurvey.relevance import Reader


def own_rule(asking: Asking, meaning: Meaning) -> dict[str, Any]:
    """`valid_if`, and the words for an answer that breaks it."""
    told = html.unescape(asking.attribute("em_validation_q")).strip()
    tip = asking.plain(
        asking.attribute_texts("em_validation_q_tip"), "em_validation_q_tip", pipes=False
    )
    if not told:
        return {}

    def only_itself(name: str) -> Meaning:
        if name not in ("self", "this", asking.lime.code):
            raise ExpressionError(
                f"{name} is another question: only the answer itself is looked at"
            )
        return meaning

    rule = asking.attempt(
        "em_validation_q", lambda: Reader(only_itself).rule(parse_expression(told)), text=told
    )
    if rule is None or isinstance(rule, bool):
        return {}
    return {"valid_if": rule} | ({"valid_says": tip} if tip else {})

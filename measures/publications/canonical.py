"""One spelling of a bundle, so that the same content always has the same bytes."""

import hashlib
import json
from typing import Any


def canonical_json(bundle: dict[str, Any]) -> str:
    """The bundle as JSON with sorted keys and no float.

    Raises TypeError at a float: its digits may differ between machines. Counts are integers;
    shares and percentages are integers or strings of decimal digits.
    """
    _refuse_floats(bundle, "bundle")
    return json.dumps(bundle, sort_keys=True, ensure_ascii=False, indent=1) + "\n"


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_floats(value: Any, place: str) -> None:
    if isinstance(value, float):
        raise TypeError(f"{place} is the float {value}: expected an integer or a decimal string")
    if isinstance(value, dict):
        for key, inner in value.items():
            _refuse_floats(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _refuse_floats(inner, f"{place}[{index}]")

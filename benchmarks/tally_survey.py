"""The survey whose tally is measured: 20 questions, with breakdowns and strata of a real one."""

from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.compat import StringIO

Data = dict[str, Any]
# The codes of our own surveys, so that people are invented in the shares that are likely there.
DISTRICTS = (*(f"E07000{105 + i}" for i in range(12)), "E06000035")
AGES = ("18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75-plus")
SEXES = ("female", "male")
SATISFACTION = tuple(str(point) for point in range(1, 8))
# 12 radio (two of them strata), 4 of the places, 2 with several answers, 2 in own words.
ONE_OF: dict[str, tuple[str, ...]] = {
    "sex": SEXES,
    "age-band": AGES,
    **{f"satisfied-{i}": SATISFACTION for i in range(1, 9)},
    "reported": ("yes", "no"),
    "again": ("yes", "no", "perhaps"),
    "district": DISTRICTS,
    **{f"place-{i}": DISTRICTS for i in range(1, 4)},
}
SEVERAL = {"reasons": 8, "helped": 6}
WORDS = ("went-well", "went-badly")


def survey_text() -> str:
    """Its definition as YAML."""
    questions = [_one_of(name, codes) for name, codes in ONE_OF.items()]
    questions += [_several(name, count) for name, count in SEVERAL.items()]
    questions += [{"name": name, "kind": "long-text", "ask": _said(name)} for name in WORDS]
    text = StringIO()
    YAML(typ="safe", pure=True).dump(_whole(questions), text)
    return text.getvalue()


def _whole(questions: list[Data]) -> Data:
    return {
        "survey": "tallied",
        "version": 1,
        "title": _said("Your views"),
        "policy": "sensitive",
        "design": "probability",
        "discreet": False,
        "minutes": 10,
        "languages": ["en"],
        "start": _said("Before you begin"),
        "done": _said("Thank you"),
        "pages": [{"questions": questions}],
        "breakdowns": ["district", "channel", "age-band"],
        "strata": ["district", "sex", "age-band"],
    }


def _one_of(name: str, codes: tuple[str, ...]) -> Data:
    options = [{"code": code, "label": _said(code)} for code in codes]
    return {"name": name, "kind": "choice", "ask": _said(name), "options": options}


def _several(name: str, count: int) -> Data:
    options = [{"code": f"{name}-{i}", "label": _said(f"{name} {i}")} for i in range(count)]
    return {"name": name, "kind": "choices", "ask": _said(name), "options": options}


def _said(words: str) -> dict[str, str]:
    return {"en": words}

"""The checks before publication, against reading the same survey from its file."""

from collections.abc import Iterator

from benchmarks.large_survey import large_survey
from benchmarks.ratio import Ratio, seconds
from surveys.definitions.checks import problems_in
from surveys.definitions.places import read_marked
from surveys.definitions.schema import Definition

QUESTIONS, CONDITIONS = 200, 100
SEEDS = (1, 2, 3)
LIMIT = 1.0


def measure() -> Iterator[Ratio | str]:
    slowest = 0.0
    for seed in SEEDS:
        text = large_survey(questions=QUESTIONS, conditions=CONDITIONS, seed=seed)
        definition = _read(text)
        reading = seconds(lambda text=text: _read(text), times=2)
        # A fresh one each time, since a definition remembers what it worked out.
        checking = seconds(lambda one=definition: problems_in(one.model_copy(deep=True)), times=3)
        slowest = max(slowest, checking)
        what = f"checks of {QUESTIONS} questions ÷ reading them (seed {seed})"
        yield Ratio(what, checking, reading, 1)
    verdict = "yes" if slowest < LIMIT else "NO"
    yield f"all checks of {QUESTIONS} questions and {CONDITIONS} conditions in under a second: " + (
        f"{verdict}, {slowest:.2f} s at most"
    )


def _read(text: str) -> Definition:
    return Definition.model_validate(read_marked(text).data)

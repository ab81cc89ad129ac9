"""Invented outcomes of cases for the demonstration, to go with its invented answers."""

import random
from collections.abc import Sequence

from measures.figures.dispositions import Ended, Stored, store_dispositions
from measures.models.weighting import Disposition
from surveys.models.versions import Survey
from surveys.tally.joined import published_of
from surveys.tally.periods import Span
from surveys.tally.read import read_counts
from surveys.tally.tabulated import EVERY

# Cases of each outcome for each complete one, by mode: about half answer by telephone and a
# quarter online.
FOR_EACH_COMPLETE = {
    "phone": {"1.2": 0.06, "2.11": 0.36, "2.12": 0.05, "2.2": 0.27, "2.33": 0.02, "3.1": 0.12}
    | {"3.2": 0.1, "4.1": 0.1},
    "web": {
        "1.2": 0.2,
        "2.11": 0.15,
        "2.12": 0.35,
        "2.2": 0.9,
        "3.1": 0.8,
        "3.3": 0.35,
        "4.1": 0.3,
    },
}


def invent_cases(
    survey: Survey, quarters: Sequence[Span], *, seed: int, actor: str
) -> Stored | None:
    """Stores how cases might have ended beside the answers that were counted; all marked.

    Completes are the answers themselves, by channel; the same seed gives the same others. None
    where the survey has cases on record already, or nobody answered.
    """
    if Disposition.objects.filter(survey=survey).exists():
        return None
    # Not for secrets: the point is that everyone gets the same.
    chance = random.Random(f"{survey.slug}/{seed}")  # noqa: S311
    counted = read_counts(published_of(survey.slug), [EVERY], spans=quarters, by="channel")
    complete = counted.n.sum(axis=(2, 3))
    rows = [
        row
        for at, quarter in enumerate(quarters)
        for mode in FOR_EACH_COMPLETE
        if mode in counted.groups
        for row in _rows(quarter, mode, int(complete[at, counted.groups.index(mode)]), chance)
    ]
    if not rows:
        return None
    return store_dispositions(survey, rows, actor=actor, is_synthetic=True)


def _rows(quarter: Span, mode: str, complete: int, chance: random.Random) -> list[Ended]:
    if not complete:
        return []
    others = [
        Ended(quarter.key, mode, code, round(complete * part * chance.uniform(0.8, 1.2)))
        for code, part in FOR_EACH_COMPLETE[mode].items()
    ]
    return [Ended(quarter.key, mode, "1.1", complete), *others]

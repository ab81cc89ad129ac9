"""The tally, slowly and plainly: one response after another, by name."""

from collections import Counter
from collections.abc import Iterable

from surveys.models.responses import Response
from surveys.tally.periods import Span
from surveys.versions.read import definition_of

KEYS = 2**32
# Stratum, group and cell, all by name.
Place = tuple[str, str, str]


def slow_count(
    responses: Iterable[Response], *, span: Span, by: str | None = None
) -> tuple[Counter[Place], Counter[Place]]:
    """People, and sums of their record keys, by stratum, group and cell: only what is not zero."""
    n: Counter[Place] = Counter()
    keys: Counter[Place] = Counter()
    for response in responses:
        if not span.first <= response.period <= span.last:
            continue
        group = _group(response, by)
        for cell in response.cells:
            place = (response.stratum, group, response.version.cells[cell])
            n[place] += 1
            keys[place] = (keys[place] + response.record_key) % KEYS
    return n, Counter({place: key for place, key in keys.items() if key})


def _group(response: Response, by: str | None) -> str:
    if by is None:
        return ""
    assert by in definition_of(response.version).breakdowns
    names = [response.version.groups[at] for at in response.groups]
    [mine] = [name for name in names if name == f"{by}~" or name.startswith(f"{by}=")]
    return "~" if mine == f"{by}~" else mine.removeprefix(f"{by}=")

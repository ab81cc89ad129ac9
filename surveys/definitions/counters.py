"""The counters of a definition: what each response can add one to.

Both lists are sealed with the version, since responses and tallies store positions in them.
"""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from surveys.definitions.checks import BUILT_IN_BREAKDOWNS
from surveys.definitions.schema import Definition
from surveys.questions.base import Answer

CHANNELS = ("web", "phone", "paper", "api", "import")
# The counter of the response itself, and the group that everyone is in.
EVERY = ""
LONDON = ZoneInfo("Europe/London")


def cells(definition: Definition) -> tuple[str, ...]:
    """All cells in order: the response, then per question `name`, `name=code`, `name~missing`."""
    return (EVERY, *(cell for field in definition.fields for cell in field.cells()))


def groups(definition: Definition) -> tuple[str, ...]:
    """All groups in order: everyone, then `breakdown=code`, and `breakdown~` for not stated."""
    found = [EVERY]
    for name in definition.breakdowns:
        codes = CHANNELS if name in BUILT_IN_BREAKDOWNS else definition.by_name[name].codes
        found += [f"{name}={code}" for code in codes]
        found += [] if name in BUILT_IN_BREAKDOWNS else [f"{name}~"]
    return tuple(found)


def counted_cells(definition: Definition, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """The cells that a response with these answers, all on its path, adds one to."""
    counted = [definition.by_name[name].counted(answer) for name, answer in answers.items()]
    return (EVERY, *(cell for cells in counted for cell in cells))


def groups_of(
    definition: Definition, answers: Mapping[str, Answer], *, channel: str
) -> tuple[str, ...]:
    """The groups that a response belongs to: everyone, and one of each breakdown."""
    found = [EVERY]
    for name in definition.breakdowns:
        answer = channel if name in BUILT_IN_BREAKDOWNS else answers.get(name)
        found.append(f"{name}={answer}" if isinstance(answer, str) else f"{name}~")
    return tuple(found)


def stratum_of(definition: Definition, answers: Mapping[str, Answer]) -> str:
    """The weighting cell of a response: its codes of the strata, `-` where not stated."""
    codes = [answers.get(name) for name in definition.strata]
    return "|".join(code if isinstance(code, str) else "-" for code in codes)


def month_of(moment: datetime) -> date:
    """The first day of the month, by the clock in London, in which an answer counts."""
    local = moment.astimezone(LONDON)
    return date(local.year, local.month, 1)

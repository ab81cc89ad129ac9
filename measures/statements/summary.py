"""The three or four sentences that open a statement, as a resident would repeat them."""

from django.utils.text import capfirst

from measures.compute.values import CountFound, Result, ShareFound
from measures.statements.claims import Change, claims_of
from measures.statements.wording import NO_CLEAR_CHANGE, amount, counted, short_words, way
from measures.stats.periods import Period

MOST_SENTENCES = 4


def summary(results: tuple[Result, ...], *, area_name: str) -> tuple[str, ...]:
    """The measures that the definitions put first and that have a number, then what is missing.

    Which sentences stand here depends on the definitions alone, never on how well a number looks.
    """
    numbers = [one for one in results if isinstance(one.current, CountFound | ShareFound)]
    missing = len(results) - len(numbers)
    firsts = [one for one in numbers if one.measure.headline]
    firsts.sort(key=lambda one: one.measure.headline or 0)
    # Places are named after their force in some lists and after the area in others.
    police = in_full = f"the police in {area_name.removesuffix(' Police')}"
    told: list[str] = []
    last: Period | None = None
    for one in firsts[: MOST_SENTENCES - bool(missing)]:
        # A survey's four quarters are not always the statement's twelve months.
        told.append(_sentence(one, police=police, names_period=one.period != last))
        last = one.period
        police = "they" if isinstance(one.current, CountFound) else in_full
    if missing:
        told.append(_what_is_missing(missing, of=len(results)))
    return tuple(told)


def _sentence(result: Result, *, police: str, names_period: bool) -> str:
    measure, found = result.measure, result.current
    changes = [claim for claim in claims_of(result) if isinstance(claim, Change)]
    when = f"in the {result.period.label}" if names_period else ""
    if isinstance(found, CountFound):
        noun = counted(measure, found.count)
        opening = f"{when} {police} recorded {amount(found)} {noun}".strip()
    elif isinstance(found, ShareFound) and measure.share:
        opening = f"of the {measure.share.of} {when}".strip()
        opening += f", {amount(found)} were {measure.share.were}"
        opening += " (synthetic answers)" if found.is_synthetic else ""
    else:
        raise TypeError(f"{measure.slug} has no number to be summed up")
    return f"{capfirst(opening)}{_changes(changes)}."


def _changes(changes: list[Change]) -> str:
    if not changes:
        return ""
    if all(way(claim) == "same" for claim in changes):
        since = " or ".join(short_words(claim).removeprefix(NO_CLEAR_CHANGE) for claim in changes)
        return f": {NO_CLEAR_CHANGE}{since}"
    joint = " and "
    if len(changes) == 2 and way(changes[0]) != way(changes[1]):
        joint = ", but "
    return ": " + joint.join(short_words(claim) for claim in changes)


def _what_is_missing(count: int, *, of: int) -> str:
    which = f"{count} of the {of} measures" if of > 1 else "the measure"
    return f"No figure can be given yet for {which}; the reason stands with each."

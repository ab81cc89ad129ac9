"""Claims in plain English: a direction word and a number without a sign, never both.

Every word around a number comes from here or from a definition; nothing is typed by hand. "No
clear change" still gives the numbers, "not available" and "withheld" give the reason.
"""

from typing import Literal

from django.utils.text import capfirst

from measures.compute.values import CountFound, ShareFound
from measures.definitions.schema import Measure
from measures.statements.claims import Change, Claim, Level, NoData
from measures.statements.precision import points_off
from measures.stats.compare import CountChange, ShareChange, direction
from measures.stats.periods import Period
from measures.stats.rounding import with_commas

CHANCE = "within what chance alone would give: no clear change"
NO_CLEAR_CHANGE = "no clear change from "
SYNTHETIC = "This rests on synthetic answers: a program made them, nobody gave them."
SELF_SELECTED = "They chose to take part, so the figure speaks for them and for nobody else."


def sentences(measure: Measure, claims: tuple[Claim, ...]) -> str:
    """All that is said of a measure, as one short paragraph."""
    level, *others = claims
    changes = [claim for claim in others if isinstance(claim, Change)]
    if isinstance(level, NoData):
        # Of the other periods only what is known: the reason for the rest has just been given.
        known = [_other(claim) for claim in others if isinstance(claim, Level)]
        origin = [] if level.is_withheld else [str(measure.comes_from)]
        return " ".join([_no_data(measure, level), *origin, *known])
    rest = [_other(claim) for claim in others if not isinstance(claim, Change)]
    if not isinstance(level, Level):
        raise TypeError("the first claim of a measure is its level")
    opening = _level(measure, level) + _changes(changes) + "."
    base, beware = _base(level.found), _caveats(measure, level.found)
    return " ".join([opening, *base, *rest, *beware])


def change_words(claim: Change) -> str:
    """The change by itself: "up 1,093 (6.4%) on the year before"."""
    name, before, size = comparator_name(claim), amount(claim.before), _size(claim.change)
    word = direction(_number(claim.change))
    if isinstance(claim.change, ShareChange) and way(claim) == "same":
        # Of shares from rounded counts a small difference says nothing, and no difference neither.
        return f"{NO_CLEAR_CHANGE}{name} ({before})"
    if word == "same":
        return f"the same as {name}"
    if claim.comparator.kind == "baseline":
        return f"{size} {'above' if word == 'up' else 'below'} {name} of {before}"
    # Without a percentage the reader needs the other count to judge by.
    needs_count = isinstance(claim.change, CountChange) and claim.change.percentage is None
    return f"{word} {size} on {f'the {before} of ' if needs_count else ''}{name}"


def change_amount(claim: Change) -> str:
    """The change without what it is measured from: "down 6 (7.0%)", "the same" of counts only."""
    word = direction(_number(claim.change))
    if isinstance(claim.change, ShareChange) and way(claim) == "same":
        return "no clear change"
    return "the same" if word == "same" else f"{word} {_size(claim.change)}"


def short_words(claim: Change) -> str:
    """The change in as few words as keep it true: "up 6.4% on the year before"."""
    name, change, before = comparator_name(claim), claim.change, amount(claim.before)
    if way(claim) == "same":
        return f"{NO_CLEAR_CHANGE}{name} ({before})"
    if isinstance(change, CountChange) and change.percentage is None:
        joint = "at" if claim.comparator.kind == "baseline" else "in"
        return f"{way(claim)} from {before} {joint} {name}"
    if isinstance(change, CountChange) and change.percentage is not None:
        size = f"{with_commas(abs(change.percentage))}%"
    else:
        size = _size(change)
    if claim.comparator.kind == "baseline":
        return f"{size} {'above' if way(claim) == 'up' else 'below'} {name}"
    return f"{way(claim)} {size} on {name}"


def way(claim: Change) -> Literal["up", "down", "same"]:
    """Up or down where the change is clear; "same" where there is none or it may be chance."""
    return direction(_number(claim.change)) if claim.change.is_clear else "same"


def is_unclear(change: CountChange | ShareChange) -> bool:
    """Whether a difference is told that needs the words about chance; of shares none is."""
    return isinstance(change, CountChange) and change.difference != 0 and not change.is_clear


def comparator_name(claim: Change | Level | NoData) -> str:
    """ "the year before", or "the June 2019 baseline"."""
    if isinstance(claim, Change):
        return _name(claim.comparator.kind, claim.comparator.period)
    return _name(claim.comparator or "", claim.period)


def amount(found: CountFound | ShareFound) -> str:
    """The number as a reader sees it: "18,212", "72%", "about 25 of about 40"."""
    return with_commas(found.count) if isinstance(found, CountFound) else found.share.in_words


def counted(measure: Measure, count: int) -> str:
    """The measure's unit in the form that goes with the count: "homicide", "homicides"."""
    if measure.counted is None:
        raise TypeError(f"{measure.slug} is no count")
    return str(measure.counted.one if count == 1 else measure.counted.many)


def _number(change: CountChange | ShareChange) -> int:
    return change.points if isinstance(change, ShareChange) else change.difference


def _size(change: CountChange | ShareChange) -> str:
    """How much, without a sign: "1,093 (6.4%)", "3 percentage points"."""
    size = with_commas(abs(_number(change)))
    if isinstance(change, ShareChange):
        return f"{size} percentage point{'' if size == '1' else 's'}"
    return size if change.percentage is None else f"{size} ({with_commas(abs(change.percentage))}%)"


def _name(kind: str, period: Period) -> str:
    return f"the {period.ends:%B %Y} baseline" if kind == "baseline" else "the year before"


def _level(measure: Measure, claim: Level) -> str:
    found = claim.found
    if isinstance(found, CountFound):
        verb = "was" if found.count == 1 else "were"
        noun = f"{with_commas(found.count)} {counted(measure, found.count)}"
        return f"There {verb} {noun} in the {claim.period.label}"
    if measure.share is None:
        raise TypeError(f"{measure.slug} has a share but no survey")
    words = f"Of the {measure.share.of} in the {claim.period.label}, {amount(found)}"
    return f"{words} were {measure.share.were}"


def _changes(changes: list[Change]) -> str:
    if not changes:
        return ""
    unclear = [is_unclear(claim.change) for claim in changes]
    parts = [change_words(claim) for claim in changes]
    if all(part.startswith(NO_CLEAR_CHANGE) for part in parts):
        since = " or ".join(part.removeprefix(NO_CLEAR_CHANGE) for part in parts)
        return f", {NO_CLEAR_CHANGE}{since}"
    if len(parts) == 1:
        return f", {parts[0]}" + (f", which is {CHANCE}" if unclear[0] else "")
    if all(unclear):
        return f", {' and '.join(parts)}; both are {CHANCE}"
    first = f"{parts[0]}, which is {CHANCE}," if unclear[0] else parts[0]
    last = f"{parts[1]}, which is {CHANCE}" if unclear[1] else parts[1]
    return f", {first} and {last}"


def _other(claim: Claim) -> str:
    """A comparison that is no change: what the other period was, or why it is not here."""
    if isinstance(claim, NoData):
        verb = "is withheld to protect people" if claim.is_withheld else "is not available"
        return f"{capfirst(comparator_name(claim))} {verb}: {_reason(claim)}."
    if not isinstance(claim, Level):
        raise TypeError("a change is worded with the level it belongs to")
    subject = "it was" if isinstance(claim.found, ShareFound) else "there were"
    if claim.comparator == "baseline":
        return f"{capfirst(comparator_name(claim))} was {amount(claim.found)}."
    return f"In the {claim.period.label} {subject} {amount(claim.found)}."


def _no_data(measure: Measure, claim: NoData) -> str:
    title = str(measure.title)
    subject = f"A figure for {title[0].lower()}{title[1:]}"
    if claim.is_withheld:
        return f"{subject} is withheld to protect people: {_reason(claim)}."
    return f"{subject} is not available: {_reason(claim)}."


def _reason(claim: NoData) -> str:
    return f"{claim.reason} in the {claim.period.label}" if claim.is_withheld else claim.reason


def _base(found: CountFound | ShareFound) -> list[str]:
    """How many answered, and how sure that makes the share."""
    if isinstance(found, CountFound) or found.share.percent is None:
        return []
    base = f"About {with_commas(found.share.base)} people answered this question"
    low, high = found.share.low, found.share.high
    if low is not None:
        base += f"; among all who could have been asked it is likely to be {low}% to {high}%"
    return [f"{base}.", _rounding(found)] if found.share.count is not None else [f"{base}."]


def _rounding(found: ShareFound) -> str:
    """How much less exact the share is than it looks, or what makes it differ from the counts."""
    if found.share.is_weighted:
        return "Answers are weighted, so that they stand for everybody who could have been asked."
    off = points_off(found.share)
    return (
        "The share is worked out from counts that were changed a little and rounded to 5 to "
        f"protect people, so it can be up to {off} percentage point{'' if off == 1 else 's'} off."
    )


def _caveats(measure: Measure, found: CountFound | ShareFound) -> list[str]:
    """What a share must never be read without."""
    if isinstance(found, CountFound) or measure.share is None:
        return []
    is_own_choice = measure.share.design == "self-selected"
    return [SELF_SELECTED] * is_own_choice + [SYNTHETIC] * found.is_synthetic

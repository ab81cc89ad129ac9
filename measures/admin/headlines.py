"""What a table or a series says first, in one or two sentences."""

from dataclasses import dataclass, replace

from measures.admin.asked import Asked
from measures.admin.chart_trend import told
from measures.admin.figures_in_words import base, percent, whole_percent
from measures.compute.tables import Column, ResultTable, Series
from measures.stats.claims import SMALLEST_BASE, change_in_words, judge_base, may_claim
from measures.stats.columns import ColumnTests, compare_columns
from measures.stats.differences import difference_of
from measures.stats.values import Estimate
from surveys.tally.periods import Span


@dataclass(frozen=True)
class Headline:
    """`figure` stands large before its `words`; it is empty where nothing may be told.

    `change` is against the year before, `spread` how groups differ; each may be empty.
    """

    figure: str
    words: str
    change: str = ""
    spread: str = ""


def line_to_tell(table: ResultTable, asked: Asked, answer: str = "") -> int:
    """The place of the answer that is told first: the one asked for, the net, or the commonest."""
    codes = [one.code for one in table.answers]
    for wanted in (answer, asked.headline):
        if wanted in codes:
            return codes.index(wanted)
    options = [at for at, one in enumerate(table.answers) if one.kind == "option"]
    return max(options, key=lambda at: table.columns[0].cells[at].n, default=0)


def headline_of(table: ResultTable, at: int, *, before: Series | None = None) -> Headline:
    """The headline of a table, about the answer at this place; `before` are last year and now."""
    everyone, answer = table.columns[0], table.answers[at]
    share = share_told(everyone, at)
    if share is None:
        return Headline("", _nothing_told(everyone))
    said = "gave an answer that counts as" if answer.kind == "net" else "said"
    n = base(everyone.answered)
    if not may_claim(table.design).of_population:
        words = f"of the {n} people who answered {said} “{answer.label}”."
    else:
        words = f"{said} “{answer.label}”. {_chance(share)}from {n} answers."
    return Headline(
        figure=percent(share.value),
        words=words,
        change=_change(before),
        spread=_spread(table, at),
    )


def trend_headline(series: Series) -> Headline:
    """The newest point of a series, and how it stands to the oldest it can be compared with."""
    newest = next((at for at in reversed(range(len(series.points))) if told(series.points[at])), -1)
    share = told(series.points[newest]) if newest >= 0 else None
    if share is None:
        return Headline("", "In no period did enough people answer to tell a share.")
    words = f"“{series.answer.label}”, {series.points[newest].span.label}."
    return Headline(percent(share.value), words, change=_since(series, newest))


def share_told(column: Column, at: int) -> Estimate | None:
    """The share of a line in a column whose base is enough to tell it."""
    share = column.cells[at].share
    judged = judge_base(column.answered, column.effective)
    return share if isinstance(share, Estimate) and not judged.is_too_small else None


def highest_first(table: ResultTable, at: int) -> ResultTable:
    """The table with its groups in the order of their shares; who can't be told comes last."""
    everyone, *groups = table.columns
    groups.sort(key=lambda one: -share.value if (share := share_told(one, at)) else 1)
    return replace(table, columns=(everyone, *groups))


def _nothing_told(everyone: Column) -> str:
    if not everyone.answered:
        return "Nobody answered this in the period. Pick a longer one, or another question."
    once = "" if everyone.answered < SMALLEST_BASE else " once they are weighted"
    return (
        f"{base(everyone.answered)} answers are too few{once} to tell shares of. "
        "Pick a longer period; the numbers are below."
    )


def _chance(share: Estimate) -> str:
    if share.low is None or share.high is None:
        return "Told "
    low, high = whole_percent(share.low), whole_percent(share.high)
    return f"Chance alone puts it between {low}% and {high}%, "


def _change(before: Series | None) -> str:
    """ "Up 3 percentage points on the year ending December 2021, when it was 64%." """
    if before is None or len(before.points) != 2:
        return ""
    then, now = before.points
    if now.is_break:
        return f"Not compared with {_the(then.span)}: {now.reason}."
    earlier, later = told(then), told(now)
    if earlier is None or later is None:
        return ""
    if earlier.low is None:
        return f"In {_the(then.span)} it was {percent(earlier.value)}."
    words = change_in_words(difference_of(later, earlier))
    since = f"since {_the(then.span)}, when it was {percent(earlier.value)}"
    return f"{words[0].upper()}{words[1:]} {since}."


def _since(series: Series, newest: int) -> str:
    first = newest
    while first > 0 and not series.points[first].is_break:
        first -= 1
    comparable = [at for at in range(first, newest) if told(series.points[at])]
    if not comparable:
        return ""
    then = series.points[comparable[0]]
    earlier, later = told(then), told(series.points[newest])
    # Periods that share months are not independent: no test of one against the other.
    overlaps = then.span.last >= series.points[newest].span.first
    if earlier is None or later is None or overlaps or earlier.low is None:
        return ""
    words = change_in_words(difference_of(later, earlier))
    return f"{words[0].upper()}{words[1:]} since {then.span.label} ({percent(earlier.value)})."


def _the(span: Span) -> str:
    """ "the year ending June 2026", "April to June 2026"."""
    return f"the {span.label}" if span.label.startswith("year") else span.label


def _spread(table: ResultTable, at: int) -> str:
    """Which group is highest and which lowest, and whether any differ by more than chance."""
    groups = [column for column in table.columns[1:] if column.group != "~"]
    known = [(share.value, one.label) for one in groups if (share := share_told(one, at))]
    if len(known) < 2:
        return ""
    (low, lowest), (high, highest) = min(known), max(known)
    words = f"Highest: {highest}, {percent(high)}. Lowest: {lowest}, {percent(low)}."
    if len(known) < len(groups):
        words = f"Of the {len(known)} groups with enough answers: {words[0].lower()}{words[1:]}"
    tests = compare_columns([one.cells[at].share for one in groups], design=table.design)
    if not isinstance(tests, ColumnTests):
        return words
    if any(tests.higher_than):
        return f"{words} Some groups clearly differ: the letters in the table say which."
    return f"{words} No two groups clearly differ."

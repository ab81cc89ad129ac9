"""Whether the channel that people answered by moves a headline share, beyond who used it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from measures.compute.counts import Counts, cells_of
from measures.stats.claims import may_claim
from measures.stats.modes import ChannelGap, MixChange, channel_gaps, mix_change
from measures.stats.values import NotAvailable
from surveys.tally.joined import joined_in, published_of, series_of
from surveys.tally.periods import Span
from surveys.tally.read import read_counts
from surveys.tally.tabulated import CHANNEL_WORDS, Tabulation, tabulated
from surveys.versions.read import definition_of

CHANNEL = "channel"


@dataclass(frozen=True)
class ByChannel:
    """Who answered by one channel: how many, their part of all answers, and of them who said so."""

    channel: str
    label: str
    answered: int
    part: float
    share: float


@dataclass(frozen=True)
class ChannelEffect:
    """The headline share by channel in a span, and what follows from it.

    `gaps` compare channels among people of the same weighting cells, which `alike_in` names.
    `mix` is what a change of channels since the same months of the year before did alone; None
    where there is nothing to compare with.
    """

    survey: str
    span: Span
    asked: str
    answer: str
    alike_in: str
    channels: tuple[ByChannel, ...]
    gaps: tuple[ChannelGap, ...]
    mix: MixChange | None
    is_synthetic: bool

    @property
    def warning(self) -> str:
        """What to be careful of, in a sentence; empty where nothing is clear."""
        clear = [gap for gap in self.gaps if gap.is_clear]
        if not clear:
            return ""
        return (
            f"{clear[0].words}. A change of the share may then come from a change of channels: "
            "look at both before calling it a change of service."
        )


def channel_effect(survey: str, span: Span) -> ChannelEffect | NotAvailable:
    """The headline share of a survey, by its slug, split by channel in a span.

    Not available where the survey has no headline or is not split by channel, where the design
    forbids comparisons, or where fewer than two channels have any answers. Raises LookupError
    where it was never published.
    """
    definition = definition_of(published_of(survey)[-1])
    if definition.indicator is None or CHANNEL not in definition.breakdowns:
        return NotAvailable("the survey has no headline that is split by channel")
    if not (claim := may_claim(definition.design)).margin_of_error:
        return NotAvailable(claim.words)
    layout = tabulated(definition, definition.indicator.question)
    net = f"net:{definition.indicator.net}"
    at = next(i for i, line in enumerate(layout.lines) if line.code == net)
    now, before, is_synthetic = _counted(survey, layout, span)
    labels = {
        group: CHANNEL_WORDS.get(name, name)
        for group, name in enumerate(now.groups)
        if now.answered[group].any()
    }
    if len(labels) < 2:
        return NotAvailable(f"fewer than two channels were used in {span.label}")
    *others, last = [field.replace("-", " ") for field in now.strata.fields] or [""]
    fields = f"{', '.join(others)} and {last}" if others else last
    return ChannelEffect(
        survey,
        span,
        asked=layout.asked,
        answer=layout.lines[at].label,
        alike_in=fields,
        channels=_by_channel(now, at, labels),
        gaps=channel_gaps(
            {label: now.lines[group, :, at] for group, label in labels.items()},
            {label: now.answered[group] for group, label in labels.items()},
            alike_in=fields,
        ),
        mix=_mix(now, before, at) if before is not None else None,
        is_synthetic=is_synthetic,
    )


def _counted(survey: str, layout: Tabulation, span: Span) -> tuple[Counts, Counts | None, bool]:
    """The counts by channel in the span and, where they can be compared, those of a year before.

    And whether any of the people in the span were made by code.
    """
    segments = series_of(survey, layout.field, by=CHANNEL)
    now, before = (joined_in(segments, one) for one in (span, span.year_before()))
    spans = [now.since, before.since]
    counted = read_counts(now.versions, cells_of(layout), spans=spans, by=CHANNEL)
    is_alike = now.series == before.series and before.since == span.year_before()
    return (
        Counts.of(counted, 0, layout),
        Counts.of(counted, 1, layout) if is_alike else None,
        bool(counted.synthetic[0].any()),
    )


def _by_channel(counts: Counts, at: int, labels: Mapping[int, str]) -> tuple[ByChannel, ...]:
    answered = {group: int(counts.answered[group].sum()) for group in labels}
    return tuple(
        ByChannel(
            counts.groups[group],
            label,
            answered=n,
            part=n / sum(answered.values()),
            share=float(counts.lines[group, :, at].sum()) / n,
        )
        for group, label in labels.items()
        for n in [answered[group]]
    )


def _mix(now: Counts, before: Counts, at: int) -> MixChange | None:
    def of(counts: Counts) -> tuple[Sequence[int], Sequence[int]]:
        said, answered = counts.lines[:, :, at].sum(axis=1), counts.answered.sum(axis=1)
        return said.tolist(), answered.tolist()

    (said, answered), (said_before, answered_before) = of(now), of(before)
    return mix_change(said, answered, said_before=said_before, answered_before=answered_before)

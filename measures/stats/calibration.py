"""Weights that add up to what is known of the population: post-stratification and raking."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from measures.stats.groups import Flags, Floats, Groups, Whole
from measures.stats.residuals import PostStratified
from measures.stats.residuals import Raked as RakedCalibration
from measures.stats.sample import Sample

# Margins from tables that were rounded each in its own way may differ by this part of the whole.
TOTALS_MAY_DIFFER = 1e-3


class CannotCalibrateError(ValueError):
    """No weights fit the totals; the message says why, in words.

    `margin` and `cell` say where, by number from 0, when it is one cell.
    """

    def __init__(self, reason: str, *, margin: int | None = None, cell: int | None = None) -> None:
        self.reason, self.margin, self.cell = reason, margin, cell
        super().__init__(reason)


@dataclass(frozen=True, eq=False)
class Raked:
    """A raked sample and how it went.

    `rounds` through all margins, `largest_gap` between a margin's total and its weights, as a part
    of the total, and how many people's weights were `trimmed`: held at a bound.
    """

    sample: Sample
    rounds: int
    largest_gap: float
    trimmed: int


def post_stratify(sample: Sample, cells: Whole, totals: Floats) -> Sample:
    """The sample with each weight multiplied so that every cell adds up to its total.

    `cells` numbers each row's cell from 0, `totals` has one for each. Holt & Smith (1979), Post
    stratification, JRSS A 142, 33-46. Raises CannotCalibrateError where a cell with a total has
    nobody in it, or somebody's cell has no total.
    """
    groups, wanted = _margin(sample, cells, totals, number=None)
    after = sample.weight * _factors(sample.frequency, sample.weight, groups, wanted)[groups.of]
    made = PostStratified(groups, before=sample.weight, after=after)
    return replace(sample, weight=after, calibrations=(*sample.calibrations, made))


def rake(
    sample: Sample,
    margins: Sequence[tuple[Whole, Floats]],
    *,
    trim: tuple[float, float] | None = None,
    most_rounds: int = 1000,
    tolerance: float = 1e-10,
) -> Raked:
    """The sample with weights that fit every margin, found by fitting one after another.

    Each margin is `cells` and `totals` as for `post_stratify`. Deming & Stephan (1940), On a least
    squares adjustment of a sampled frequency table when the expected marginal totals are known,
    Annals of Mathematical Statistics 11, 427-444. With `trim` no weight is left below or above
    these multiples of the mean weight, and it is raked again until both hold: Izrael, Battaglia &
    Frankel (2009), Extreme survey weight adjustment as a component of sample balancing.

    Totals of margins that differ by up to 0.1% (rounding) are brought to the last margin's; more
    is refused. Raises CannotCalibrateError for that, for a cell with nobody in it or without a
    total, and where `most_rounds` did not come within `tolerance` of every total.

    Worked: R's `apiclus1` raked to school type (4421, 755, 1018) and the school-wide target (1072,
    5122) weighs elementary schools that missed it 39.8392 and high schools that met it 50.3294.
    """
    fitted = [_margin(sample, *margin, number=at) for at, margin in enumerate(margins)]
    fitted = _agreeing(fitted)
    weight, rounds, gap = sample.weight, 0, np.inf
    while gap > tolerance:
        if rounds == most_rounds:
            raise CannotCalibrateError(_not_reached(rounds, gap, is_trimmed=trim is not None))
        rounds += 1
        for groups, wanted in fitted:
            weight = weight * _factors(sample.frequency, weight, groups, wanted)[groups.of]
        if trim:
            weight = _trimmed(sample.frequency, weight, trim)
        gap = max(_gap(sample.frequency, weight, *margin) for margin in fitted)
    made = RakedCalibration(tuple(groups for groups, _ in fitted), after=weight)
    raked = replace(sample, weight=weight, calibrations=(*sample.calibrations, made))
    return Raked(raked, rounds, float(gap), _at_a_bound(sample.frequency, weight, trim))


def _margin(
    sample: Sample, cells: Whole, totals: Floats, *, number: int | None
) -> tuple[Groups, Floats]:
    """The cells of a margin and their totals, refused where they don't fit each other."""
    wanted = np.asarray(totals, dtype=np.float64)
    groups = Groups(np.asarray(cells, dtype=np.int64), len(wanted))
    if len(groups.of) != sample.rows:
        raise ValueError(f"{len(groups.of)} cells for {sample.rows} rows of people")
    if len(groups.of) and not 0 <= groups.of.min() <= groups.of.max() < len(wanted):
        raise CannotCalibrateError("a row is in no cell of the margin", margin=number)
    if not np.all(np.isfinite(wanted)) or np.any(wanted < 0):
        raise CannotCalibrateError("each total must be a number, 0 or more", margin=number)
    weighs = groups.sums(sample.frequency * sample.weight)
    which = "the margin" if number is None else f"margin {number + 1}"
    if (at := _first((weighs == 0) & (wanted > 0))) is not None:
        reason = f"nobody who answered is in cell {at} of {which}, whose total is {wanted[at]:g}"
        raise CannotCalibrateError(reason, margin=number, cell=at)
    if (at := _first((weighs > 0) & (wanted == 0))) is not None:
        reason = f"cell {at} of {which} has a total of 0, yet somebody is in it"
        raise CannotCalibrateError(reason, margin=number, cell=at)
    return groups, wanted


def _first(found: Flags) -> int | None:
    return int(np.argmax(found)) if found.any() else None


def _agreeing(margins: list[tuple[Groups, Floats]]) -> list[tuple[Groups, Floats]]:
    """The margins with totals that add up alike."""
    if not margins:
        raise CannotCalibrateError("there is no margin to rake to")
    sums = [float(wanted.sum()) for _, wanted in margins]
    if max(sums) - min(sums) > TOTALS_MAY_DIFFER * sums[-1]:
        told = ", ".join(f"{total:,.10g}" for total in sums)
        raise CannotCalibrateError(f"the margins' totals disagree: they add up to {told}")
    return [(groups, wanted * (sums[-1] / wanted.sum())) for groups, wanted in margins]


def _factors(frequency: Floats, weight: Floats, groups: Groups, wanted: Floats) -> Floats:
    """What each cell's weights are multiplied by to fit; 0 for a cell without anybody."""
    weighs = groups.sums(frequency * weight)
    return np.divide(wanted, weighs, out=np.zeros_like(wanted), where=weighs > 0)


def _gap(frequency: Floats, weight: Floats, groups: Groups, wanted: Floats) -> float:
    """The largest distance from a total, as a part of it."""
    missed = np.abs(groups.sums(frequency * weight) - wanted)
    return float(np.max(missed / np.where(wanted > 0, wanted, 1.0)))


def _bounds(frequency: Floats, weight: Floats, trim: tuple[float, float]) -> tuple[float, float]:
    mean = float(frequency @ weight) / float(frequency @ (weight > 0))
    return trim[0] * mean, trim[1] * mean


def _trimmed(frequency: Floats, weight: Floats, trim: tuple[float, float]) -> Floats:
    low, high = _bounds(frequency, weight, trim)
    return np.where(weight > 0, np.clip(weight, low, high), 0.0)


def _at_a_bound(frequency: Floats, weight: Floats, trim: tuple[float, float] | None) -> int:
    if trim is None:
        return 0
    low, high = _bounds(frequency, weight, trim)
    # Fitting the margins once more has moved them off the bound in the last digits only.
    held = (weight > 0) & ((weight <= low * (1 + 1e-6)) | (weight >= high * (1 - 1e-6)))
    return round(float(frequency @ held))


def _not_reached(rounds: int, gap: float, *, is_trimmed: bool) -> str:
    within = " with weights kept within the bounds" if is_trimmed else ""
    return (
        f"raking did not come to weights that fit every margin{within}: after {rounds} rounds a "
        f"total is still missed by {gap:.2%}. Join small cells"
        + (" or widen the bounds" if is_trimmed else "")
    )

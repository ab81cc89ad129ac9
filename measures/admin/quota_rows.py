"""Quotas as rows of a table with a bar each: what was reached of what was wanted."""

from dataclasses import dataclass

from measures.admin.quotas import FieldQuotas, Progress, Quota
from measures.stats.rounding import with_commas

WIDTH = 100


@dataclass(frozen=True)
class QuotaRow:
    """A quota with its bar: `reached` and `wanted` are lengths of WIDTH at most.

    `wanted` is None where there is no quota to draw a mark for.
    """

    quota: Quota
    words: str
    is_reached: bool
    reached: float
    wanted: float | None

    @property
    def got_percent(self) -> float | None:
        """Of those who answered and are of the population."""
        return None if self.quota.got_share is None else 100 * self.quota.got_share

    @property
    def population_percent(self) -> float | None:
        share = self.quota.population_share
        return None if share is None else 100 * share


@dataclass(frozen=True)
class FieldRows:
    """The table of one field of the strata, with a sentence about what it shows."""

    field: str
    title: str
    sentence: str
    rows: tuple[QuotaRow, ...]
    has_quotas: bool
    has_population: bool


def field_rows(progress: Progress) -> list[FieldRows]:
    """A table for each field, all of the bars in one of them to the same scale."""
    return [_rows(field) for field in progress.fields]


def _rows(field: FieldQuotas) -> FieldRows:
    longest = max([max(one.got, one.wanted or 0) for one in field.quotas], default=0) or 1
    return FieldRows(
        field=field.field,
        title=field.field.replace("-", " ").capitalize(),
        sentence=_sentence(field),
        rows=tuple(_row(quota, longest) for quota in field.quotas),
        has_quotas=any(quota.wanted is not None for quota in field.quotas),
        has_population=any(quota.population_share is not None for quota in field.quotas),
    )


def _row(quota: Quota, longest: int) -> QuotaRow:
    return QuotaRow(
        quota=quota,
        words=_words(quota),
        is_reached=quota.wanted is not None and not quota.lacks,
        reached=round(WIDTH * quota.got / longest, 2),
        wanted=None if quota.wanted is None else round(WIDTH * quota.wanted / longest, 2),
    )


def _words(quota: Quota) -> str:
    if quota.wanted is None:
        return "no quota"
    return f"{with_commas(quota.lacks)} to go" if quota.lacks else "reached"


def _sentence(field: FieldQuotas) -> str:
    quotas = [quota for quota in field.quotas if quota.wanted is not None]
    if not quotas:
        return ""
    behind = field.furthest_behind
    if behind is None:
        return "Every quota is reached."
    done = sum(not quota.lacks for quota in quotas)
    return (
        f"{done} of {len(quotas)} quotas are reached. Furthest behind: {behind.label}, "
        f"{with_commas(behind.got)} of {with_commas(behind.wanted or 0)}."
    )

"""The shape of the definitions: frozen once read, with every rule that one file can break."""

from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from measures.stats.periods import Period, parse_month, year_ending

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=50)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
ComparatorKind = Literal["previous-year", "baseline"]
SourceName = Literal["force-return", "home-office", "ons-pfa", "police-uk"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Text(_Frozen):
    """What a reader sees, by language; English stands in where Welsh is missing."""

    en: Words
    cy: Words | None = None

    def __str__(self) -> str:
        return self.en


class CountSource(_Frozen):
    """Where a count may come from: a category as the importer of that source names it."""

    source: SourceName
    category: Words


class SurveyShare(_Frozen):
    """Which answers of which survey: those in the net, among those who answered the question.

    `design` decides what may be claimed: only a probability sample or a census stands for anyone
    but the people who answered.
    """

    name: Text
    survey: Slug
    question: Slug
    net: Slug
    design: Literal["probability", "census", "self-selected"]
    of: Text
    were: Text


class Counted(_Frozen):
    """The unit in a sentence: "1 offence of robbery", "1,310 offences of robbery"."""

    one: Text
    many: Text


def _is_month(text: str) -> str:
    parse_month(text)
    return text


class Baseline(_Frozen):
    """The year that the law or the office compares with, since when, and why that one."""

    last_month: Annotated[str, AfterValidator(_is_month)] = Field(alias="year-ending")
    decided: date
    why: Text

    @property
    def period(self) -> Period:
        return year_ending(parse_month(self.last_month))


class Proxy(_Frozen):
    """What the measure stands in for, and why the thing itself can't be given."""

    stands_for: Text = Field(alias="for")
    why: Text


class Edit(_Frozen):
    """One change of a definition, for whoever compares editions."""

    on: date
    by: Words
    what: Text


class Measure(_Frozen):
    """One measure: what is counted, what is not, and what it is compared with."""

    measure: Slug
    priority: Slug
    title: Text
    plain: Text
    excludes: Text | None = Field(default=None, alias="not")
    count: tuple[CountSource, ...] = ()
    counted: Counted | None = None
    share: SurveyShare | None = None
    # Where its data would come from: said when there is none.
    comes_from: Text = Field(alias="comes-from")
    direction: Literal["lower-is-better", "higher-is-better", "neither"]
    compare: tuple[ComparatorKind, ...]
    baseline: Baseline | None = None
    proxy: Proxy | None = None
    # 1 stands first among the sentences that open a statement; without it, never there.
    headline: Annotated[int, Field(ge=1)] | None = None
    written_by: Words
    checked_by: Words | None
    review_by: date
    changes: tuple[Edit, ...]

    @property
    def slug(self) -> str:
        return self.measure

    @property
    def kind(self) -> Literal["count", "share"]:
        return "share" if self.share else "count"

    @model_validator(mode="after")
    def _has_one_origin(self) -> "Measure":
        if bool(self.count) == bool(self.share):
            raise ValueError("expected either `count:` or `share:`")
        if self.count and not self.counted:
            raise ValueError("a count needs `counted:` with `one:` and `many:`, for its sentences")
        return self

    @model_validator(mode="after")
    def _has_its_baseline(self) -> "Measure":
        if ("baseline" in self.compare) != (self.baseline is not None):
            raise ValueError("`baseline:` and `baseline` in `compare:` go together")
        if len(set(self.compare)) != len(self.compare):
            raise ValueError("`compare:` names something twice")
        return self


class Priority(_Frozen):
    """A national priority in its official wording, and whether it applies here.

    The law asks for an explanation of which apply and which don't, and the reasons (Schedule to
    SI 2011/3050, paragraph 7A, inserted by SI 2021/547).
    """

    key: Slug
    heading: Text
    applicable: bool
    reason: Text
    measures: tuple[Slug, ...] = Field(min_length=1)


class Priorities(_Frozen):
    """The national priorities in their official order."""

    duty: Text
    decided: date
    priorities: tuple[Priority, ...] = Field(min_length=1)


class Source(_Frozen):
    """A source in a reader's words, and what to beware of.

    `provisional`: its numbers may still change before they are final.
    """

    name: Text
    caveat: Text
    provisional: bool = False


class Sources(_Frozen):
    """Every source that a count may name."""

    sources: dict[SourceName, Source]

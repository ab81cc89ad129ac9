"""Choose among options that cost something, such as shares of the council tax."""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import ConfigDict, Field, model_validator

from surveys.questions.base import Option, Translated, said
from surveys.questions.choosing import OneOptionQuestion
from surveys.questions.words import phrase, spoken

WEEKS_A_YEAR = 52


class MoneyOption(Option):
    # Whole pence a year; a missing code costs nothing and says nothing.
    pence: int | None = Field(default=None, ge=0, le=10_000_000)

    @model_validator(mode="after")
    def _costs_something_known(self) -> "MoneyOption":
        if (self.pence is None) == (self.code is not None):
            raise ValueError("expected `pence`, whole pence a year, with each `code`")
        if self.write_in:
            raise ValueError("money-option takes no `write_in`: what costs something is listed")
        return self


class MoneyOptionQuestion(OneOptionQuestion):
    """Each option says what it costs a year and a week."""

    # `for` is a word of Python's own.
    model_config = ConfigDict(serialize_by_alias=True)

    kind: Literal["money-option"]
    options: tuple[MoneyOption, ...] = Field(min_length=1)
    # For whom it costs that, such as a Band D home.
    payer: Translated | None = Field(default=None, alias="for")

    @model_validator(mode="before")
    @classmethod
    def _has_options_of_its_own(cls, data: Any) -> Any:
        if isinstance(data, dict) and "list" in data:
            raise ValueError("money-option needs `options` with `pence`, which no list has")
        return data

    def cost(self, option: Option, language: str) -> str:
        """`£15 a year, 29p a week, for a Band D home`; "" for a missing code."""
        if not isinstance(option, MoneyOption) or option.pence is None:
            return ""
        pence = option.pence
        # Half a penny up.
        weekly = (2 * pence + WEEKS_A_YEAR) // (2 * WEEKS_A_YEAR)
        told = {"year": pounds(pence), "week": pounds(weekly)}
        if self.payer is None:
            return spoken(phrase("{year} a year, {week} a week"), language, **told)
        home = said(self.payer, language)
        return spoken(
            phrase("{year} a year, {week} a week, for {home}"), language, **told, home=home
        )

    def costs(self, language: str) -> Sequence[str]:
        """What each option costs, in their order."""
        return [self.cost(option, language) for option in self.options]


def pounds(pence: int) -> str:
    """`£208.15`, `£15`, `29p` and `£0`."""
    if 0 < pence < 100:
        return f"{pence}p"
    return f"£{pence // 100:,}" if pence % 100 == 0 else f"£{pence / 100:,.2f}"

"""The rules of disclosure by number, as switches: all on is the policy, one off is a test."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final, Literal

Policy = Literal["sensitive", "open"]
SENSITIVE: Final = "sensitive"
OPEN: Final = "open"

MINIMUM_CELL: Final = 10  # D4, D6
ROUNDED_TO: Final = 5  # D6
MINIMUM_BASE_OF_A_PERCENTAGE: Final = 50  # D7
LOWEST_BOUND: Final = 5  # D7: told instead of 0%, and 95 instead of 100%
NARROWEST: Final = 5  # The gate: whatever is withheld must stay uncertain by this much.
MOST_HITS_OVER_PRIOR: Final = 0.10  # The gate: of exact guesses, by somebody who plays the odds.
FEWEST_GUESSES: Final = 100  # Of fewer, so many more right guesses are chance.


@dataclass(frozen=True)
class Rules:
    """Which rules hold. Only the tests of the gate ever switch one off."""

    d1: bool = True  # a closed set of tables; nobody makes up a table of their own
    d2: bool = True  # quarters and four quarters only; splits only over four quarters
    d3: bool = True  # the survey of rape survivors: never by place
    d4: bool = True  # nothing about fewer than 10 people, none included
    d5: bool = True  # counts are shifted by -2 to 2, the same people always by the same
    d6: bool = True  # after that: nothing below 10, and rounded to 5
    d7: bool = True  # whole percentages on a base of 50; never 0% or 100%
    d8: bool = True  # the rest is a count like any other: where it is withheld, so is the part
    d9: bool = True  # what was released stays as it is

    def as_json(self) -> dict[str, bool]:
        """`{"D1": true, …}`: what a release keeps of the rules in force."""
        return {name.upper(): is_on for name, is_on in asdict(self).items()}

    @classmethod
    def from_json(cls, kept: Mapping[str, bool]) -> "Rules":
        """The rules that a release kept."""
        return cls(**{name.lower(): bool(is_on) for name, is_on in kept.items()})


ALL: Final = Rules()

"""What a published value can be: an estimate, withheld, or not available; never a bare number."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Estimate:
    """A count, or a share from 0 to 1, with how sure it is and how it was made.

    A count of recorded crimes is not a sample: it has no interval and no base.
    """

    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None
    effective_n: float | None = None
    method: str = "count"

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            raise ValueError("an interval has two ends: give both low and high, or neither")
        if self.low is not None and self.high is not None:
            # A rounding error of the last bit must not make a true interval impossible.
            slack = 1e-12 * max(1.0, abs(self.value))
            if not self.low - slack <= self.value <= self.high + slack:
                raise ValueError(f"{self.value} lies outside {self.low} to {self.high}")


@dataclass(frozen=True)
class Suppressed:
    """Known, and withheld to protect people."""

    reason: str


@dataclass(frozen=True)
class NotAvailable:
    """Not known here, and why."""

    reason: str

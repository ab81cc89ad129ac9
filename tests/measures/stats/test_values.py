"""An estimate that contradicts itself is refused."""

import pytest

from measures.stats.values import Estimate


def test_an_interval_has_two_ends() -> None:
    with pytest.raises(ValueError, match="both low and high"):
        Estimate(0.5, low=0.4)


def test_a_value_outside_its_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="lies outside"):
        Estimate(0.5, low=0.6, high=0.7)

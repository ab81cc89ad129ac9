"""A month and an edition as they stand in an address."""

from datetime import date

from measures.stats.periods import parse_month


class MonthConverter:
    """`2022-11` as the first day of the month; 2022-13 is no address at all."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return parse_month(value)

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else f"{value:%Y-%m}"


def parse_edition(text: str) -> int:
    """The number of an edition. Raises ValueError with what was expected."""
    # An edition is stored in two bytes, and thousands of digits are more than can be read.
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) > 0):
        raise ValueError(f"{text!r} is no edition; expected 1, 2, 3 and so on")
    return int(text)

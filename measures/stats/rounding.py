"""Rounding that is right to the last digit, and numbers as a reader writes them."""

from decimal import Decimal
from fractions import Fraction


def round_half_away(value: Fraction | int, *, places: int = 1) -> Decimal:
    """The value to so many decimal places, halves away from zero, from the exact fraction.

    Worked: 1093/17119 of 100 is 6.3847…, so 6.4; -1/8 of 100 at no place is -12.5, so -13.
    A float would already have been rounded once: 0.15 is stored as 0.1499….
    """
    scaled = abs(Fraction(value)) * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    # Built from its digits, since arithmetic on a Decimal rounds to the context's 28 digits.
    return Decimal((int(value < 0 < whole), tuple(map(int, str(whole))), -places))


def percentage(part: int, whole: int, *, places: int = 1) -> Decimal:
    """part as a percentage of whole. Raises ZeroDivisionError when whole is 0."""
    return round_half_away(Fraction(part * 100, whole), places=places)


def round_to(value: int, base: int) -> int:
    """The nearest multiple of base, halves away from zero: 12 to base 5 is 10, 13 is 15."""
    return base * int(round_half_away(Fraction(value, base), places=0))


def with_commas(value: int | Decimal) -> str:
    """18212 as "18,212"; a decimal keeps the places that it has."""
    return f"{value:,}"

r"""Regular expressions for what a schema can't compare: numbers, dates and times that are text.

Written so that they mean the same in Python and in ECMA-262, the language of JSON Schema's
`pattern`: digits are `[0-9]`, white space is spelt out, and the end is `(?![\s\S])`, since a `$`
of Python is content with a line end before the end.
"""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

# What str.strip takes away.
SPACE = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
END = r"(?![\s\S])"
# Halves of surrogate pairs, which JSON allows and no text has.
HALVES = r"\ud800-\udfff"

LEAP = r"(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
DAY = (
    r"(?!0000)(?:[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    rf"|{LEAP}-02-29)"
)
MONTH = r"(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])"
DATE_FORM = "9999-99-99"
YEAR = r"(?!0000)[0-9]{4}"
REAL_DATES = {"day": DAY, "month": MONTH, "year": YEAR, "partial": f"(?:{DAY}|{MONTH}|{YEAR})"}
CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"

# Nothing matches it.
NOTHING = r"(?!)"

# As many digits as surveys.questions takes of a number that is sent as text.
WHOLE_DIGITS = 20
DECIMAL_DIGITS = 12


def whole(pattern: str) -> str:
    """A pattern for the whole of a text."""
    return f"^(?:{pattern}){END}"


def stripped(pattern: str) -> str:
    """A pattern for the whole of a text but the white space around it."""
    return f"^[{SPACE}]*(?:{pattern})[{SPACE}]*{END}"


def blank() -> str:
    """A text with nothing but white space."""
    return f"^[{SPACE}]*{END}"


def text_of(longest: int) -> str:
    """1 to `longest` characters between white space; a line end sent as two counts as one."""
    edge = rf"[^{SPACE}\x00{HALVES}]"
    inner = rf"(?:\r\n|\r(?!\n)|[^\r\x00{HALVES}])"
    more = f"(?:{inner}{{0,{longest - 2}}}{edge})?" if longest > 1 else ""
    return stripped(f"{edge}{more}")


def fixed(low: str, high: str) -> str:
    """Texts of one form, such as 2022-11, from `low` to `high`, both of that form."""
    if not low:
        return ""
    first, last = low[0], high[0]
    if first == last:
        return first + fixed(low[1:], high[1:])
    least, most = _mask(low[1:], "0"), _mask(high[1:], "9")
    ways = []
    if low[1:] != least:
        ways.append(first + fixed(low[1:], most))
        first = chr(ord(first) + 1)
    if high[1:] == most:
        return _either([*ways, _digit(first, last) + _any(most)])
    if first < last:
        ways.append(_digit(first, chr(ord(last) - 1)) + _any(most))
    return _either([*ways, last + fixed(least, high[1:])])


def between(low: str, high: str, *, length: int) -> str | None:
    """Texts of digits and marks of `length` whose beginning is from `low` to `high`.

    None where there are none.
    """
    shared = min(length, len(low), len(high))
    if low[:shared] > high[:shared]:
        return None
    rest = _any(_mask(DATE_FORM[shared:length], "9"))
    return fixed(low[:shared], high[:shared]) + rest


def whole_numbers(low: int, high: int) -> str:
    """Whole numbers from `low` to `high` as people may send them: 7, +7, 007, -0."""
    return _signed(low, high, _unsigned)


def decimals(low: float, high: float, *, places: int) -> str:
    """Numbers from `low` to `high` with at most `places` decimals that are not zeros."""
    scale = Decimal(10) ** places
    least = int((Decimal(repr(low)) * scale).to_integral_value(ROUND_CEILING))
    most = int((Decimal(repr(high)) * scale).to_integral_value(ROUND_FLOOR))
    return _signed(least, most, lambda a, b: _scaled(a, b, places))


def _signed(low: int, high: int, unsigned: Callable[[int, int], str]) -> str:
    """Both signs of a range whose magnitudes `unsigned` spells; nothing matches an empty one."""
    ways = []
    if high >= 0 and low <= high:
        ways.append(rf"\+?(?:{unsigned(max(low, 0), high)})")
    if low <= 0 and low <= high:
        ways.append(f"-(?:{unsigned(max(0, -high), -low)})")
    return _either(ways) if ways else NOTHING


def _unsigned(low: int, high: int) -> str:
    most = 10**WHOLE_DIGITS - 1
    if low > most:
        return NOTHING
    few = f"(?=[0-9]{{1,{WHOLE_DIGITS}}}(?![0-9]))"
    return f"{few}0*{_either(_by_length(low, min(high, most)))}"


def _by_length(low: int, high: int) -> list[str]:
    """The numbers of each length, without zeros before them."""
    ways = []
    for length in range(len(str(low)), len(str(high)) + 1):
        least = max(low, 10 ** (length - 1) if length > 1 else 0)
        ways.append(fixed(str(least), str(min(high, 10**length - 1))))
    return ways


def _scaled(low: int, high: int, places: int) -> str:
    """Numbers of which `low` and `high` count the smallest decimal place."""
    unit = 10**places
    (first, least), (last, most) = divmod(low, unit), divmod(high, unit)
    if first == last:
        return _with_fraction([str(first)], least, most, places)
    ways = [_with_fraction([str(first)], least, unit - 1, places)]
    if last - first > 1:
        ways.append(_with_fraction(_by_length(first + 1, last - 1), 0, unit - 1, places))
    ways.append(_with_fraction([str(last)], 0, most, places))
    return _either(ways)


def _with_fraction(before: list[str], least: int, most: int, places: int) -> str:
    few = f"(?=[0-9]{{1,{DECIMAL_DIGITS}}}(?![0-9]))"
    number = f"{few}0*{_either(before)}"
    point = rf"\.{_fraction(least, most, places)}"
    number = f"{number}(?:{point})?" if least == 0 else f"{number}{point}"
    # Zero may be left out before the point.
    return _either([number, point]) if before[0].startswith(("0", "(?:0", "[0")) else number


def _fraction(least: int, most: int, places: int) -> str:
    """What follows the point, from `least` to `most` of the smallest place; zeros may follow."""
    ways = []
    for n in range(1, places + 1):
        unit = 10 ** (places - n)
        low, high = -(-least // unit), most // unit
        if low <= high:
            zeros = f"0{{0,{DECIMAL_DIGITS - places}}}" if n == places else ""
            ways.append(fixed(str(low).zfill(n), str(high).zfill(n)) + zeros)
    return _either(ways)


def _digit(first: str, last: str) -> str:
    return first if first == last else f"[{first}-{last}]"


def _any(mask: str) -> str:
    return "".join("[0-9]" if char == "9" else char for char in mask)


def _mask(text: str, digit: str) -> str:
    return "".join(digit if char.isdigit() else char for char in text)


def _either(ways: list[str]) -> str:
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"

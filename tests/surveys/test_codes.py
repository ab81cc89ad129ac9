"""Numbers of 16 digits: evenly drawn, read however typed, and worked into keys that never meet."""

import base64

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st

from surveys.models import codes
from surveys.models.codes import code_key, derived_key, lookups, new_code, spaced, typed_code

CODE = "0123456789012345"


def test_new_codes_are_16_digits_each_as_likely_at_each_place():
    drawn = [new_code() for _ in range(20_000)]
    assert {len(code) for code in drawn} == {16}
    assert len(set(drawn)) == len(drawn)
    for place in range(16):
        counts = [sum(code[place] == digit for code in drawn) for digit in "0123456789"]
        # Chi-squared with 9 degrees of freedom: 50 is passed by chance once in 10^7 times.
        assert sum((n - 2000) ** 2 / 2000 for n in counts) < 50


def test_all_numbers_can_be_drawn(monkeypatch):
    for drawn, code in ((0, "0" * 16), (10**16 - 1, "9" * 16)):
        monkeypatch.setattr(codes.secrets, "randbelow", lambda top, drawn=drawn: drawn)
        assert new_code() == code


def test_shown_like_a_phone_number():
    assert spaced(CODE) == "0123 4567 8901 2345"
    assert spaced("") == ""


@pytest.mark.parametrize(
    "text",
    [
        "0123456789012345",
        "0123 4567 8901 2345",
        "  0123\t4567 8901 2345\n",
        "0123-4567–8901—2345",
        "0123.4567·8901−2345",
        "\u20660123 4567 8901 2345\u2069",
        # Full-width digits and spaces, as a Japanese keyboard has them.
        "".join(chr(0xFF10 + int(digit)) + "\u3000" for digit in CODE),
        "٠١٢٣ ٤٥٦٧ ٨٩٠١ ٢٣٤٥",
        "۰۱۲۳ ۴۵۶۷ ۸۹۰۱ ۲۳۴۵",
        "०१२३ ४५६७ ८९०१ २३४५",
    ],
)
def test_typed_in_whatever_way_it_is_the_same(text):
    assert typed_code(text) == CODE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0123 4567 8901 234",
        "0123 4567 8901 2345 6",
        "O123 4567 8901 2345",
        "+123 4567 8901 2345",
        "²" * 16,
        "Ⅷ" * 16,
        "1/" * 16,
        "0123 4567 8901 2345" + " " * 100,
    ],
)
def test_anything_else_is_none(text):
    assert typed_code(text) is None


@given(st.integers(0, 10**16 - 1), st.sampled_from([" ", "-", "\u00a0", "\u200e", ""]))
def test_what_is_shown_can_be_typed(number, between):
    code = f"{number:016d}"
    assert typed_code(spaced(code).replace(" ", between)) == code


@given(st.text(max_size=120))
def test_typed_gives_16_digits_or_none(text):
    code = typed_code(text)
    assert code is None or (len(code) == 16 and code.isascii() and code.isdigit())


def test_lookups_differ_by_purpose_and_code():
    found = {
        lookup
        for purpose in ("saved", "saved-contact", "receipt")
        for code in (CODE, CODE[::-1])
        for lookup in lookups(code, purpose=purpose)
    }
    assert len(found) == 6
    assert {len(lookup) for lookup in found} == {32}
    assert lookups(CODE, purpose="saved") == lookups(CODE, purpose="saved")


def test_lookups_after_a_key_was_added_find_what_was_written_before(settings):
    old, new, other = (bytes([n]) * 32 for n in range(3))
    settings.ENCRYPTION_KEYS = {"old": old}
    (before,) = lookups(CODE, purpose="receipt")
    settings.ENCRYPTION_KEYS = {"new": new, "old": old}
    first, second = lookups(CODE, purpose="receipt")
    assert second == before
    settings.ENCRYPTION_KEYS = {"new": new}
    assert lookups(CODE, purpose="receipt") == [first]
    settings.ENCRYPTION_KEYS = {"other": other}
    assert before not in lookups(CODE, purpose="receipt")


def test_key_is_the_same_with_other_service_keys_and_differs_by_purpose(settings):
    key = code_key(CODE, purpose="saved")
    settings.ENCRYPTION_KEYS = {"other": b"7" * 32}
    assert code_key(CODE, purpose="saved") == key
    assert len({key, code_key(CODE, purpose="other"), code_key(CODE[::-1], purpose="saved")}) == 3


def test_the_library_gives_the_published_result():
    """RFC 9106, section 5.3: the test vector of Argon2id."""
    slow = Argon2id(
        salt=bytes([2]) * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=bytes([4]) * 12,
        secret=bytes([3]) * 8,
    )
    tag = slow.derive(bytes([1]) * 32)
    assert tag.hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_work_is_what_owasp_advises_at_least():
    assert (codes.MEMORY_KIB, codes.ITERATIONS, codes.LANES) == (19 * 1024, 2, 1)


def test_derived_keys_do_not_meet():
    key = base64.b64decode("AAAA" * 11)[:32]
    one, two = (derived_key(key, purpose=purpose) for purpose in ("saved", "saved-contact"))
    assert one != two
    assert key not in (one, two)

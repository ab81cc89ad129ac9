"""Sealed text opens in its own place with its own key, and nowhere else."""

import pytest

from surveys.models.encryption import (
    CannotOpenError,
    open_sealed,
    open_with,
    seal,
    seal_with,
)

PLACE = {"table": "own_words", "column": "sealed", "row": "1"}


@pytest.fixture
def keys(settings):
    def choose(*names):
        settings.ENCRYPTION_KEYS = {name: name.encode().ljust(32, b".") for name in names}

    return choose


@pytest.mark.parametrize("value", ["", "text", "Ŵ’r 🦊", 0, False, None, [], {"a": 1}])
def test_open_gives_back_what_was_sealed(value):
    opened = open_sealed(seal(value, **PLACE), **PLACE)
    assert opened == value
    assert type(opened) is type(value)


def test_seal_twice_looks_different():
    assert seal("same", **PLACE) != seal("same", **PLACE)


@pytest.mark.parametrize("change", [{"table": "draft"}, {"column": "other"}, {"row": "2"}])
def test_open_moved_text_fails(change):
    with pytest.raises(CannotOpenError):
        open_sealed(seal("secret", **PLACE), **{**PLACE, **change})


def test_open_altered_text_fails():
    sealed = seal("secret", **PLACE)
    for i in range(sealed.rindex(".") + 1, len(sealed) - 2):
        other = "A" if sealed[i] != "A" else "B"
        with pytest.raises(CannotOpenError):
            open_sealed(sealed[:i] + other + sealed[i + 1 :], **PLACE)


@pytest.mark.parametrize(
    "text", ["plain words", "v1.a.b", "v2.local.AAAA.AAAA", "", "v1.local.!!.??"]
)
def test_open_injected_plain_text_fails(text):
    with pytest.raises(CannotOpenError):
        open_sealed(text, **PLACE)


def test_rotated_key_still_opens_what_the_old_one_sealed(keys):
    keys("old")
    sealed = seal("secret", **PLACE)
    keys("new", "old")
    assert open_sealed(sealed, **PLACE) == "secret"
    assert seal("more", **PLACE).startswith("v1.new.")
    keys("new")
    with pytest.raises(CannotOpenError, match="'old' is not among"):
        open_sealed(sealed, **PLACE)


OWN_KEY = b"k" * 32


@pytest.mark.parametrize("value", ["", 0, False, None, {"answers": {"a": ["ŵ"]}}])
def test_what_is_sealed_with_a_key_opens_with_it(value):
    opened = open_with(OWN_KEY, seal_with(OWN_KEY, value, **PLACE), **PLACE)
    assert opened == value
    assert type(opened) is type(value)


def test_it_takes_both_the_key_and_the_service():
    sealed = seal_with(OWN_KEY, "secret", **PLACE)
    with pytest.raises(CannotOpenError, match="does not open with this key"):
        open_with(b"x" * 32, sealed, **PLACE)
    # The service alone gets no further than another sealed text.
    assert "secret" not in str(open_sealed(sealed, **PLACE))


@pytest.mark.parametrize("change", [{"table": "draft"}, {"column": "other"}, {"row": "2"}])
def test_open_with_a_key_what_was_moved_fails(change):
    with pytest.raises(CannotOpenError):
        open_with(OWN_KEY, seal_with(OWN_KEY, "secret", **PLACE), **{**PLACE, **change})


@pytest.mark.parametrize("inner", ["", "plain words", "AAAA", 7, None, ["a"]])
def test_open_with_a_key_what_the_service_alone_sealed_fails(inner):
    with pytest.raises(CannotOpenError):
        open_with(OWN_KEY, seal(inner, **PLACE), **PLACE)


def test_service_keys_can_be_replaced_beneath_an_own_key(keys):
    keys("old")
    sealed = seal_with(OWN_KEY, "secret", **PLACE)
    keys("new", "old")
    assert open_with(OWN_KEY, sealed, **PLACE) == "secret"

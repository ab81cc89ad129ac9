"""Sealed text opens in its own place with its own key, and nowhere else."""

import pytest

from surveys.models.encryption import CannotOpenError, open_sealed, seal

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

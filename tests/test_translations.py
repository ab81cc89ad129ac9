"""The Welsh catalogue holds every text of the pages around the surveys, whole."""

import gettext

from tests.factories.catalogues import (
    ROOT,
    WELSH,
    catalogue,
    forms,
    marks,
    originals,
    to_translate,
)

# Texts that are the same in both languages.
SAME = {"Help", "Label", "{first}, {second}", "“{label}”"}


def test_extraction_finds_templates_and_code():
    found = to_translate()
    assert "Leave this site" in found
    assert "Enter a whole number, like {example}" in found
    assert "November" in found
    assert len(found) > 150
    templates = {file for message in found for file, _ in message.locations}
    assert not [file for file in templates if "admin" in file or "measures" in file]


def test_every_text_is_in_welsh():
    welsh = catalogue(WELSH, "cy")
    absent = [message.id for message in to_translate() if message.id and message.id not in welsh]
    empty = [m.id for m in welsh if m.id and not all(forms(m))]
    same = [m.id for m in welsh if m.id and m.id not in SAME and set(originals(m)) & set(forms(m))]
    assert (absent, empty, same) == ([], [], []), "run `make messages` and translate what is new"


def test_nothing_in_welsh_is_guessed_or_left_over():
    welsh = catalogue(WELSH, "cy")
    found = to_translate()
    assert not [message.id for message in welsh if message.id and message.fuzzy]
    assert not [message.id for message in welsh if message.id and message.id not in found]


def test_welsh_puts_in_the_same_values_and_links():
    wrong = []
    for message in catalogue(WELSH, "cy"):
        if not message.id:
            continue
        expected = marks(originals(message)[-1])
        *others, last = forms(message)
        # A form for one certain number may leave the number out.
        if marks(last) != expected or any(marks(form) - expected for form in others):
            wrong.append((originals(message)[-1], last))
    assert wrong == []


def test_welsh_numbers_have_their_six_forms():
    welsh = catalogue(WELSH, "cy")
    assert welsh.num_plurals == 6
    assert all(len(forms(m)) == 6 for m in welsh if m.id and m.pluralizable)


def test_compiled_catalogue_is_the_written_one():
    """`make setup` compiles it; a stale one would show pages of yesterday."""
    compiled = gettext.translation("django", ROOT / "locale", ["cy"])
    for message in catalogue(WELSH, "cy"):
        if message.id:
            one = originals(message)[0]
            told = compiled.ngettext(*originals(message), 7) if message.pluralizable else None
            assert (told or compiled.gettext(one)) == forms(message)[-1], "run `make setup`"

"""What a file holds, whatever it is."""

import pytest

from surveys.versions.upload import MOST_BYTES, read_upload
from tests.factories.surveys import SMALL, changed


def told(upload):
    return [(problem.level, problem.place, problem.message) for problem in upload.problems]


def test_definition_of_our_own():
    upload = read_upload(SMALL.encode(), "small.yaml")
    assert upload.definition.survey == "small"
    assert upload.count("error") == upload.count("publication") == 0


def test_mark_at_the_beginning_of_a_file_is_no_part_of_it():
    assert read_upload(b"\xef\xbb\xbf" + SMALL.encode(), "small.YAML").definition is not None


def test_problems_stand_in_the_order_of_the_file():
    # Line 9 comes before line 10, and not after line 1.
    text = changed(SMALL, {"minutes: 2": "minutes: many", "title:": "titel:", "max: 20": "max: x"})
    upload = read_upload(text.encode(), "small.yaml")
    lines = [int(place.removeprefix("line ")) for _, place, _ in told(upload)]
    assert lines == sorted(lines)
    assert upload.definition is None


def test_list_of_which_every_item_is_wrong_is_told_once():
    text = changed(SMALL, {"kind: scale, list": "kind: scala, list"})
    (problem,) = read_upload(text.encode(), "small.yaml").problems
    assert problem.message.startswith("question overall, kind: unknown kind 'scala'")


def test_what_publication_forbids_comes_with_the_definition():
    text = changed(SMALL, {"languages: [en]": "languages: [en, cy]"})
    upload = read_upload(text.encode(), "small.yaml")
    assert upload.definition is not None
    assert upload.count("publication") > 20


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("form.txt", b"", "expected a file that ends in .yaml, .yml, .xlsx, .xls, .lss"),
        ("form", b"", "expected a file that ends in"),
        ("form.yaml", b"\x00" * (MOST_BYTES + 1), "10,485,761 bytes"),
        ("form.yaml", b"a: \xe9", "byte 4 is not UTF-8"),
    ],
)
def test_file_that_is_refused_as_a_whole(name, data, message):
    (problem,) = read_upload(data, name).problems
    assert problem.place == "the file"
    assert message in problem.message


def test_other_name_is_refused_unless_it_is_to_be_renamed():
    (problem,) = read_upload(SMALL.encode(), "a.yaml", survey="other").problems
    assert problem.place == "line 2"
    renamed = read_upload(SMALL.encode(), "a.yaml", survey="other", rename=True)
    assert renamed.definition.survey == "other"

"""Names and codes of foreign forms as ours."""

import time

import pytest

from surveys.definitions.naming import Names, as_slug


def test_a_name_is_given_once_and_the_same_again_gets_a_number():
    names = Names()

    assert [names.take(wanted) for wanted in ("a", "a", "a-2", "a", "1")] == [
        "a",
        "a-2",
        "a-2-2",
        "a-3",
        "q-1",
    ]


def test_the_same_name_in_every_row_of_the_largest_form_takes_no_time():
    names, began = Names(), time.process_time()

    given = {names.take("a" * 60) for _ in range(20_000)}

    assert len(given) == 20_000
    assert all(len(name) <= 60 for name in given)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Our Streets", "our-streets"),
        ("Gêm 2", "gem-2"),
        ("2025.lss", "survey-2025-lss"),
        ("…", "imported"),
    ],
)
def test_a_title_becomes_the_name_of_a_survey(text, slug):
    assert as_slug(text) == slug

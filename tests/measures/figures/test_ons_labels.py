"""Headings of ONS tables as they were printed, and the one spelling that they stand for."""

import pytest

from measures.figures.ons_labels import CATEGORIES, category_of, without_notes


@pytest.mark.parametrize(
    ("printed", "label", "notes"),
    [
        ("Total recorded crime (excluding fraud3)", "Total recorded crime (excluding fraud)", (3,)),
        (
            "Death or serious injury - unlawful driving 4",
            "Death or serious injury - unlawful driving",
            (4,),
        ),
        ("Non-residential  burglary6,7", "Non-residential burglary", (6, 7)),
        ("ENGLAND AND WALES7,8", "ENGLAND AND WALES", (7, 8)),
        ("North West 7,8", "North West", (7, 8)),
        ("London10", "London", (10,)),
        ("Stalking and\nharassment⁵", "Stalking and harassment", (5,)),
        (
            "Total recorded crime\n (excluding fraud) \n[note 2]",
            "Total recorded crime (excluding fraud)",
            (2,),
        ),
        ("Homicide [note 3][note 4]", "Homicide", (3, 4)),
        ("Burglary [notes 5, 6]", "Burglary", (5, 6)),
        ("West Midlands ", "West Midlands", ()),
        ("Robbery", "Robbery", ()),
        ("", "", ()),
    ],
)
def test_footnotes_are_taken_off_a_heading(printed, label, notes):
    assert without_notes(printed) == (label, notes)


@pytest.mark.parametrize(
    ("heading", "category"),
    [
        ("All other theft offences", "Other theft offences"),
        ("Residental burglary", "Residential burglary"),
        ("Miscellaneous crimes against society", "Miscellaneous crimes"),
        (
            "Death or serious injury caused by illegal driving",
            "Death or serious injury - unlawful driving",
        ),
        ("Total recorded crime - excluding fraud", "Total recorded crime (excluding fraud)"),
        ("Violence with Injury", "Violence with injury"),
        # Another classification, not another spelling: it stays apart.
        ("Domestic burglary", "Domestic burglary"),
        ("A group of the year 2031", "A group of the year 2031"),
    ],
)
def test_spellings_of_a_category_become_one(heading, category):
    assert category_of(heading) == category


def test_every_category_is_its_own_spelling():
    assert [category_of(name) for name in CATEGORIES] == list(CATEGORIES)

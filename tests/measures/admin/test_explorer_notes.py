"""What stands beside a table of results."""

from dataclasses import replace

from measures.admin.asked import Asked
from measures.admin.notes import Note, notes_of
from surveys.tally.periods import parse_span
from tests.factories.tables import YEAR, satisfaction_table, weighting

ASKED = Asked("whole-experience", "How was it?", "Whole experience")


def about(name: str, notes: list[Note]) -> Note:
    return next(note for note in notes if note.about == name)


def test_notes_say_by_what_it_was_weighted_and_where_the_report_is():
    table = replace(satisfaction_table(), weighting=weighting())
    note = about("Weights", notes_of(table, ASKED, aside=0, is_weighted=True))
    assert note.words.startswith(
        "Weighted by sex to Office for National Statistics, mid-year estimates, June 2022."
    )
    assert note.address == (
        "/admin/results/weighting/?survey=domestic-abuse&period=year-to-2022-Q4"
    )


def test_notes_say_why_it_was_not_weighted():
    note = about("Weights", notes_of(satisfaction_table(), ASKED, aside=0, is_weighted=True))
    assert note.words == "Not weighted: no population was imported for these months."
    picked = about("Weights", notes_of(satisfaction_table(), ASKED, aside=0, is_weighted=False))
    assert picked.words.startswith("Not weighted, as you picked")


def test_notes_say_which_months_count_where_the_question_changed():
    since = parse_span("2022-Q4")
    table = replace(satisfaction_table(broke="the options changed"), since=since)
    note = about("Comparability", notes_of(table, ASKED, aside=0, is_weighted=True))
    assert "October to December 2022, since before them the options changed" in note.words
    # A change before the span is no matter of this table.
    whole = replace(satisfaction_table(broke="the options changed"), since=YEAR)
    notes = notes_of(whole, ASKED, aside=0, is_weighted=True)
    assert "Comparability" not in [one.about for one in notes]


def test_notes_warn_of_several_answers_of_channels_and_of_what_is_set_aside():
    asked = replace(ASKED, is_single=False)
    notes = notes_of(satisfaction_table(), asked, aside=2, is_weighted=True, channels="By phone up")
    assert "may add up to more than 100%" in about("Several answers", notes).words
    assert about("How people answered", notes).words == "By phone up"
    assert about("Set aside", notes).words.startswith("2 responses to this survey, of any month")

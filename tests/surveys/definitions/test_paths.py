"""All ways through a survey, against walking everybody through it."""

from hypothesis import assume, given, settings

from surveys.definitions.journey import Walk, walk
from surveys.definitions.paths import paths
from tests.factories.small_routes import (
    MOST_PEOPLE,
    WORDS,
    definition_of,
    everybody,
    people_to_try,
    small_routes,
)


def way(walked: Walk) -> object:
    """What tells one way from another."""
    stops = [(stop.number, [q.name for q in stop.questions]) for stop in walked.stops]
    return str((stops, walked.ending))


@settings(max_examples=50, deadline=None)
@given(small_routes())
def test_paths_are_those_that_people_take(definition):
    assume(people_to_try(definition) <= MOST_PEOPLE)
    taken = {way(walked) for walked in everybody(definition)}
    found = list(paths(definition))
    # Two endings of a page that read the same are two ways and look like one.
    assert {way(walked) for walked in found} == taken
    for walked in found:
        again = walk(definition, walked.answers)
        assert (way(again), again.answers) == (way(walked), walked.answers)


def yes_no(name: str, **more):
    return {"name": name, "kind": "yes-no", "ask": WORDS, **more}


def test_twenty_optional_pages_have_a_million_paths_and_the_cap_holds():
    asked = [{"questions": [yes_no(f"q{i}")]} for i in range(20)]
    then = [
        {"show_if": {f"q{i}": {"is": "yes"}}, "questions": [yes_no(f"then{i}")]} for i in range(20)
    ]
    found = list(paths(definition_of([*asked, *then]), cap=50))
    assert len({way(walked) for walked in found}) == len(found) == 50


def test_answers_that_decide_nothing_are_left_out_unless_they_must_be_given():
    pages = [
        {"questions": [yes_no("idle"), yes_no("needed", required=True), yes_no("deciding")]},
        {"show_if": {"deciding": {"is": "no"}}, "questions": [yes_no("last")]},
    ]
    short, long = sorted(paths(definition_of(pages)), key=lambda walked: len(walked.stops))
    assert set(short.answers) <= {"needed", "deciding"}
    assert (long.answers["deciding"], "needed" in long.answers) == ("no", True)


def test_a_way_ends_where_the_survey_does():
    pages = [
        {
            "questions": [yes_no("first")],
            "end_if": [{"when": {"first": {"is": "no"}}, "outcome": "finish"}],
        },
        {"questions": [yes_no("second")]},
    ]
    found = {len(walked.stops): walked.ending for walked in paths(definition_of(pages))}
    assert found[2] is None
    assert found[1].outcome == "finish"

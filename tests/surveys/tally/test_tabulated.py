"""How a question is laid out: its lines, their words, and the counters they add up."""

import pytest
from django.conf import settings

from surveys.definitions.loader import load_definition
from surveys.tally.tabulated import breakdown_of, tabulated, tabulations
from tests.factories.surveys import small_definition

CONTENT = settings.BASE_DIR / "surveys" / "content"


def test_scale_has_its_points_then_nets_then_missing_codes():
    layout = tabulated(small_definition(), "overall")
    assert [(line.code, line.kind, line.cells) for line in layout.lines] == [
        ("1", "option", ("overall=1",)),
        ("2", "option", ("overall=2",)),
        ("3", "option", ("overall=3",)),
        ("net:satisfied", "net", ("overall=1",)),
        ("~does-not-apply", "missing", ("overall~does-not-apply",)),
    ]
    assert (layout.is_single, layout.is_scale, layout.list) == (True, True, "satisfaction")
    # 1 for completely satisfied is a name: a mean of it would say nothing.
    assert not layout.has_mean


def test_several_answers_are_not_parts_of_a_whole():
    assert not tabulated(small_definition(), "reasons").is_single


def test_typed_numbers_have_a_mean():
    layout = tabulated(small_definition(), "calls")
    assert layout.has_mean
    assert [line.value for line in layout.lines][:3] == [0.0, 1.0, 2.0]
    assert layout.lines[-1].label == "Don’t know"


def test_question_that_is_not_counted_is_refused_with_those_that_are():
    with pytest.raises(LookupError, match="'nothing' is not counted; expected one of area, overal"):
        tabulated(small_definition(), "nothing")


def test_questions_without_lines_have_no_table():
    fields = [one.field for one in tabulations(small_definition())]
    assert fields == ["area", "overall", "reasons", "reported", "calls"]


def test_breakdown_has_a_group_for_who_did_not_say():
    found = breakdown_of(small_definition(), "area")
    assert (found.label, dict(found.groups)) == (
        "Where do you live?",
        {"north": "North", "south": "South", "~": "Not stated"},
    )


def test_channel_is_always_known():
    assert "~" not in breakdown_of(small_definition(), "channel").groups


def test_what_is_no_breakdown_is_refused_with_those_there_are():
    with pytest.raises(LookupError, match="'overall' is no breakdown; expected one of area, chan"):
        breakdown_of(small_definition(), "overall")


@pytest.mark.parametrize("slug", ["domestic-abuse", "hate-crime", "rape", "community-voice"])
def test_every_counter_of_a_table_is_one_of_its_question(slug):
    definition = load_definition((CONTENT / slug / "1.yaml").read_text(encoding="utf-8"))
    layouts = tabulations(definition)
    assert len(layouts) > 5
    for layout in layouts:
        counters = set(definition.by_name[layout.field].cells())
        assert {cell for line in layout.lines for cell in line.cells} <= counters
        assert all(line.label and layout.asked for line in layout.lines)

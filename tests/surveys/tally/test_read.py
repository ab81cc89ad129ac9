"""Reading counts by group and stratum, beside a slow count of the same responses."""

import random
from datetime import date

import pytest

from surveys.definitions.random_walk import random_answers
from surveys.models.responses import Response
from surveys.tally.count import count_new
from surveys.tally.periods import parse_span
from surveys.tally.read import read_counts
from surveys.tally.store import counts_by_cell
from surveys.versions.read import definition_of
from tests.factories.slow_count import slow_count
from tests.factories.surveys import publish, respond
from tests.surveys.versions.test_trend import publish_on

pytestmark = pytest.mark.django_db
SPANS = [parse_span(key) for key in ("2022-Q4", "2022-11", "year-to-2022-Q4", "2021-Q1")]


def answered_by(version, people, *, seed=1):
    """Responses of invented people from September to December 2022."""
    chance = random.Random(seed)
    for _ in range(people):
        day = date(2022, chance.randint(9, 12), 15)
        answers = random_answers(definition_of(version), chance, today=day)
        channel = chance.choice(["web", "phone"])
        respond(version, on=day.isoformat(), channel=channel, **answers)


def named(counted, span, numbers):
    """What is not zero, by stratum, group and cell."""
    return {
        (stratum, group, cell): int(numbers[span, g, s, c])
        for g, group in enumerate(counted.groups)
        for s, stratum in enumerate(counted.strata)
        for c, cell in enumerate(counted.cells)
        if numbers[span, g, s, c]
    }


@pytest.mark.parametrize("by", [None, "area", "channel"])
def test_counts_and_keys_are_those_of_a_slow_count(by):
    """By everyone, by a breakdown that is one of the strata, and by one that is not."""
    version = publish()
    answered_by(version, 40)
    count_new()
    counted = read_counts([version], version.cells, spans=SPANS, by=by)
    for at, span in enumerate(SPANS):
        n, keys = slow_count(Response.objects.all(), span=span, by=by)
        assert named(counted, at, counted.n) == n
        assert named(counted, at, counted.keys) == keys
    assert counted.n[2].sum() > counted.n[1].sum() > 0
    assert counted.strata_fields == ("area", "reported")


def test_groups_are_in_the_order_of_the_definition_and_not_stated_is_last():
    version = publish()
    answered_by(version, 5)
    count_new()
    groups = {by: read_counts([version], [""], spans=SPANS, by=by).groups for by in (None, "area")}
    assert groups == {None: ("",), "area": ("north", "south", "~")}
    channels = read_counts([version], [""], spans=SPANS, by="channel").groups
    assert channels == ("web", "phone", "paper", "api", "import")


def test_who_did_not_say_is_in_a_group_and_a_stratum_of_their_own():
    version = publish()
    respond(version, overall="1")
    respond(version, area={"missing": "prefer-not-to-say"}, overall="1")
    respond(version, area="north", reported="yes", overall="1")
    count_new()
    counted = read_counts([version], ["overall=1"], spans=[SPANS[0]], by="area")
    assert counted.strata == ("-|-", "north|yes")
    assert counted.n[0, :, :, 0].tolist() == [[0, 1], [0, 0], [2, 0]]


def test_synthetic_people_are_told_by_span_and_group():
    version = publish()
    respond(version, area="north", channel="phone")
    made = respond(version, area="north")
    Response.objects.filter(pk=made.pk).update(is_synthetic=True)
    count_new()
    counted = read_counts([version], ["area=north"], spans=SPANS, by="channel")
    assert counted.synthetic[:, :2].tolist() == [[1, 0], [1, 0], [1, 0], [0, 0]]
    assert counted.n[0, :2, 0, 0].tolist() == [1, 1]


def test_versions_add_up_and_a_cell_that_one_lacks_adds_nothing():
    first = publish_on("2021-01-10", 1)
    respond(first, on="2022-10-15", overall="1", area="north")
    more = "          - {code: south, label: {en: South}}\n"
    west = more + "          - {code: west, label: {en: West}}\n"
    second = publish_on("2022-11-10", 2, **{more: west})
    respond(second, on="2022-11-15", overall="1", area="west")
    count_new()
    counted = read_counts([first, second], ["overall=1", "area=west"], spans=[SPANS[0]], by="area")
    assert counted.groups == ("north", "south", "west", "~")
    assert counted.n[0].sum(axis=1).tolist() == [[1, 0], [0, 0], [1, 1], [0, 0]]


def test_versions_with_other_strata_put_all_in_one():
    first = publish_on("2021-01-10", 1)
    respond(first, on="2022-10-15", overall="1", area="north", reported="yes")
    second = publish_on("2022-11-10", 2, **{"strata: [area, reported]": "strata: [area]"})
    respond(second, on="2022-11-15", overall="1", area="south")
    count_new()
    counted = read_counts([first, second], ["overall=1"], spans=[SPANS[0]], by="area")
    assert (counted.strata, counted.strata_fields) == (("",), ())
    assert counted.n[0, :, 0, 0].tolist() == [1, 1, 0]


def test_only_the_wave_that_is_asked_for_counts():
    version = publish()
    respond(version, overall="1")
    first = respond(version, overall="1")
    Response.objects.filter(pk=first.pk).update(wave="first")
    count_new()
    waves = {w: read_counts([version], [""], spans=[SPANS[0]], wave=w) for w in (None, "", "first")}
    assert {w: int(c.n.sum()) for w, c in waves.items()} == {None: 2, "": 1, "first": 1}


def test_nothing_counted_is_no_stratum_and_no_breakdown_is_told():
    version = publish()
    counted = read_counts([version], ["overall=1"], spans=SPANS, by="area")
    assert counted.n.shape == (4, 3, 0, 1)
    with pytest.raises(LookupError, match="'overall' is no breakdown of this survey"):
        read_counts([version], [""], spans=SPANS, by="overall")


@pytest.mark.parametrize("group", ["", "area=north", "area~", "channel=phone"])
def test_counts_by_cell_are_the_same_by_any_group(group):
    version = publish()
    answered_by(version, 30)
    count_new()
    by = group.partition("=")[0].removesuffix("~") or None
    found = counts_by_cell(version, group=version.groups.index(group))
    n, _ = slow_count(Response.objects.all(), span=SPANS[2], by=by)
    code = group.partition("=")[2] or ("~" if group else "")
    for at, cell in enumerate(version.cells):
        expected = sum(k for (_, g, c), k in n.items() if (g, c) == (code, cell))
        assert (found[at].n if at in found else 0) == expected

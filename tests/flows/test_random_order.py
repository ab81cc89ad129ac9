"""Options in random order: the order of one person stays, and is kept with the response."""

import re

import pytest

from surveys.models.drafts import Draft
from surveys.models.responses import Response
from surveys.versions.read import definition_of
from tests.factories.surveys import SMALL, changed, publish
from tests.flows.person import Person

pytestmark = pytest.mark.django_db

SHUFFLED = changed(
    SMALL, {"        max_choices: 2\n": "        max_choices: 2\n        order: random\n"}
)


def shown(person):
    found = re.findall(r'name="reasons" [^>]*value="([a-z-]+)"', person.text)
    assert found, person.text
    return found


def to_the_reasons(version):
    person = Person(version)
    return person.post().post().post(area="north").post(overall="3")


def test_order_is_that_of_the_seed_and_stays():
    version = publish(SHUFFLED)
    person = to_the_reasons(version)
    seed = Draft.objects.get().order_seed
    reasons = definition_of(version).by_name["reasons"]
    assert shown(person) == [option.value for option in reasons.in_order(seed)]
    assert shown(person)[-2:] == ["none", "dont-know"]
    first = shown(person)
    person.go(person.at)
    assert shown(person) == first


def test_orders_differ_between_people():
    reasons = definition_of(publish(SHUFFLED)).by_name["reasons"]
    orders = {tuple(o.value for o in reasons.in_order(seed)) for seed in range(1000)}
    # Three options move: all six orders come, and each about as often.
    assert len(orders) == 6
    firsts = [reasons.in_order(seed)[0].value for seed in range(1000)]
    assert all(280 < firsts.count(code) < 390 for code in ("slow", "rude", "lost"))


@pytest.mark.parametrize("text", [SHUFFLED, SMALL])
def test_seed_is_kept_only_where_something_was_shuffled(text):
    person = to_the_reasons(publish(text))
    seed = Draft.objects.get().order_seed
    person.post(reasons=["slow"]).post().post().post().post()
    assert Response.objects.get().order_seed == (seed if text is SHUFFLED else None)

"""The door: what one query tells is what the querysets of the survey and the keys tell."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework_api_key.models import APIKey

from surveys.api.door import door
from surveys.api.keys import HASHER, Key, is_known
from surveys.models.versions import Survey
from surveys.responses.answers import clean_answers
from surveys.responses.submit import submit
from surveys.versions.publish import store_version, withdraw_version
from surveys.versions.read import definition_of, published_versions
from tests.factories.surveys import publish, small_definition

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
UNKNOWN = Key("unknown", "unknown")


def at_the_door(slug, number, *, nonce, key=UNKNOWN):
    return door(key, slug, number, nonce=nonce)


@pytest.mark.parametrize("opens", [None, -DAY, DAY])
@pytest.mark.parametrize("closes", [None, -DAY, DAY])
@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_door_is_open_when_the_survey_is(opens, closes, is_withdrawn):
    version, now = publish(), timezone.now()
    Survey.objects.update(
        opens_at=opens and now + opens,
        closes_at=closes and now + closes,
    )
    if is_withdrawn:
        withdraw_version(version, actor="publisher", reason="a slip")
    at = at_the_door("small", 1, nonce="n")
    is_open = Survey.objects.open_now().filter(slug="small").exists()
    assert (at.is_published and at.is_in_time) is is_open
    assert at.is_published is published_versions().filter(pk=version.pk).exists()
    assert (at.version_pk, at.was_stored) == (version.pk, False)


def test_door_of_what_is_not_there():
    assert at_the_door("small", 1, nonce="n").version_pk is None
    store_version(small_definition(), actor="test")
    assert not at_the_door("small", 1, nonce="n").is_published
    publish()
    for number in (2, 32_768, 10**30):
        assert at_the_door("small", number, nonce="n").version_pk is None


def test_door_knows_what_was_stored():
    version = publish()
    cleaned = clean_answers(definition_of(version), {"area": "north"}, today=timezone.localdate())
    submit(version, cleaned, nonce="n", language="en", channel="api")
    withdraw_version(version, actor="publisher", reason="a slip")
    assert at_the_door("small", 1, nonce="n").was_stored
    assert not at_the_door("small", 1, nonce="m").was_stored


@pytest.mark.parametrize("expires", [None, -DAY, DAY])
@pytest.mark.parametrize("is_revoked", [True, False])
def test_door_knows_the_key(expires, is_revoked):
    _key, secret = APIKey.objects.create_key(name="test")
    prefix = secret.partition(".")[0]
    APIKey.objects.update(expiry_date=expires and timezone.now() + expires, revoked=is_revoked)
    key, other = Key(prefix, HASHER.encode(secret, "")), Key(prefix, HASHER.encode("other", ""))
    found = APIKey.objects.is_valid(secret)
    assert at_the_door("small", 1, nonce="n", key=key).is_known_key is is_known(key) is found
    assert not at_the_door("small", 1, nonce="n", key=other).is_known_key
    assert not is_known(other)

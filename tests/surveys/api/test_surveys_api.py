"""The surveys' part of the API."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework_api_key.models import APIKey

from surveys.models.responses import Response
from surveys.models.versions import Survey
from surveys.versions import read
from surveys.versions.publish import store_version, withdraw_version
from tests.factories.surveys import SMALL, changed, publish, small_definition

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/surveys/small/responses/"
GOOD = {"version": 1, "language": "en", "answers": {"area": "north", "overall": 1, "calls": 3}}


@pytest.fixture
def version():
    return publish(changed(SMALL, {"discreet: true": "discreet: false\nlisted: true"}))


@pytest.fixture
def send(version):
    _key, secret = APIKey.objects.create_key(name="test")

    def send(body, key="k1", secret=secret):
        headers = {"Idempotency-Key": key} if key else {}
        headers |= {"Authorization": f"Api-Key {secret}"} if secret else {}
        return Client().post(ADDRESS, json.dumps(body), "application/json", headers=headers)

    return send


def test_response_is_stored_once_for_a_key(send):
    first = send(GOOD)
    again = send(GOOD)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    stored = Response.objects.get()
    assert str(stored.pk) == first.json()["id"]
    assert (stored.channel, stored.answers["overall"]) == ("api", "1")


def test_key_reused_for_other_answers_is_422(send):
    send(GOOD)
    other = send({**GOOD, "answers": {"area": "south"}})
    assert other.status_code == 422
    assert other["Content-Type"] == "application/problem+json"
    assert Response.objects.count() == 1


def test_each_wrong_answer_gets_a_pointer(send):
    wrong = send({**GOOD, "answers": {"area": "moon", "calls": 99, "nothing": 1}})
    assert wrong.status_code == 400
    problem = wrong.json()
    assert problem["status"] == 400
    assert {error["pointer"] for error in problem["errors"]} == {
        "#/answers/area",
        "#/answers/calls",
        "#/answers/nothing",
    }
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"language": "en", "answers": {}}, "#/version"),
        ({**GOOD, "version": 7}, "#/version"),
        ({**GOOD, "language": "fr"}, "#/language"),
        ({**GOOD, "answers": ["north"]}, "#/answers"),
        ({**GOOD, "channel": "phone"}, "#/channel"),
        ({**GOOD, "version": True}, "#/version"),
        ({**GOOD, "version": 0}, "#/version"),
        ({**GOOD, "version": 10**30}, "#/version"),
        ({**GOOD, "language": None}, "#/language"),
        ({"version": 1}, "#/answers"),
        ([], "#/"),
    ],
)
def test_wrong_member_is_pointed_at(send, body, pointer):
    wrong = send(body)
    assert wrong.status_code == 400
    assert pointer in [error["pointer"] for error in wrong.json()["errors"]]


def test_key_is_needed(send):
    assert send(GOOD, secret=None).status_code == 403
    assert send(GOOD, secret="invented.key").status_code == 403
    assert not Response.objects.exists()


def test_idempotency_key_is_needed(send):
    missing = send(GOOD, key=None)
    assert missing.status_code == 400
    assert missing.json()["errors"][0]["header"] == "Idempotency-Key"


def test_closed_survey_is_409(send, version):
    Survey.objects.filter(pk=version.survey_id).update(closes_at="2020-01-01T00:00Z")
    assert send(GOOD).status_code == 409


def test_not_json_is_a_problem_document(send):
    broken = Client().post(ADDRESS, "{", "application/json")
    assert broken.status_code in (400, 403)
    assert broken["Content-Type"] == "application/problem+json"


def test_listed_survey_and_its_definition(version, client):
    (listed,) = client.get("/api/v1/surveys/").json()
    assert listed["slug"] == "small"
    detail = client.get("/api/v1/surveys/small/").json()
    assert detail["sha256"] == version.sha256
    assert detail["definition"]["survey"] == "small"


def test_discreet_survey_is_not_listed(client):
    publish()
    assert client.get("/api/v1/surveys/").json() == []
    gone = client.get("/api/v1/surveys/small/")
    assert gone.status_code == 404
    assert gone["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("address", ["/api/v1/nope/", "/api/v2/", "/api/v1/surveys/small/nope/"])
def test_mistyped_address_is_a_problem_document(client, address):
    gone = client.get(address)
    assert gone.status_code == 404
    assert gone["Content-Type"] == "application/problem+json"


def test_index_names_the_parts(client):
    index = client.get("/api/v1/").json()
    assert {"surveys", "statements", "figures"} <= set(index)
    assert all(client.get(address).status_code == 200 for address in index.values())


def test_form_is_refused_and_nothing_is_lost_in_silence(version):
    _key, secret = APIKey.objects.create_key(name="test")
    headers = {"Idempotency-Key": "k", "Authorization": f"Api-Key {secret}"}
    sent = Client().post(ADDRESS, {"version": 1, "answers": "hi"}, headers=headers)
    assert sent.status_code == 415
    assert not Response.objects.exists()


def test_same_key_gets_the_same_answer_after_closing(send, version):
    first = send(GOOD)
    Survey.objects.filter(pk=version.survey_id).update(closes_at="2020-01-01T00:00Z")
    assert send(GOOD).json() == first.json()
    assert send(GOOD, key="k2").status_code == 409


@pytest.mark.parametrize(
    "body",
    [
        '{"version": 1, "answers": {"\\ud800": 1}}',
        '{"version": 1, "answers": {}, "\\ud800": 1}',
        '{"version": 1, "answers": {"words": "\\ud800"}}',
        '{"version": 1, "answers": ' + '{"a":' * 50_000 + "1" + "}" * 50_000 + "}",
        '{"version": 1e999, "answers": {}}',
        '{"version": 1, "answers": {"calls": 1e999, "area": NaN}}',
        "[]",
        "null",
        "",
    ],
)
def test_odd_json_is_a_problem_of_the_sender(version, body):
    _key, secret = APIKey.objects.create_key(name="test")
    headers = {"Idempotency-Key": "k", "Authorization": f"Api-Key {secret}"}
    sent = Client().post(ADDRESS, body, "application/json", headers=headers)
    assert sent.status_code == 400
    assert sent["Content-Type"] == "application/problem+json"
    assert not Response.objects.exists()


def test_pointer_escapes_what_a_name_may_hold(send):
    wrong = send({**GOOD, "answers": {"a/b~c": 1}})
    assert wrong.json()["errors"][0]["pointer"] == "#/answers/a~1b~0c"
    unknown = send({**GOOD, "a/b~c": 1})
    assert unknown.json()["errors"][0]["pointer"] == "#/a~1b~0c"


@pytest.mark.parametrize("key", ["\x00.x", "é.x", "no-dot", "."])
def test_impossible_key_is_refused(send, key):
    assert send(GOOD, secret=key).status_code == 403


def test_definition_of_a_survey_that_is_not_listed_needs_a_key(db):
    publish()
    _key, secret = APIKey.objects.create_key(name="test")
    for address in ("", "answers-schema/", "codebook/"):
        address = f"/api/v1/surveys/small/{address}"
        assert Client().get(address).status_code == 404
        headers = {"Authorization": f"Api-Key {secret}"}
        assert Client().get(address, headers=headers).status_code == 200
        headers = {"Authorization": "Api-Key invented.key"}
        assert Client().get(address, headers=headers).status_code == 404


def test_submission_takes_one_query(send, django_assert_num_queries):
    read._published_pk.cache_clear()  # of other tests, whose surveys have the same slug
    send(GOOD)
    with django_assert_num_queries(1):
        assert send(GOOD, key="k2").status_code == 201


def test_slug_that_another_survey_took_over_leads_to_that_one(send):
    assert send(GOOD).status_code == 201
    Survey.objects.filter(slug="small").update(slug="before")
    other = publish(changed(SMALL, {"code: north": "code: upper"}))
    assert send(GOOD | {"answers": {"area": "upper"}}, key="k2").status_code == 201
    assert send(GOOD | {"answers": {"area": "north"}}, key="k3").status_code == 400
    assert Response.objects.filter(version=other).count() == 1


def test_all_wrong_members_are_told_at_once(send):
    wrong = send({"version": "one", "language": 3, "answers": [], "more": 1}).json()
    assert [error["pointer"] for error in wrong["errors"]] == [
        "#/more",
        "#/version",
        "#/language",
        "#/answers",
    ]


def test_revoked_and_expired_keys_open_nothing_from_that_moment(send):
    assert send(GOOD).status_code == 201
    APIKey.objects.update(expiry_date=timezone.now() - timedelta(seconds=1))
    assert send(GOOD, key="k2").status_code == 403
    APIKey.objects.update(expiry_date=timezone.now() + timedelta(days=1))
    assert send(GOOD, key="k2").status_code == 201
    APIKey.objects.update(revoked=True)
    assert send(GOOD, key="k3").status_code == 403


def test_key_with_a_wrong_secret_is_refused(send):
    prefix = APIKey.objects.get().prefix
    assert send(GOOD, secret=f"{prefix}.invented").status_code == 403


def test_two_holders_may_use_the_same_idempotency_key(send):
    _key, other = APIKey.objects.create_key(name="other")
    assert send(GOOD).json() != send(GOOD, secret=other).json()
    assert Response.objects.count() == 2


def test_body_of_megabytes_is_413(send, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    long = send({**GOOD, "answers": {"words": "w" * 1000}})
    assert long.status_code == 413
    assert long["Content-Type"] == "application/problem+json"


def test_same_key_gets_the_same_answer_after_withdrawal(send, version):
    first = send(GOOD)
    withdraw_version(version, actor="publisher", reason="a slip")
    assert send(GOOD).json() == first.json()
    assert send(GOOD, key="k2").status_code == 404


def test_key_reused_for_a_draft_is_refused(send):
    send(GOOD)
    store_version(small_definition(**{"version: 1": "version: 2"}), actor="test")
    wrong = send({**GOOD, "version": 2})
    assert wrong.status_code == 400
    assert wrong.json()["errors"][0]["pointer"] == "#/version"

"""The schema of answers and the codebook of a listed survey, by the API."""

import json

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from rest_framework_api_key.models import APIKey

from tests.factories.surveys import SMALL, changed, publish

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/surveys/small/codebook/"


@pytest.fixture
def version():
    return publish(changed(SMALL, {"discreet: true": "discreet: false\nlisted: true"}))


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"area": "north", "overall": 1, "calls": 3, "when": "2022-11"}, 201),
        ({"area": "moon"}, 400),
        ({"calls": 21}, 400),
        ({"when": "2999-01"}, 400),
        ({"nothing": 1}, 400),
    ],
)
def test_schema_says_what_the_api_takes(version, answers, status):
    schema = Client().get("/api/v1/surveys/small/answers-schema/")
    assert schema["Content-Type"] == "application/schema+json"
    assert Draft202012Validator(schema.json()).is_valid(answers) is (status == 201)
    _key, secret = APIKey.objects.create_key(name="test")
    sent = Client().post(
        "/api/v1/surveys/small/responses/",
        json.dumps({"version": 1, "answers": answers}),
        "application/json",
        headers={"Idempotency-Key": "k", "Authorization": f"Api-Key {secret}"},
    )
    assert sent.status_code == status


@pytest.mark.parametrize(
    ("query", "accept", "content_type", "begins"),
    [
        ("", "*/*", "application/json", '{"language":"en","variables":[{"name":"area"'),
        ("?format=csv", "*/*", "text/csv; charset=utf-8", "row,name,number"),
        ("?format=html", "*/*", "text/html; charset=utf-8", "<!doctype html>"),
        ("?format=ddi", "*/*", "application/xml; charset=utf-8", "<?xml version"),
        # A browser asks for a page, and gets one.
        ("", "text/html,*/*;q=0.8", "text/html; charset=utf-8", "<!doctype html>"),
        ("", "text/csv", "text/csv; charset=utf-8", "row,name,number"),
    ],
)
def test_codebook_comes_as_it_is_asked_for(version, query, accept, content_type, begins):
    answer = Client().get(f"{ADDRESS}{query}", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer["Content-Type"] == content_type
    assert answer.content.decode().startswith(begins)


def test_page_has_nothing_that_the_policy_forbids(version):
    page = Client().get(f"{ADDRESS}?format=html").content.decode()
    assert "<style" not in page
    assert "style=" not in page
    assert "heard" in page


@pytest.mark.parametrize("query", ["?format=docx", "?language=fr"])
def test_what_is_not_there_is_a_400_that_says_what_is(version, query):
    answer = Client().get(f"{ADDRESS}{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert "there is" in answer.json()["detail"]


@pytest.mark.parametrize("part", ["answers-schema", "codebook"])
def test_survey_that_is_not_listed_is_not_there(part):
    publish()
    accept = {"Accept": "text/html,*/*;q=0.8"}
    answer = Client().get(f"/api/v1/surveys/small/{part}/", headers=accept)
    assert answer.status_code == 404
    assert answer.json()["title"] == "Not Found"


def test_codebook_and_schema_are_in_the_description_of_the_api(version):
    paths = Client().get("/api/v1/schema/?format=json").json()["paths"]
    assert "/api/v1/surveys/{slug}/answers-schema/" in paths
    assert "/api/v1/surveys/{slug}/codebook/" in paths

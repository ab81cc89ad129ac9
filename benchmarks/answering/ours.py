"""Our side: two published surveys, a key for the API, and the settings of production."""

import json
import os
import random
from datetime import date
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.core.management import call_command
from django.db import connection
from psycopg.conninfo import make_conninfo
from rest_framework_api_key.models import APIKey

from benchmarks.answering.questionnaire import DONE, definition
from surveys.definitions.loader import load_definition
from surveys.definitions.random_walk import random_answers
from surveys.models.versions import Version
from surveys.versions.publish import publish_version, store_version

# What every browser sends, and what a proxy that ends TLS adds.
BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.8",
    "X-Forwarded-Proto": "https",
}
BODIES = 50
TODAY = date(2022, 11, 30)
# A database of the broker for the hints to workers, of which none runs here; tests use 14 and 15.
UNUSED = "/13"


def published(slug: str, *, pages: int) -> Version:
    one = load_definition(definition(slug, pages=pages))
    draft = store_version(one, actor="benchmark")
    return publish_version(draft, one, actor="benchmark")


def environment() -> dict[str, str]:
    """Production's settings behind a proxy, on the database that the benchmark made."""
    call_command("collectstatic", interactive=False, verbosity=0)
    return {
        "DATABASE_URL": database_url(str(connection.settings_dict["NAME"])),
        "REDIS_URL": broker_url(),
        "ALLOWED_HOSTS": "127.0.0.1",
        "BEHIND_PROXY": "true",
        "ALLOW_HTTP": "false",
        "DEMONSTRATION": "false",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def database_url(name: str) -> str:
    return make_conninfo(os.environ["DATABASE_URL"], dbname=name)


def broker_url() -> str:
    return urlunsplit(urlsplit(os.environ["REDIS_URL"])._replace(path=UNUSED))


def person(version: Version) -> dict[str, Any]:
    """Somebody who answers the survey in a browser."""
    path = f"/s/{version.survey.code}/"
    return {"kind": "person", "path": path, "marker": DONE, "headers": BROWSER}


def client(version: Version) -> dict[str, Any]:
    """Another system with a key, which sends whole responses."""
    _, key = APIKey.objects.create_key(name="benchmark")
    sent = [{"version": version.number, "language": "en", "answers": a} for a in answers(version)]
    return {
        "kind": "client",
        "path": f"/api/v1/surveys/{version.survey.slug}/responses/",
        "bodies": [json.dumps(one) for one in sent],
        "headers": {"Authorization": f"Api-Key {key}", "X-Forwarded-Proto": "https"},
    }


def answers(version: Version) -> list[dict[str, Any]]:
    """What some people answered, as the API takes it."""
    one = load_definition(version.document)
    chance = random.Random(1)  # noqa: S311  # a fixed seed, not a secret
    return [random_answers(one, chance, today=TODAY) for _ in range(BODIES)]

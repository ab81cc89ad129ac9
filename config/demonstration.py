"""What `make demo` loads: the built-in surveys, published facts, invented answers, accounts."""

import io
import json
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from rest_framework_api_key.models import APIKey

from config.roles import ROLES
from measures.models.statements import Statement
from surveys.definitions.loader import load_definition
from surveys.fieldwork.synthetic_concerns import load_synthetic_concerns
from surveys.models.versions import Version
from surveys.responses.synthetic import load_synthetic
from surveys.tally.count import count_new
from surveys.tally.periods import months_later
from surveys.versions.publish import publish_version, store_version

ACTOR = "make demo"
SEED = 2022
CONTENT = settings.BASE_DIR / "surveys" / "content"
FACTS = settings.BASE_DIR / "measures" / "facts"
# Invented responses a month, from July 2018 (the baseline year) to October 2026.
FIRST_MONTH = date(2018, 7, 1)
MONTHS = 100
A_MONTH = {"domestic-abuse": 14, "hate-crime": 7, "rape": 4, "community-voice": 20}
# Its two invented concerns show the safeguarding lead what the queue looks like.
WITH_CONCERNS = "domestic-abuse"
# File, source, and the day on which its figures were published.
PUBLISHED = (
    ("kent-ons-p1.csv", "published-facts", None),
    ("kent-police-uk.csv", "published-facts", None),
    ("kent-force-return.csv", "force-return", "2023-03-15"),
)
STATEMENT = "2022-11"


@dataclass(frozen=True)
class Accounts:
    """Sign-in of one invented member of staff a role, and an API key."""

    passwords: dict[str, str]
    api_key: str


def load_demonstration(folder: Path) -> Accounts:
    """Loads what is not there yet and returns the accounts, which are kept in `folder`."""
    if not settings.DEMONSTRATION:
        raise RuntimeError("DEMONSTRATION is not true: invented answers never enter a real service")
    for slug, a_month in A_MONTH.items():
        version = _publish(CONTENT / slug / "1.yaml")
        months = [months_later(FIRST_MONTH, n) for n in range(MONTHS)]
        load_synthetic(version, months=months, a_month=a_month, seed=SEED)
        count_new(version)
        if slug == WITH_CONCERNS:
            load_synthetic_concerns(version.survey)
    for name, source, released in PUBLISHED:
        quietly("import_figures", FACTS / name, source=source, released=released)
    accounts = _accounts(folder / "demonstration.json")
    if not Statement.objects.exists():
        quietly("build_statement", period=STATEMENT)
        quietly("publish_statement", STATEMENT, approved_by="publisher")
    return accounts


def quietly(command: str, *arguments: object, **options: object) -> None:
    """Runs a command of ours without its report; its errors still show."""
    call_command(command, *arguments, stdout=io.StringIO(), **options)


def _publish(path: Path) -> Version:
    definition = load_definition(path.read_text(encoding="utf-8"))
    return publish_version(store_version(definition, actor=ACTOR), definition, actor=ACTOR)


def _accounts(path: Path) -> Accounts:
    """The accounts in the database; their secrets are made once and remembered in `path`."""
    known: dict[str, Any] = {"passwords": {}, "api_key": ""}
    if path.exists():
        known = json.loads(path.read_text())
    for role in ROLES:
        name = role.replace(" ", "-")
        if name not in known["passwords"] or not User.objects.filter(username=name).exists():
            known["passwords"][name] = secrets.token_urlsafe(9)
        user, _created = User.objects.get_or_create(username=name, defaults={"is_staff": True})
        if not user.check_password(known["passwords"][name]):
            user.set_password(known["passwords"][name])
            user.save(update_fields=["password"])
        user.groups.set([Group.objects.get(name=role)])
    if not known["api_key"] or not APIKey.objects.is_valid(known["api_key"]):
        APIKey.objects.filter(name="demonstration").delete()
        _key, known["api_key"] = APIKey.objects.create_key(name="demonstration")
    path.touch(mode=0o600)
    path.write_text(json.dumps(known))
    return Accounts(known["passwords"], known["api_key"])

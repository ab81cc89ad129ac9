"""What `make demo` loads: the built-in surveys, published facts, invented answers, accounts."""

import io
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from rest_framework_api_key.models import APIKey

from config.roles import ROLES
from measures.admin.targets import set_target
from measures.figures.invented_cases import invent_cases
from measures.figures.margins import add_population
from measures.models.results import ResultsRelease
from measures.models.statements import Statement
from measures.models.weighting import Population
from measures.publications.results import release_several
from surveys.definitions.loader import load_definition
from surveys.fieldwork.synthetic_concerns import load_synthetic_concerns
from surveys.models.versions import Survey, Version
from surveys.responses.invented_words import load_invented_words
from surveys.responses.likely import AGE, DISTRICT
from surveys.responses.synthetic import load_synthetic
from surveys.tally.count import count_new
from surveys.tally.periods import months_later, quarter_span
from surveys.versions.publish import publish_version, store_version

ACTOR = "make demo"
SEED = 2022
CONTENT = settings.BASE_DIR / "surveys" / "content"
FACTS = settings.BASE_DIR / "measures" / "facts"
# Invented responses a month, from July 2018 (the baseline year) to October 2026.
FIRST_MONTH = date(2018, 7, 1)
MONTHS = 100
A_MONTH = {"domestic-abuse": 30, "hate-crime": 12, "rape": 6, "community-voice": 30}
# What analysts hope for in a quarter.
TARGETS = {"domestic-abuse": 120, "community-voice": 150}
# Whom a survey speaks for. Of people who reported nobody publishes what we would need, so that of
# the victim surveys is invented; in a real office it is the list that the sample is drawn from.
RESIDENTS = (
    "Office for National Statistics, mid-2020 population estimates by ward, age and sex "
    "(SAPE23DT8a), residents aged 16 or over"
)
INVENTED_FRAME = "Invented for the demonstration: people who reported in a year"
FRAMES: dict[str, dict[str, float]] = {
    "domestic-abuse": {"female": 71, "male": 29},
    "hate-crime": {"female": 42, "male": 58},
}
PEOPLE_IN_A_FRAME = 24_000
# Its two invented concerns show the safeguarding lead what the queue looks like.
WITH_CONCERNS = "domestic-abuse"
# File, source, and the day on which its figures were published.
PUBLISHED = (
    ("kent-ons-p1.csv", "published-facts", None),
    ("kent-police-uk.csv", "published-facts", None),
    ("kent-force-return.csv", "force-return", "2023-03-15"),
)
STATEMENT = "2022-11"
STRATA = ("district", "sex", "age-band")
# What the statement tells of the surveys: its four quarters, and of some those before and the
# baseline's, since each release is attacked for a quarter of a minute. The quarter after them is
# left to whoever tries `release_results`.
RELEASED = {
    "domestic-abuse": ("2019-Q2", "2021-Q3", "2022-Q3"),
    "hate-crime": ("2022-Q3",),
    "rape": ("2021-Q3", "2022-Q3"),
    "community-voice": ("2022-Q3",),
}


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
        load_invented_words(version, months=settings.OWN_WORDS_MONTHS, seed=SEED)
        count_new(version)
        if slug == WITH_CONCERNS:
            load_synthetic_concerns(version.survey)
    _weights_and_targets()
    for name, source, released in PUBLISHED:
        quietly("import_figures", FACTS / name, source=source, released=released)
    for slug, quarters in RELEASED.items():
        _release(slug, quarters)
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


def _weights_and_targets() -> None:
    """Populations, targets and how the fieldwork ended, where there are none yet."""
    if Population.objects.exists():
        return
    files = (x for f in STRATA for x in (f, FACTS / f"kent-population-{f}.csv"))
    first = f"{FIRST_MONTH:%Y-%m}"
    quietly("import_margins", "community-voice", *files, source=RESIDENTS, month=first)
    for slug, sex in FRAMES.items():
        survey = Survey.objects.get(slug=slug)
        add_population(
            survey, _frame(sex), source=INVENTED_FRAME, holds_from=FIRST_MONTH, actor=ACTOR
        )
        last = months_later(FIRST_MONTH, MONTHS - 1)
        quarters = {quarter_span(months_later(last, -3 * n)) for n in range(1, 13)}
        invent_cases(survey, sorted(quarters), seed=SEED, actor=ACTOR)
    for slug, a_quarter in TARGETS.items():
        set_target(Survey.objects.get(slug=slug), a_quarter, actor=ACTOR)


def _frame(sex: dict[str, float]) -> dict[str, dict[str, float]]:
    """Margins of an invented list of people, as many by each field."""
    known: dict[str, Mapping[str, float]] = {"district": DISTRICT, "sex": sex, "age-band": AGE}
    return {
        field: {
            code: round(PEOPLE_IN_A_FRAME * share / sum(shares.values()), 1)
            for code, share in shares.items()
        }
        for field, shares in known.items()
    }


def _release(slug: str, quarters: tuple[str, ...]) -> None:
    """Releases the quarters that are not released yet."""
    released = ResultsRelease.objects.filter(survey__slug=slug).values_list("quarter", flat=True)
    if missing := [quarter for quarter in quarters if quarter not in released]:
        release_several(slug, missing, by=ACTOR)


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

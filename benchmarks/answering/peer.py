"""The peer: django-survey-and-report from its package, with the same 20 questions on one page.

It gets a virtual environment of its own under var/, since its licence (AGPL-3.0) is not ours, and a
database of its own on the same server.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg import sql

from benchmarks.answering.ours import BROWSER, database_url
from benchmarks.answering.questionnaire import QUESTIONS, Question
from benchmarks.answering.sites import HERE, LOGS, Site, served

LOCK = HERE / "requirements" / "peers.txt"
FOLDER = LOGS / "peer"
KINDS = {"radio": "radio", "select": "select", "multi": "select-multiple", "words": "text"}
SETTINGS = "benchmarks.answering.peer_settings"
# As its confirmation says it.
MARKER = "Your answers have been saved"
# It shows a survey from its first day to its last.
DAYS = {"publish_date": "2000-01-01", "expire_date": "2999-12-31"}


@contextmanager
def peer_site() -> Iterator[Site]:
    python = _installed()
    name = f"{connection.settings_dict['NAME']}_peer"
    environment = {
        "DATABASE_URL": database_url(name),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        # That a package for drawings which nobody asked for is not there.
        "PYTHONWARNINGS": "ignore::UserWarning",
    }
    _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _run("CREATE DATABASE {}", name)
    try:
        _manage(python, environment, "migrate", "--verbosity", "0")
        survey = FOLDER / "survey.json"
        survey.write_text(json.dumps(_survey()))
        _manage(python, environment, "loaddata", "--verbosity", "0", str(survey))
        with served(
            "bench-peer",
            "--factory",
            "django.core.wsgi:get_wsgi_application",
            environment=environment,
            table="survey_response",
            ready="/1/",
            python=python,
        ) as site:
            yield site
    finally:
        _run("DROP DATABASE {} WITH (FORCE)", name)


def person() -> dict[str, Any]:
    return {"kind": "person", "path": "/1/", "marker": MARKER, "headers": BROWSER}


def _installed() -> Path:
    """The Python of the peer's environment, made anew when its lock is another."""
    python, made_of = FOLDER / "bin" / "python", FOLDER / "made-of.txt"
    if not made_of.exists() or made_of.read_bytes() != LOCK.read_bytes():
        install = ["-m", "pip", "install", "--quiet", "--require-hashes", "--requirement"]
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(FOLDER)], check=True)
        if subprocess.run([str(python), *install, str(LOCK)]).returncode:
            sys.exit(f"{LOCK.name} could not be installed; SIDES=ours,bare,api does without")
        made_of.write_bytes(LOCK.read_bytes())
    return python


def _manage(python: Path, environment: dict[str, str], *words: str) -> None:
    command = [str(python), "-m", "django", *words]
    subprocess.run(command, check=True, cwd=HERE, env={**os.environ, **environment})


def _survey() -> list[dict[str, Any]]:
    """The questionnaire as Django's fixture of the peer's tables."""
    survey = {
        "name": "Your views",
        "description": "We would like to know how you were served.",
        "is_published": True,
        "need_logged_user": False,
        "editable_answers": False,
        "display_method": 0,
        **DAYS,
    }
    rows = [{"model": "survey.survey", "pk": 1, "fields": survey}]
    for n, question in enumerate(QUESTIONS):
        rows.append({"model": "survey.question", "pk": n + 1, "fields": _question(n, question)})
    return rows


def _question(n: int, question: Question) -> dict[str, Any]:
    return {
        "survey": 1,
        "order": n,
        "text": question.words,
        "required": False,
        "type": KINDS[question.kind],
        "choices": ", ".join(question.options) or None,
    }


def _run(statement: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))

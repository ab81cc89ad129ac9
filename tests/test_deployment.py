"""The files that deploy Heard agree with the settings that read the environment."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = YAML(typ="safe").load(ROOT / "docker-compose.yml")
SETTINGS = (ROOT / "config" / "settings.py").read_text()
NAMES = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', SETTINGS))
REQUIRED = {"SECRET_KEY", "ALLOWED_HOSTS", "ENCRYPTION_KEYS", "DATABASE_URL", "REDIS_URL"}
OURS = ("web", "worker", "beat", "migrate")


@pytest.mark.parametrize("name", OURS)
def test_service_gets_the_environment_that_the_settings_read(name):
    environment = set(COMPOSE["services"][name]["environment"])
    assert environment >= REQUIRED
    assert NAMES - environment == {"ALLOW_HTTP", "DEBUG", "DEMONSTRATION"}
    assert environment <= NAMES, "names that no setting reads"


def test_every_variable_is_one_that_compose_can_read():
    """Compose knows `$$`, `${NAME}` and `${NAME:-…}`, `${NAME:?…}` and few more: no `%%`."""
    text = (ROOT / "docker-compose.yml").read_text().replace("$$", "")
    for found in re.findall(r"\$.[^}]*}?", text):
        assert re.fullmatch(r"\$\{[A-Z_]+(:[-?][^}]*)?\}", found), found


def test_image_holds_what_the_code_reads():
    dockerfile = (ROOT / "Dockerfile").read_text()
    for folder in ("config", "surveys", "measures", "templates", "static"):
        assert f"COPY {folder} {folder}" in dockerfile
    assert "COPY docs/how-a-figure-is-made.md docs/" in dockerfile


def test_there_are_web_worker_beat_postgres_18_and_valkey_with_health_checks():
    services = COMPOSE["services"]
    assert set(services) == {"web", "worker", "beat", "migrate", "postgres", "valkey"}
    assert services["postgres"]["image"] == "postgres:18"
    assert services["valkey"]["image"].startswith("valkey/valkey:")
    for name in set(services) - {"migrate"}:
        assert services[name]["healthcheck"]["test"], name


def test_hosts_in_the_addresses_are_services():
    environment = COMPOSE["services"]["web"]["environment"]
    for name in ("DATABASE_URL", "REDIS_URL"):
        host = re.search(r"@([a-z]+)[:/]", environment[name]).group(1)
        assert host in COMPOSE["services"]


def test_valkey_never_evicts_in_silence():
    assert "--maxmemory-policy noeviction" in COMPOSE["services"]["valkey"]["command"][-1]


def test_no_port_is_open_to_the_world():
    for service in COMPOSE["services"].values():
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:")


def test_example_environment_has_each_secret_that_compose_asks_for():
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", (ROOT / "docker-compose.yml").read_text()))
    offered = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert asked <= offered


def test_commands_run_what_the_demonstration_runs():
    from config.management.commands.demo import commands

    local = {name: " ".join(command) for name, command in commands(8000).items()}
    for name in ("worker", "beat"):
        command = COMPOSE["services"][name]["command"]
        assert command[:3] == ["celery", "--app", "config"]
        assert "celery --app config" in local[name]
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "config.wsgi:application" in dockerfile
    assert "config.wsgi:application" in local["web"]


GOOD_KEY = "key1:" + "A" * 43 + "="


def run_settings(**environment):
    return subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_settings_without_an_environment_say_all_that_is_missing():
    result = run_settings()
    assert result.returncode != 0
    for name in REQUIRED:
        assert f"{name} is not set" in result.stderr


def test_settings_are_safe_by_default():
    values = dict.fromkeys(REQUIRED, "x") | {
        "DATABASE_URL": "postgresql://u:secret@h/n",
        "ENCRYPTION_KEYS": GOOD_KEY,
    }
    code = (
        "import config.settings as s; assert not s.DEBUG and not s.DEMONSTRATION and "
        "s.SESSION_COOKIE_SECURE and s.SECURE_SSL_REDIRECT and s.SECURE_HSTS_SECONDS and "
        "s.SESSION_COOKIE_NAME == '__Host-session'"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **values},
        check=True,
    )


@pytest.mark.parametrize("keys", ["x", "key1:short", f"{GOOD_KEY},key 2:{'A' * 43}="])
def test_malformed_keys_are_refused_at_the_start(keys):
    values = dict.fromkeys(REQUIRED, "x") | {"DATABASE_URL": "postgresql://u@h/n"}
    result = run_settings(**values | {"ENCRYPTION_KEYS": keys})
    assert result.returncode != 0
    assert "ENCRYPTION_KEYS can't be read" in result.stderr

    assert "AAAA" not in result.stderr


def test_two_keys_of_one_name_are_told():
    values = dict.fromkeys(REQUIRED, "x") | {"DATABASE_URL": "postgresql://u@h/n"}
    result = run_settings(**values | {"ENCRYPTION_KEYS": f"{GOOD_KEY},{GOOD_KEY}"})
    assert result.returncode != 0
    assert "ENCRYPTION_KEYS gives two keys the name" in result.stderr


def test_sweep_and_forgetting_are_planned_and_known():
    from config.celery import app

    app.loader.import_default_modules()
    planned = app.conf.beat_schedule
    assert {entry["task"] for entry in planned.values()} <= set(app.tasks)
    assert planned["count-new-responses"]["schedule"] <= 5


def test_settings_never_repeat_a_password():
    values = dict.fromkeys(REQUIRED, "x") | {"DATABASE_URL": "secret://not a uri secret"}
    result = run_settings(**values)
    assert "DATABASE_URL can't be read" in result.stderr
    assert "not a uri secret" not in result.stderr


def test_locks_hold_no_address():
    for path in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in path.read_text(), path.name
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert not [name for name, package in packages.items() if "resolved" in package]


def test_no_file_names_a_path_of_this_machine():
    files = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    for name in filter(None, files):
        path = ROOT / name
        if path.is_file() and path.suffix != ".png":
            assert str(ROOT) not in path.read_text(encoding="utf-8"), name

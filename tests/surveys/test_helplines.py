"""The list of who can help: shown only where checked, and looked at again in time."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from ruamel.yaml import YAML

from surveys.definitions.loader import load_definition
from surveys.versions.helplines import HELPLINES, all_helplines, helplines_due, helplines_for
from tests.surveys.definitions.test_loading import BUILT_IN

ENTRIES = YAML(typ="safe", pure=True).load(HELPLINES)


def test_only_checked_lines_are_shown():
    shown = {line.key for line in all_helplines("en")}
    assert shown == {key for key, entry in ENTRIES.items() if entry["checked"]}
    assert "emergency" in shown


def test_every_shown_line_has_a_number_and_a_date_for_its_next_review():
    for key, entry in ENTRIES.items():
        if entry["checked"]:
            assert re.fullmatch(r"[\d ]+", str(entry["number"])), key
            assert str(entry["review_by"]) > str(entry["reviewed"]), key


def test_line_that_nobody_describes_any_more_is_left_out():
    shown = helplines_for(("closed-long-ago", "emergency"), "en")
    assert [line.key for line in shown] == ["emergency"]


def test_line_for_texts_is_not_dialled():
    (shout,) = helplines_for(("shout",), "en")
    assert shout.href == "sms:85258"
    (emergency,) = helplines_for(("emergency",), "en")
    assert emergency.href == "tel:999"


def test_surveys_and_lines_name_each_other():
    for path in BUILT_IN:
        definition = load_definition(path.read_text(encoding="utf-8"))
        for key in definition.helplines:
            assert definition.survey in ENTRIES[key]["surveys"], (definition.survey, key)


def test_no_line_for_people_who_harm_others():
    assert "0808 802 4040" not in HELPLINES.read_text(encoding="utf-8")


def test_line_is_due_once_its_time_is_over():
    last = max(line.review_by for line in all_helplines("en"))
    assert helplines_due(min(line.reviewed for line in all_helplines("en"))) == []
    due = helplines_due(last + timedelta(days=1))
    assert len(due) == len(all_helplines("en"))
    assert [line.review_by for line in due] == sorted(line.review_by for line in due)


@pytest.mark.django_db
def test_desk_says_which_numbers_must_be_checked_again(admin_client):
    assert "must be checked again" not in admin_client.get("/admin/").content.decode()
    with time_machine.travel("2036-01-01T12:00Z"):
        admin_client.force_login(get_user_model().objects.get())
        assert "must be checked again" in admin_client.get("/admin/").content.decode()

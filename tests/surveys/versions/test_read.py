"""What the public site and the API list, and what of a version is remembered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.definitions.loader import load_definition
from surveys.models.versions import Survey, Version
from surveys.versions.publish import store_version, withdraw_version
from surveys.versions.read import (
    SEALED_FIELDS,
    current_version,
    definition_of,
    listed_versions,
    open_version,
    sealed,
)
from tests.factories.surveys import SMALL, changed, publish, small_definition

pytestmark = pytest.mark.django_db

LISTED = {"discreet: true": "discreet: false\nlisted: true"}


def test_current_version_of_each_listed_survey_in_one_query(django_assert_num_queries):
    publish(changed(SMALL, LISTED))
    second = publish(changed(SMALL, {**LISTED, "version: 1": "version: 2"}))
    third = publish(changed(SMALL, {**LISTED, "version: 1": "version: 3"}))
    other = publish(changed(SMALL, {**LISTED, "survey: small": "survey: another"}))
    publish(changed(SMALL, {"survey: small": "survey: discreet"}))
    withdraw_version(third, actor="publisher", reason="a slip")
    with django_assert_num_queries(1):
        assert [str(version) for version in listed_versions()] == [str(other), str(second)]


@pytest.mark.parametrize("opens", [None, -1, 1])
@pytest.mark.parametrize("closes", [None, -1, 1])
def test_open_version_is_the_current_one_of_an_open_survey(opens, closes):
    publish()
    second = publish(changed(SMALL, {"version: 1": "version: 2"}))
    store_version(definition_of_next(), actor="editor")
    survey, now = second.survey, timezone.now()
    days = {"opens_at": opens, "closes_at": closes}
    at = {name: now + timedelta(days=n) if n is not None else None for name, n in days.items()}
    Survey.objects.filter(pk=survey.pk).update(**at)
    expected = second if survey in Survey.objects.open_now() else None
    assert current_version(survey) == second
    assert open_version(survey.code) == expected
    withdraw_version(second, actor="publisher", reason="a slip")
    assert open_version(survey.code) == (current_version(survey) if expected else None)


def definition_of_next():
    return load_definition(changed(SMALL, {"version: 1": "version: 3"}))


def test_no_version_is_open_that_nobody_published():
    survey = store_version(load_definition(SMALL), actor="editor").survey
    assert open_version(survey.code) is None
    assert open_version("nowhere") is None


def test_what_is_sealed_is_read_once(django_assert_num_queries):
    version = publish()
    with django_assert_num_queries(1):
        known = [sealed(version.pk), sealed(version.pk)]
    assert known[0] is known[1]
    assert known[0].definition == definition_of(version)
    assert [version.cells[at] for at in known[0].cell_at.values()] == version.cells
    assert [version.groups[at] for at in known[0].group_at.values()] == version.groups


def test_draft_is_read_anew_since_it_may_change():
    draft = store_version(small_definition(), actor="test")
    with pytest.raises(Version.DoesNotExist):
        sealed(draft.pk)
    lean = Version.objects.defer(*SEALED_FIELDS)
    assert definition_of(lean.get()).minutes == 2
    store_version(small_definition(**{"minutes: 2": "minutes: 9"}), actor="test")
    assert definition_of(lean.get()).minutes == 9


def test_definition_needs_no_document_at_hand(django_assert_num_queries):
    version = publish()
    sealed(version.pk)
    lean = Version.objects.defer(*SEALED_FIELDS).get()
    with django_assert_num_queries(0):
        assert definition_of(lean) == definition_of(version)

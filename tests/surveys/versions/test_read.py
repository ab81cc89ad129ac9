"""What the public site and the API list."""

import pytest

from surveys.versions.publish import withdraw_version
from surveys.versions.read import listed_versions
from tests.factories.surveys import SMALL, changed, publish

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

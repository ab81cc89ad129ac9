"""What a submission meets first, in one query: its key, the survey, the version, an old receipt."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from surveys.api.keys import Key
from surveys.responses.submit import Guard, hashed

# The same as SurveyQuerySet.open_now, published_versions and is_known, which tests see to;
# written out in one since a query that is put together costs more than to be answered.
DOOR = """
SELECT EXISTS (
           SELECT FROM rest_framework_api_key_apikey
           WHERE prefix = %(prefix)s AND hashed_key = %(hashed_key)s AND NOT revoked
               AND (expiry_date IS NULL OR expiry_date >= %(now)s)
       ),
       version.id,
       version.published_at IS NOT NULL AND withdrawal.id IS NULL,
       (survey.opens_at IS NULL OR survey.opens_at <= %(now)s)
           AND (survey.closes_at IS NULL OR survey.closes_at > %(now)s),
       version.published_at IS NOT NULL
           AND EXISTS (SELECT FROM surveys_receipt WHERE nonce_hash = %(nonce_hash)s)
FROM (SELECT) AS one
LEFT JOIN surveys_survey AS survey ON survey.slug = %(slug)s
LEFT JOIN surveys_version AS version
    ON version.survey_id = survey.id AND version.number = %(number)s
LEFT JOIN surveys_withdrawal AS withdrawal ON withdrawal.version_id = version.id
"""
LARGEST_NUMBER = 32_767
# What DOOR asks, as one condition: whoever finds it true need not be asked at the door first.
OPEN_DOOR = """
EXISTS (
    SELECT FROM rest_framework_api_key_apikey
    WHERE prefix = %(prefix)s AND hashed_key = %(hashed_key)s AND NOT revoked
        AND (expiry_date IS NULL OR expiry_date >= %(now)s)
) AND EXISTS (
    SELECT FROM surveys_survey AS survey
    JOIN surveys_version AS version ON version.survey_id = survey.id
    WHERE version.id = %(version_id)s AND survey.slug = %(slug)s
        AND version.published_at IS NOT NULL
        AND (survey.opens_at IS NULL OR survey.opens_at <= %(now)s)
        AND (survey.closes_at IS NULL OR survey.closes_at > %(now)s)
        AND NOT EXISTS (SELECT FROM surveys_withdrawal WHERE version_id = version.id)
)
"""


@dataclass(frozen=True)
class Door:
    """How things stand at this moment.

    `version_pk` is None where no version of that survey has that number, and `is_published` false
    of one that was withdrawn. Who `was_stored` before gets the same answer again, whatever became
    of the survey since.
    """

    is_known_key: bool
    version_pk: int | None
    is_published: bool
    is_in_time: bool
    was_stored: bool


def door(key: Key, slug: str, number: int, *, nonce: str) -> Door:
    """How things stand for who brings that key to that version of a survey."""
    values: dict[str, Any] = {
        "prefix": key.prefix,
        "hashed_key": key.hashed,
        "slug": slug,
        # No version has a larger one, and PostgreSQL need not be asked about any size.
        "number": min(number, LARGEST_NUMBER + 1),
        "nonce_hash": hashed(nonce),
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(DOOR, values)
        is_known_key, version_pk, is_published, is_in_time, was_stored = cursor.fetchone()
    return Door(is_known_key, version_pk, bool(is_published), is_in_time, bool(was_stored))


def open_door(key: Key, slug: str, version_pk: int) -> Guard:
    """That the key is known and the survey takes answers to that version, as a guard."""
    values = {
        "prefix": key.prefix,
        "hashed_key": key.hashed,
        "slug": slug,
        "version_id": version_pk,
        "now": timezone.now(),
    }
    return Guard(OPEN_DOOR, values)

"""The front page of the desk: the ways on from it, for who may go them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.models import User as Account
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

User = Account | AnonymousUser
Words = str | Promise


@dataclass(frozen=True)
class Way:
    """A page of the desk: the name of its address, and the permissions of which one opens it."""

    label: Words
    about: Words
    address: str
    permissions: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """One kind of work, with the ways that belong to it."""

    title: Words
    ways: tuple[Way, ...]


RESULTS = "surveys.view_tally"
SECTIONS = (
    Section(
        _("Surveys"),
        (
            Way(
                _("All surveys"),
                _("Questionnaires with their versions, when they open and close."),
                "admin:surveys_survey_changelist",
                ("surveys.view_survey",),
            ),
            Way(
                _("Responses"),
                _("What came today, quotas, and what waits to be counted."),
                "results-responses",
                (RESULTS,),
            ),
            Way(
                _("What people wrote"),
                _("Own words, one question at a time, on record."),
                "admin:surveys_ownwords_changelist",
                ("surveys.view_ownwords",),
            ),
            Way(
                _("Records as files"),
                _("Asked for by one, approved by another, fetched once."),
                "admin:surveys_export_changelist",
                ("surveys.add_export", "surveys.view_export"),
            ),
            Way(
                _("Concerns for somebody’s safety"),
                _("The safeguarding lead’s queue."),
                "admin:surveys_concern_changelist",
                ("surveys.view_concern",),
            ),
        ),
    ),
    Section(
        _("Results"),
        (
            Way(
                _("Explore"),
                _("Pick a question, a breakdown and a period; see chart and table."),
                "results",
                (RESULTS,),
            ),
            Way(
                _("Saved views"),
                _("Pages of results that you kept under a name."),
                "results-views",
                ("measures.view_savedview",),
            ),
            Way(
                _("Populations"),
                _("Whom the answers stand for, and since when."),
                "results-populations",
                (RESULTS,),
            ),
            Way(
                _("Weighting"),
                _("What the weights do, and how well they fit."),
                "results-weighting",
                (RESULTS,),
            ),
            Way(
                _("Fieldwork"),
                _("How many of those asked answered, by mode."),
                "results-fieldwork",
                (RESULTS,),
            ),
            Way(
                _("What a sample tells"),
                _("The smallest change that so many answers would show."),
                "results-power",
                (RESULTS,),
            ),
        ),
    ),
    Section(
        _("Publish"),
        (
            Way(
                _("Releases of results"),
                _("The tables that the public may see, frozen for good."),
                "results-releases",
                ("measures.view_resultsrelease", RESULTS),
            ),
            Way(
                _("Statements"),
                _("What was built for a period, and what was published."),
                "admin:measures_statement_changelist",
                ("measures.view_statement",),
            ),
            Way(
                _("Crime figures"),
                _("Files that were imported, and what they said."),
                "admin:measures_release_changelist",
                ("measures.view_release",),
            ),
        ),
    ),
    Section(
        _("People and records"),
        (
            Way(
                _("Accounts"),
                _("Who may sign in, and in which role."),
                "admin:auth_user_changelist",
                ("auth.view_user",),
            ),
            Way(
                _("API keys"),
                _("Programs that may send answers."),
                "admin:rest_framework_api_key_apikey_changelist",
                ("rest_framework_api_key.view_apikey",),
            ),
            Way(
                _("Audit trail"),
                _("Who did and saw what; nothing in it can be changed."),
                "admin:surveys_auditentry_changelist",
                ("surveys.view_auditentry",),
            ),
            Way(
                _("Count again"),
                _("All totals from the responses, aside from those in use."),
                "admin:surveys_recounting_changelist",
                ("surveys.change_tally",),
            ),
            Way(
                _("Visits to the public site"),
                _("Of those who agreed to be counted, by month."),
                "admin:house_visitmonth_changelist",
                ("house.view_visitmonth",),
            ),
        ),
    ),
)


def sections_for(user: User) -> Iterator[dict[str, Any]]:
    """The sections with the ways that this member of staff may go; without any, none."""
    for section in SECTIONS:
        ways = [
            {"label": way.label, "about": way.about, "address": reverse(way.address)}
            for way in section.ways
            if any(user.has_perm(permission) for permission in way.permissions)
        ]
        if ways:
            yield {"title": section.title, "ways": ways}

"""What waits for the member of staff who signed in: work that nobody but a person can do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.models.results import ReleaseRequest
from measures.models.statements import Statement
from surveys.admin.desk import in_words
from surveys.models.exports import Export
from surveys.models.responses import Response
from surveys.models.versions import Survey, Version
from surveys.tally.arrivals import waiting_to_be_counted
from surveys.tally.periods import parse_span


@dataclass(frozen=True)
class Wait:
    """One line: what waits, where it is done, and whether it waits for too long."""

    words: str
    address: str
    is_late: bool = False


def waiting_for(user: User) -> list[Wait]:
    """What this person may do now, what is late first."""
    found = [
        wait
        for permission, waits in WAITS.items()
        if user.has_perm(permission)
        for wait in waits(user)
    ]
    return sorted(found, key=lambda wait: not wait.is_late)


def _to_count(user: User) -> Iterator[Wait]:
    versions = Version.objects.filter(published_at__isnull=False).only("pk")
    waiting = waiting_to_be_counted(list(versions))
    if waiting.is_late:
        words = ngettext(
            "%(n)s response has waited for more than an hour to be counted",
            "%(n)s responses wait to be counted, some for more than an hour",
            waiting.n,
        )
        yield Wait(words % {"n": f"{waiting.n:,}"}, reverse("results-responses"), is_late=True)


def _to_judge(user: User) -> Iterator[Wait]:
    aside = Response.objects.filter(standing=Response.Standing.SET_ASIDE)
    for survey in Survey.objects.filter(versions__responses__in=aside).distinct():
        n = aside.filter(version__survey=survey).count()
        words = ngettext(
            "%(n)s response to %(survey)s looked like a machine’s: decide on it",
            "%(n)s responses to %(survey)s looked like a machine’s: decide on them",
            n,
        )
        told = {"n": f"{n:,}", "survey": in_words(survey.slug)}
        yield Wait(words % told, reverse("admin:survey-set-aside", args=[survey.pk]))


def _to_approve(user: User) -> Iterator[Wait]:
    """Versions that somebody else edited and checked, and those that are approved."""
    for version in _drafts().filter(checked_at__isnull=False):
        if version.state == "approved":
            words = _("%(version)s is approved: publish it")
        elif user.get_username() not in {*version.editors, version.created_by}:
            words = _("%(version)s is checked: read it and approve it")
        else:
            continue
        yield Wait(words % {"version": _named(version)}, _page(version))


def _to_check(user: User) -> Iterator[Wait]:
    for version in _drafts().filter(checked_at__isnull=True):
        words = _("%(version)s is a draft: put it right and mark it as checked")
        yield Wait(words % {"version": _named(version)}, _page(version))


def _to_sign(user: User) -> Iterator[Wait]:
    drafts = Statement.objects.filter(state=Statement.State.DRAFT).exclude(
        built_by=user.get_username()
    )
    for statement in drafts.only("period", "edition"):
        words = _("The statement for the year to %(month)s is a draft: read it")
        told = {"month": f"{statement.period:%B %Y}"}
        address = reverse("admin:measures_statement_change", args=[statement.pk])
        yield Wait(words % told, address)


def _to_release(user: User) -> Iterator[Wait]:
    asked = ReleaseRequest.objects.filter(state=ReleaseRequest.State.WAITING).exclude(
        asked_by=user.get_username()
    )
    for request in asked.select_related("survey"):
        words = _("Results of %(survey)s for %(quarter)s are to be released: decide on it")
        told = {
            "survey": in_words(request.survey.slug),
            "quarter": parse_span(request.quarter).label,
        }
        yield Wait(words % told, reverse("results-releases"))


def _to_allow(user: User) -> Iterator[Wait]:
    asked = Export.objects.filter(state=Export.State.WAITING).exclude(asked_by=user.get_username())
    if n := asked.count():
        words = ngettext(
            "%(n)s file of records was asked for: approve or refuse it",
            "%(n)s files of records were asked for: approve or refuse them",
            n,
        )
        yield Wait(words % {"n": n}, reverse("admin:surveys_export_changelist"))


def _to_fetch(user: User) -> Iterator[Wait]:
    ready = Export.objects.filter(state=Export.State.READY, asked_by=user.get_username())
    if n := ready.count():
        words = ngettext(
            "Your file of records is ready: fetch it",
            "%(n)s files of records that you asked for are ready: fetch them",
            n,
        )
        yield Wait(words % {"n": n}, reverse("admin:surveys_export_changelist"))


def _drafts() -> QuerySet[Version]:
    drafts = Version.objects.filter(published_at__isnull=True).select_related("survey")
    return drafts.defer("document", "cells", "groups")


def _named(version: Version) -> str:
    return _("%(survey)s, version %(number)s") % {
        "survey": in_words(version.survey.slug),
        "number": version.number,
    }


def _page(version: Version) -> str:
    return reverse("admin:surveys_version_change", args=[version.pk])


# By the permission that lets a person do something about it.
WAITS: dict[str, Callable[[User], Iterator[Wait]]] = {
    "surveys.view_tally": _to_count,
    "surveys.add_judgement": _to_judge,
    "surveys.approve_version": _to_approve,
    "surveys.add_version": _to_check,
    "measures.change_statement": _to_sign,
    "measures.add_resultsrelease": _to_release,
    "surveys.approve_export": _to_allow,
    "surveys.add_export": _to_fetch,
}

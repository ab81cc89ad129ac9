"""What all pages of the desk share: who is asking, what they may, and how a moment is written."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from surveys.models.versions import Survey, Version

SEE = "surveys.view_version"
EDIT = "surveys.add_version"
APPROVE = "surveys.approve_version"
PUBLISH = "surveys.publish_version"
SCHEDULE = "surveys.change_survey"
SEE_RESULTS = "surveys.view_tally"
JUDGE = "surveys.add_judgement"
NOTHING = "–"


def require(request: HttpRequest, *permissions: str) -> None:
    """Refuses with 403 whoever has none of the permissions."""
    if not may(request, *permissions):
        raise PermissionDenied


def may(request: HttpRequest, *permissions: str) -> bool:
    """Whether who is asking has one of the permissions."""
    return any(request.user.has_perm(permission) for permission in permissions)


def name_of(request: HttpRequest) -> str:
    """Who is asking, as the audit log writes it."""
    return str(request.user.get_username())


def page(
    request: HttpRequest, template: str, *, title: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the desk in the frame of the admin site."""
    whole = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"admin/surveys/{template}", whole, status=status)


def go(address: str) -> HttpResponseRedirect:
    """On to another page, which the browser asks for anew instead of sending the form there."""
    return HttpResponseRedirect(address, status=303)


def page_of(subject: Survey | Version) -> str:
    """The address of a survey's or a version's own page on the desk."""
    kind = "survey" if isinstance(subject, Survey) else "version"
    return reverse(f"admin:surveys_{kind}_change", args=[subject.pk])


def answered_at(request: HttpRequest, survey: Survey) -> str:
    """The whole address at which a survey is answered."""
    return request.build_absolute_uri(reverse("respond-start", args=[survey.code]))


def in_words(slug: str) -> str:
    """The name of a survey as a heading has it: `Domestic abuse`."""
    return slug.replace("-", " ").capitalize()


def version_in_words(version: Version) -> str:
    return f"{in_words(version.survey.slug)}, version {version.number}"


def moment(at: datetime | None) -> str:
    """ "5 March 2023, 9am", "5 March 2023, 2:30pm"; a dash where there is none."""
    if at is None:
        return NOTHING
    local = timezone.localtime(at)
    minutes = f":{local.minute:02}" if local.minute else ""
    half = "am" if local.hour < 12 else "pm"
    return f"{local.day} {local:%B %Y}, {local.hour % 12 or 12}{minutes}{half}"


def counted(n: int, one: str, many: str | None = None) -> str:
    """ "1 question", "2 questions", "no questions" """
    return f"{n:,} {one if n == 1 else many or f'{one}s'}" if n else f"no {many or f'{one}s'}"

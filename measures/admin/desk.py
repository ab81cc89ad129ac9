"""What the desk's pages of results share: their frame, their tabs, who may see them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SEE_RESULTS = "surveys.view_tally"


@dataclass(frozen=True)
class Room:
    """A tab: the name of its address, what it is called, and the permission to see it."""

    address: str
    label: Any
    permission: str = SEE_RESULTS


# In the order of the tabs. A page that is added to measures.admin.urls gets its line here.
ROOMS = (
    Room("results", pgettext_lazy("tab of the results pages", "Explore")),
    Room("results-responses", _("Responses")),
    Room("results-populations", _("Populations")),
    Room("results-fieldwork", _("Fieldwork")),
    Room("results-weighting", _("Weighting")),
    Room("results-power", _("What a sample tells")),
    Room("results-releases", _("Releases"), "measures.view_resultsrelease"),
    Room("results-views", _("Saved views"), "measures.view_savedview"),
)


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


def typed(given: QueryDict, name: str, *, most: int = 400) -> str:
    """What stands in a box or an address, cut to a length and without what no database holds."""
    return given.get(name, "").replace("\x00", "").strip()[:most]


def page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    room: str,
    survey: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page in the frame of the results pages: `admin/results/<template>` below the tabs.

    `room` is the tab it is under, by the name of its address. The other tabs open on the same
    survey, if the page is about one.
    """
    whole = {
        **admin.site.each_context(request),
        "title": title,
        "rooms": _rooms(request, room, survey=survey),
        "survey": survey,
        "survey_name": in_words(survey),
        **context,
    }
    return TemplateResponse(request, f"admin/results/{template}", whole, status=status)


def go(address: str) -> HttpResponseRedirect:
    """On to another page, which the browser asks for anew instead of sending the form there."""
    return HttpResponseRedirect(address, status=303)


def in_words(slug: str) -> str:
    """The name of a survey as a heading has it: `Domestic abuse`."""
    return slug.replace("-", " ").capitalize()


def _rooms(request: HttpRequest, room: str, *, survey: str) -> list[dict[str, Any]]:
    about = f"?{urlencode({'survey': survey})}" if survey else ""
    return [
        {
            "label": one.label,
            "address": reverse(one.address) + about,
            "is_current": one.address == room,
        }
        for one in ROOMS
        if may(request, one.permission)
    ]

"""Having all tallies counted anew, on the desk, and seeing how far it is."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from surveys.admin.desk import go, may, moment, name_of, page, require
from surveys.admin.progress import how_far, look_again
from surveys.admin.read_only import ReadOnlyAdmin
from surveys.admin.sending import send_soon
from surveys.models.recounts import Recounting
from surveys.tally.recounting import ask_recount

RECOUNT = "surveys.change_tally"
SHOWN = 50
State = Recounting.State
STANDS: dict[str, tuple[str, Any]] = {
    State.ASKED: ("plain", _("Being done")),
    State.DONE: ("live", _("Done")),
    State.FAILED: ("over", _("Failed")),
}


@admin.register(Recounting)
class RecountingAdmin(ReadOnlyAdmin):
    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, RECOUNT)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [path("", wrap(show_recounts), name="surveys_recounting_changelist")]


@require_http_methods(["GET", "HEAD", "POST"])
def show_recounts(request: HttpRequest) -> HttpResponse:
    """The button, how far the recount is, and those before; posting asks for one."""
    require(request, RECOUNT)
    if request.method == "POST":
        if ask_recount(actor=name_of(request)):
            send_soon("surveys.recount")
            messages.success(request, "A worker counts all responses anew.")
        else:
            messages.warning(request, "A recount is asked for already.")
        return go(reverse("admin:surveys_recounting_changelist"))
    found = list(Recounting.objects.all()[:SHOWN])
    going = next((one for one in found if one.state == State.ASKED), None)
    shown = page(
        request,
        "recounts.html",
        title="Count again",
        going=going,
        progress=how_far(going.done, going.total) if going else None,
        rows=[
            {
                "asked": moment(one.asked_at),
                "by": one.asked_by,
                "ended": moment(one.ended_at),
                "tone": STANDS[one.state][0],
                "state": STANDS[one.state][1],
                "message": one.message,
            }
            for one in found
        ],
    )
    return look_again(shown) if going else shown

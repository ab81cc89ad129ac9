"""Views of results kept under a name, opened again and let go."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.admin.desk import SEE_RESULTS, go, name_of, page, require, typed
from measures.admin.words import desk_moment
from measures.models.views import SavedView

SEE_VIEWS = "measures.view_savedview"
ADD_VIEW = "measures.add_savedview"
DELETE_VIEW = "measures.delete_savedview"
# Longer than either box may be, so that what is too long is refused and not cut.
MOST_TYPED = 1000


class CannotSaveError(ValueError):
    """The view can't be kept under that name; says why, to who asked."""


def save_view(name: str, address: str, *, by: str) -> SavedView:
    """Keeps a page of results under a name. Raises CannotSaveError in words."""
    name = " ".join(name.split())
    longest = SavedView._meta.get_field("name").max_length or 0
    if not name:
        raise CannotSaveError(_("Give the view a name, so that you find it again."))
    if len(name) > longest:
        raise CannotSaveError(_("Give the view a name of at most %(n)s letters.") % {"n": longest})
    if not _is_of_results(address):
        raise CannotSaveError(_("Only pages of results can be saved: open one and save it there."))
    try:
        with transaction.atomic():
            return SavedView.objects.create(name=name, address=address, saved_by=by)
    except IntegrityError as error:
        words = _("You have a view called “%(name)s” already: choose another name, or delete it.")
        raise CannotSaveError(words % {"name": name}) from error


@require_http_methods(["GET", "HEAD", "POST"])
def views(request: HttpRequest) -> HttpResponse:
    """All that were saved; what is sent here is saved too."""
    require(request, SEE_VIEWS)
    if request.method == "POST":
        return _save(request)
    return _list(request)


@require_safe
def open_view(request: HttpRequest, code: str) -> HttpResponse:
    """On to the page that was saved."""
    require(request, SEE_RESULTS)
    return go(get_object_or_404(SavedView, code=code).address)


@require_POST
def delete_view(request: HttpRequest, code: str) -> HttpResponse:
    """Lets go of a view of one's own."""
    require(request, DELETE_VIEW)
    view = get_object_or_404(SavedView, code=code, saved_by=name_of(request))
    view.delete()
    messages.success(request, _("“%(name)s” is deleted.") % {"name": view.name})
    return go(reverse("results-views"))


def _save(request: HttpRequest) -> HttpResponse:
    require(request, ADD_VIEW)
    name, address = (typed(request.POST, box, most=MOST_TYPED) for box in ("name", "address"))
    try:
        view = save_view(name, address, by=name_of(request))
    except CannotSaveError as error:
        return _list(request, status=400, problem=str(error), name=name, address=address)
    messages.success(request, _("Saved as “%(name)s”.") % {"name": view.name})
    return go(view.address)


def _list(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    own = name_of(request)
    saved = SavedView.objects.all()
    return page(
        request,
        "views.html",
        title=_("Saved views"),
        room="results-views",
        status=status,
        own=[_row(request, view) for view in saved if view.saved_by == own],
        others=[_row(request, view) for view in saved if view.saved_by != own],
        may_save_again=_is_of_results(context.get("address", "")),
        **context,
    )


def _row(request: HttpRequest, view: SavedView) -> dict[str, Any]:
    link = reverse("results-view", args=[view.code])
    return {
        "view": view,
        "link": request.build_absolute_uri(link),
        "saved": desk_moment(view.saved_at),
    }


def _is_of_results(address: str) -> bool:
    """Whether an address is a page of results on this site, and nothing that leads elsewhere."""
    longest = SavedView._meta.get_field("address").max_length or 0
    start = reverse("results")
    return address.startswith(f"{start}?") and len(address) <= longest and "\\" not in address

"""Records as a file, on the desk: asked for, decided upon by another, made, fetched once."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surveys.admin.desk import go, in_words, may, moment, name_of, page, require, version_in_words
from surveys.admin.progress import how_far, look_again
from surveys.admin.read_only import ReadOnlyAdmin
from surveys.admin.sending import send_soon
from surveys.models.audit import AuditEntry
from surveys.models.encryption import CannotOpenError
from surveys.models.exports import Export
from surveys.models.versions import Version
from surveys.responses.export import (
    MovedOnError,
    OwnRequestError,
    approve,
    ask,
    content_type,
    fetch,
    file_name,
    goes_at,
    refuse,
)
from surveys.responses.record_files import FORMS, CannotWriteError
from surveys.responses.records import records_of

ASK = "surveys.add_export"
SEE_ALL = "surveys.view_export"
DECIDE = "surveys.approve_export"
READ_WORDS = "surveys.view_ownwords"
A_PAGE = 50
State = Export.State
# How a file stands, and in which tone the desk says so.
STANDS: dict[str, tuple[str, Any]] = {
    State.WAITING: ("ready", _("Waits for approval")),
    State.REFUSED: ("over", _("Refused")),
    State.APPROVED: ("plain", _("Being made")),
    State.READY: ("live", _("Ready")),
    State.FETCHED: ("plain", _("Fetched")),
    State.EXPIRED: ("plain", _("Deleted, nobody fetched it")),
    State.FAILED: ("over", _("Failed")),
}
NOT_NOW = _("It can’t be fetched, or not any more. This is how it stands now.")
MOVED_ON = _("Somebody else was quicker, or its time is over. This is how it stands now.")


class AskForm(forms.Form):
    """What somebody asks for, and why."""

    version = forms.ModelChoiceField(
        Version.objects.filter(published_at__isnull=False).select_related("survey"),
        label=_("Survey and version"),
        empty_label=None,
    )
    form = forms.ChoiceField(
        label=_("As"),
        choices=[(key, form.name) for key, form in FORMS.items()],
        widget=forms.RadioSelect,
        initial="csv",
    )
    with_words = forms.BooleanField(
        label=_("With what people wrote in their own words"), required=False
    )
    reason = forms.CharField(
        label=_("What do you need the records for?"),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        error_messages={
            "required": _("Say what you need the records for."),
            "min_length": _("Say it in a sentence: somebody else has to agree."),
        },
    )

    def __init__(self, *args: Any, may_read_words: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].label_from_instance = version_in_words  # type: ignore[attr-defined]  # of a choice of models
        if not may_read_words:
            del self.fields["with_words"]


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, ASK, SEE_ALL)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(list_exports), name="surveys_export_changelist"),
            path("ask/", wrap(ask_for_records), name="export-ask"),
            path("<uuid:pk>/change/", wrap(show_export), name="surveys_export_change"),
            path("<uuid:pk>/decide/", wrap(decide), name="export-decide"),
            path("<uuid:pk>/fetch/", wrap(fetch_file), name="export-fetch"),
        ]


@require_safe
def list_exports(request: HttpRequest) -> HttpResponse:
    """Files of records, the newest first: one's own, or all for who may see all."""
    require(request, ASK, SEE_ALL)
    found = Paginator(_visible(request), A_PAGE).get_page(request.GET.get("page"))
    waiting = Export.objects.filter(state=State.WAITING).exclude(asked_by=name_of(request))
    return page(
        request,
        "exports.html",
        title="Records as files",
        rows=[_row(export) for export in found],
        found=found,
        sees_all=may(request, SEE_ALL),
        may_ask=may(request, ASK),
        waiting=waiting.count() if may(request, DECIDE) else 0,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_records(request: HttpRequest) -> HttpResponse:
    """The form; posting it leaves a request that waits for somebody else."""
    require(request, ASK)
    may_read = may(request, READ_WORDS)
    given = request.POST if request.method == "POST" else None
    initial = {"version": request.GET.get("version")}
    form = AskForm(given, initial=initial, may_read_words=may_read)
    if given is not None and form.is_valid():
        try:
            export = ask(
                form.cleaned_data["version"],
                form.cleaned_data["form"],
                actor=name_of(request),
                reason=form.cleaned_data["reason"],
                with_words=form.cleaned_data.get("with_words", False),
            )
        except CannotWriteError as error:
            form.add_error("form", str(error))
        else:
            messages.success(request, "Asked. Somebody else has to approve it.")
            return go(_address(export))
    return page(
        request,
        "export_ask.html",
        title="Ask for records",
        status=400 if form.errors else 200,
        form=form,
        has_versions=form.fields["version"].queryset.exists(),  # type: ignore[attr-defined]  # as above
    )


@require_safe
def show_export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One file: how it stands, what comes next, and what was done with it."""
    require(request, ASK, SEE_ALL)
    export = get_object_or_404(_visible(request), pk=pk)
    is_own = export.asked_by == name_of(request)
    records = records_of(export.version, with_words=export.with_words)
    is_going = export.state == State.APPROVED
    shown = page(
        request,
        "export.html",
        title=f"Records: {in_words(export.version.survey.slug)}",
        export=export,
        row=_row(export),
        survey=export.version.survey,
        version=export.version,
        columns=len(records.columns),
        words=[variable.question for variable in records.words],
        is_own=is_own,
        may_decide=may(request, DECIDE) and not is_own and export.state == State.WAITING,
        may_fetch=is_own and _may_fetch(request, export) and export.state == State.READY,
        progress=how_far(export.done, export.total) if is_going else None,
        goes=moment(goes_at(export)),
        history=[
            (moment(entry.at), entry.actor, entry.action)
            for entry in AuditEntry.objects.filter(
                subject=str(export.version), detail__file=str(export.pk)
            ).order_by("id")
        ],
    )
    return look_again(shown) if is_going else shown


@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approves or refuses what somebody else asked for."""
    require(request, DECIDE)
    export = get_object_or_404(_visible(request), pk=pk)
    # PostgreSQL takes no such sign in a text.
    what, why = request.POST.get("what"), request.POST.get("why", "").replace("\x00", "").strip()
    if what not in ("approve", "refuse"):
        raise Http404("expected approve or refuse")
    if what == "refuse" and not why:
        messages.error(request, "Say why you refuse it. Nothing was done.")
        return go(_address(export))
    try:
        if what == "approve":
            approve(pk, actor=name_of(request))
            send_soon("surveys.make_records")
            messages.success(request, "Approved. A worker makes the file now.")
        else:
            refuse(pk, actor=name_of(request), why=why[:1000])
            messages.success(request, "Refused. Who asked sees why.")
    except OwnRequestError:
        messages.error(request, "You asked for it yourself: somebody else has to decide.")
    except MovedOnError:
        messages.warning(request, MOVED_ON)
    return go(_address(export))


@require_POST
def fetch_file(request: HttpRequest, pk: UUID) -> HttpResponse | StreamingHttpResponse:
    """The file, once, for who asked for it."""
    require(request, ASK)
    export = get_object_or_404(Export, pk=pk, asked_by=name_of(request))
    if not _may_fetch(request, export):
        require(request, READ_WORDS)
    try:
        export, pieces = fetch(pk, actor=name_of(request))
    except MovedOnError:
        messages.warning(request, NOT_NOW)
        return go(_address(export))
    except CannotOpenError:
        messages.error(request, "The file is not as it was sealed and can’t be opened. Ask anew.")
        return go(_address(export))
    disposition = content_disposition_header(as_attachment=True, filename=file_name(export))
    return StreamingHttpResponse(
        pieces,
        content_type=content_type(export),
        headers={
            "Content-Disposition": str(disposition),
            "Content-Length": str(export.size),
        },
    )


def _visible(request: HttpRequest) -> QuerySet[Export]:
    """The files that who is asking may know of."""
    known = Export.objects.select_related("version__survey")
    return known if may(request, SEE_ALL) else known.filter(asked_by=name_of(request))


def _may_fetch(request: HttpRequest, export: Export) -> bool:
    """Whether who asked may still read what is in it."""
    return not export.with_words or may(request, READ_WORDS)


def _row(export: Export) -> dict[str, Any]:
    tone, words = STANDS[export.state]
    return {
        "export": export,
        "address": _address(export),
        "what": version_in_words(export.version),
        "form": FORMS[export.format].name,
        "asked": moment(export.asked_at),
        "decided": moment(export.decided_at),
        "tone": tone,
        "state": words,
    }


def _address(export: Export) -> str:
    return reverse("admin:surveys_export_change", args=[export.pk])

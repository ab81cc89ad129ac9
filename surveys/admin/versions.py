"""Versions on the desk: the page of one, and the steps from draft to publication."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from surveys.admin import comparing, downloads, editor, preview
from surveys.admin.desk import (
    EDIT,
    SEE,
    answered_at,
    counted,
    go,
    may,
    moment,
    name_of,
    page,
    page_of,
    require,
    version_in_words,
)
from surveys.admin.read_only import ReadOnlyAdmin
from surveys.admin.reading import (
    problems_counted,
    problems_of,
    since_before,
    version_or_404,
    versions_of,
)
from surveys.admin.standing import (
    current_of,
    standing,
    state_in_words,
    tone_of,
    way_of,
    what_next,
)
from surveys.admin.steps import STEPS, Step, offer_of, why_not
from surveys.admin.uploads import carried_over
from surveys.definitions.editable_parts import Part, part_at, parts_of
from surveys.definitions.editable_texts import data_of
from surveys.definitions.places import Found
from surveys.definitions.schema import Definition
from surveys.definitions.whereabouts import in_words, message_in_words
from surveys.models.audit import AuditEntry
from surveys.models.versions import Version
from surveys.respond.language import own_name
from surveys.versions.publish import CannotPublishError
from surveys.versions.read import definition_of


@dataclass(frozen=True)
class Told:
    """A problem as the desk lists it, with where to put it right."""

    level: str
    place: str
    message: str
    edit_url: str


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "how_it_stands", "published", "published_by"]
    list_filter = ["survey"]
    list_select_related = ["survey", "withdrawal"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Version]:
        heavy = ("cells", "groups", "document")
        beside = Version.objects.select_related("withdrawal").defer(*heavy)
        found = super().get_queryset(request).defer(*heavy)
        return found.prefetch_related(Prefetch("survey__versions", beside))

    @admin.display(description="state")
    def how_it_stands(self, version: Version) -> str:
        return state_in_words(version, list(version.survey.versions.all()))

    @admin.display(description="published", ordering="published_at")
    def published(self, version: Version) -> str:
        return moment(version.published_at)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            # Before Django's own, which takes any text for a key.
            path("<int:pk>/change/", wrap(show_version), name="surveys_version_change"),
            path("<int:pk>/step/<slug:key>/", wrap(take_step), name="version-step"),
            path("<int:pk>/compare/", wrap(comparing.compare_versions), name="version-compare"),
            path("<int:pk>/preview/", wrap(preview.show), name="version-preview"),
            path("<int:pk>/preview/page/", preview.framed(wrap), name="version-preview-page"),
            path("<int:pk>/paths/", wrap(preview.list_paths), name="version-paths"),
            path("<int:pk>/edit/", wrap(editor.overview), name="version-edit"),
            path("<int:pk>/edit/<str:key>/", wrap(editor.edit), name="version-edit-part"),
            path("<int:pk>/download/<slug:what>/", wrap(downloads.send), name="version-download"),
            *super().get_urls(),
        ]


@require_safe
def show_version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: what it waits for, what is wrong, what is in it, who did what."""
    require(request, SEE)
    version = version_or_404(pk)
    versions = versions_of(version.survey)
    definition = definition_of(version)
    may_edit = may(request, EDIT)
    problems = _problems(version, definition, may_edit=may_edit)
    is_current = current_of(versions) == version
    return page(
        request,
        "version.html",
        title=version_in_words(version),
        version=version,
        survey=version.survey,
        tone=tone_of(version, versions),
        state=state_in_words(version, versions),
        next=what_next(version, versions),
        since=since_before(version),
        answer_url=answered_at(request, version.survey) if is_current else "",
        way=[_step(*step) for step in way_of(version)],
        offer=offer_of(request, version),
        problems=problems,
        counts=problems_counted(problem.level for problem in problems),
        carried=carried_over(version),
        facts=_facts(version, definition),
        has_others=len(versions) > 1,
        may_edit=may_edit,
        downloads=downloads.KINDS,
        languages=[(tag, own_name(tag)) for tag in definition.languages],
        history=[_act(entry) for entry in AuditEntry.objects.filter(subject=str(version))[:50]],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_step(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Says what a step will do and to how many; posting does it."""
    step = STEPS.get(key)
    if step is None:
        raise Http404
    require(request, *step.permissions)
    version = version_or_404(pk)
    refused = why_not(request, version, step)
    if request.method == "POST" and not refused:
        try:
            if request.POST.get("sha256") != version.sha256:
                raise CannotPublishError("It was changed since you opened it: look at it again.")
            step.act(version, name_of(request), request.POST.get("reason", ""))
        except CannotPublishError as error:
            refused = str(error)
        else:
            messages.success(request, _done(request, version, step))
            return go(page_of(version))
    return page(
        request,
        "step.html",
        title=f"{step.button}: {version_in_words(version)}",
        status=409 if request.method == "POST" else 200,
        version=version,
        survey=version.survey,
        step=step,
        says=step.says(version),
        button=step.pressed(version),
        refused=refused,
        reason=request.POST.get("reason", ""),
        since=since_before(version) if step.key in ("approve", "publish") else None,
    )


def _done(request: HttpRequest, version: Version, step: Step) -> str:
    """What was done; of a publication, where people answer it and from when."""
    told = f"Version {version.number} {step.done}."
    if step.key != "publish":
        return told
    found = standing(version.survey, versions_of(version.survey))
    at = "People answer it at" if found.tag == "Open" else f"{found.words} Its address is"
    return format_html(
        '{} {} <a href="{url}">{url}</a>', told, at, url=answered_at(request, version.survey)
    )


def _problems(version: Version, definition: Definition, *, may_edit: bool) -> list[Told]:
    """What is wrong with a version that is not published, in the order of the definition."""
    if version.published_at is not None:
        return []
    data, parts = data_of(definition), parts_of(definition)
    # Advice last: it stands in nobody's way.
    found = sorted(problems_of(version), key=lambda one: one.level == "advice")
    return [_told(version, one, data, parts if may_edit else ()) for one in found]


def _told(version: Version, found: Found, data: dict[str, Any], parts: tuple[Part, ...]) -> Told:
    part = part_at(parts, found.path)
    return Told(
        found.level,
        in_words(data, found.path),
        message_in_words(found.message, found.path),
        reverse("admin:version-edit-part", args=[version.pk, part.key]) if part else "",
    )


def _step(name: str, at: datetime | None, by: str) -> dict[str, Any]:
    return {"name": name, "done": at is not None, "at": moment(at), "by": by}


def _facts(version: Version, definition: Definition) -> list[tuple[str, str]]:
    fields = sum(not field.is_computed for field in definition.fields)
    return [
        ("Title", definition.title[definition.languages[0]]),
        ("Languages", ", ".join(definition.languages)),
        ("Pages", f"{len(definition.pages):,}"),
        ("Questions", f"{sum(bool(q.fields) for q in definition.questions):,}"),
        ("Fields", f"{fields:,} stored under a name of their own"),
        ("Counters", f"{len(version.cells):,} cells in {counted(len(version.groups), 'group')}"),
        ("Minutes announced", f"{definition.minutes}"),
        ("Policy", definition.policy),
        ("Design", definition.design.replace("-", " ")),
        ("Discreet", "yes" if definition.discreet else "no"),
        ("Edited by", ", ".join(version.editors) or version.created_by or "not known"),
        ("Brought by", "the desk" if version.source == "desk" else "a command on the server"),
        ("SHA-256", version.sha256),
    ]


def _act(entry: AuditEntry) -> dict[str, str]:
    """One line of what happened to a version."""
    detail = entry.detail
    about = detail.get("part") or detail.get("file") or detail.get("reason") or ""
    return {
        "at": moment(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "about": str(about).replace("-", " ") if "part" in detail else str(about),
    }

"""Surveys on the desk: the list, the page of one, its schedule and its results."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from surveys.admin import schedule, uploads
from surveys.admin.desk import (
    EDIT,
    SCHEDULE,
    SEE_RESULTS,
    in_words,
    may,
    moment,
    name_of,
    page,
    require,
)
from surveys.admin.read_only import ReadOnlyAdmin
from surveys.admin.results import results_of
from surveys.admin.standing import (
    current_of,
    open_draft_of,
    standing,
    state_in_words,
    survey_next,
    tone_of,
    what_next,
)
from surveys.models.audit import record
from surveys.models.versions import Survey, Version
from surveys.versions.read import definition_of


@admin.register(Survey)
class SurveyAdmin(ReadOnlyAdmin):
    change_list_template = "admin/surveys/list.html"
    list_display = ["called", "how_it_stands", "next_step", "on_the_public_site"]
    search_fields = ["slug"]
    list_display_links = ["called"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Survey]:
        versions = Version.objects.select_related("withdrawal").defer("cells", "groups")
        return super().get_queryset(request).prefetch_related(Prefetch("versions", versions))

    @admin.display(description="survey", ordering="slug")
    def called(self, survey: Survey) -> str:
        return in_words(survey.slug)

    @admin.display(description="state")
    def how_it_stands(self, survey: Survey) -> str:
        found = standing(survey, list(survey.versions.all()))
        return f"{found.tag}. {found.words}"

    @admin.display(description="what to do next")
    def next_step(self, survey: Survey) -> str:
        return survey_next(list(survey.versions.all()))

    @admin.display(description="on the public site", ordering="is_listed")
    def on_the_public_site(self, survey: Survey) -> str:
        return "listed" if survey.is_listed else "not listed"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, with a way to bring a new questionnaire for who may edit."""
        context = (extra_context or {}) | {"may_edit": may(request, EDIT), "title": "Surveys"}
        return super().changelist_view(request, context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One survey: how it stands, what to do next, and its versions."""
        require(request, "surveys.view_survey")
        survey = get_object_or_404(Survey, pk=object_id)
        versions = list(
            survey.versions.select_related("withdrawal", "survey").annotate(
                received=Count("responses")
            )
        )
        return page(
            request,
            "survey.html",
            title=in_words(survey.slug),
            survey=survey,
            standing=standing(survey, versions),
            opens=moment(survey.opens_at),
            closes=moment(survey.closes_at),
            answer_url=request.build_absolute_uri(reverse("respond-start", args=[survey.code])),
            versions=[_row(version, versions) for version in versions],
            draft=open_draft_of(versions),
            # Where a version runs and no draft waits, nothing is to be done.
            next="" if current_of(versions) else survey_next(versions),
            may_edit=may(request, EDIT),
            may_schedule=may(request, SCHEDULE),
            may_see_results=may(request, SEE_RESULTS),
        )

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        return [
            path("upload/", site.admin_view(uploads.upload_new), name="survey-upload-new"),
            path("<int:pk>/upload/", site.admin_view(uploads.upload), name="survey-upload"),
            path("<int:pk>/schedule/", site.admin_view(schedule.schedule), name="survey-schedule"),
            path("<int:pk>/results/", site.admin_view(show_results), name="survey-results"),
            *super().get_urls(),
        ]


def show_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Exact counts by question, for those who may see tallies; each look is recorded."""
    require(request, SEE_RESULTS)
    survey = get_object_or_404(Survey, pk=pk)
    versions = list(survey.versions.filter(published_at__isnull=False))
    version = _chosen(versions, request.GET.get("version", ""))
    context: dict[str, Any] = {"survey": survey, "versions": versions, "version": version}
    if version is not None:
        record(name_of(request), "view results", subject=str(version))
        context |= {"definition": definition_of(version), "results": results_of(version)}
    return page(request, "results.html", title=f"Results: {in_words(survey.slug)}", **context)


def _row(version: Version, versions: Sequence[Version]) -> dict[str, Any]:
    """A version in the table of its survey."""
    dates = {
        "withdrawn": ("withdrawn", version.withdrawal.at, version.withdrawal.by)
        if version.state == "withdrawn"
        else None,
        "published": ("published", version.published_at, version.published_by),
        "approved": ("approved", version.approved_at, version.approved_by),
        "checked": ("checked", version.checked_at, version.checked_by),
        "draft": ("stored", version.created_at, version.created_by),
    }
    done, at, by = dates[version.state] or ("", None, "")
    return {
        "version": version,
        "tone": tone_of(version, versions),
        "state": state_in_words(version, versions),
        "since": f"{done} {moment(at)}{f' by {by}' if by else ''}",
        "next": what_next(version, versions),
        "received": version.received,  # type: ignore[attr-defined]  # annotated by the caller
    }


def _chosen(versions: list[Version], number: str) -> Version | None:
    """The version asked for, or the newest."""
    return next((v for v in versions if str(v.number) == number), versions[0] if versions else None)

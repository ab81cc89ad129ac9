"""Surveys on the desk: the list, the page of one, its schedule and its results."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from surveys.admin import schedule, set_aside, uploads
from surveys.admin.desk import (
    EDIT,
    JUDGE,
    SCHEDULE,
    SEE_RESULTS,
    answered_at,
    in_words,
    may,
    moment,
    name_of,
    page,
    require,
)
from surveys.admin.read_only import ReadOnlyAdmin
from surveys.admin.reading import versions_of
from surveys.admin.results import results_of
from surveys.admin.standing import (
    current_of,
    open_draft_of,
    standing,
    state_in_words,
    survey_next,
    tone_of,
    way_of,
    what_next,
)
from surveys.models.audit import record
from surveys.models.responses import Response
from surveys.models.versions import Survey, Version
from surveys.tally.judging import set_aside_now
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

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        return [
            # Before Django's own, which takes any text for a key.
            path("<int:pk>/change/", site.admin_view(show_survey), name="surveys_survey_change"),
            path("upload/", site.admin_view(uploads.upload_new), name="survey-upload-new"),
            path("<int:pk>/upload/", site.admin_view(uploads.upload), name="survey-upload"),
            path("<int:pk>/schedule/", site.admin_view(schedule.schedule), name="survey-schedule"),
            path("<int:pk>/results/", site.admin_view(show_results), name="survey-results"),
            path(
                "<int:pk>/set-aside/",
                site.admin_view(set_aside.show_set_aside),
                name="survey-set-aside",
            ),
            path(
                "<int:pk>/set-aside/all/<slug:what>/",
                site.admin_view(set_aside.decide),
                name="survey-set-aside-decide",
            ),
            path(
                "<int:pk>/set-aside/<uuid:response_pk>/",
                site.admin_view(set_aside.show_one),
                name="survey-set-aside-one",
            ),
            *super().get_urls(),
        ]


@require_safe
def show_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey: how it stands, what to do next, and its versions."""
    require(request, "surveys.view_survey")
    survey = get_object_or_404(Survey, pk=pk)
    versions = versions_of(survey)
    may_see_results = may(request, SEE_RESULTS)
    received = _received(survey) if may_see_results else {}
    return page(
        request,
        "survey.html",
        title=in_words(survey.slug),
        survey=survey,
        standing=standing(survey, versions),
        opens=moment(survey.opens_at),
        closes=moment(survey.closes_at),
        answer_url=answered_at(request, survey),
        versions=[_row(version, versions, received) for version in versions],
        draft=open_draft_of(versions),
        # Where a version runs and no draft waits, nothing is to be done.
        next="" if current_of(versions) else survey_next(versions),
        may_edit=may(request, EDIT),
        may_schedule=may(request, SCHEDULE),
        may_see_results=may_see_results,
        may_judge=may(request, JUDGE),
        set_aside=set_aside_now(survey) if may(request, JUDGE) else 0,
    )


@require_safe
def show_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Exact counts by question, for those who may see tallies; each look is recorded."""
    require(request, SEE_RESULTS)
    survey = get_object_or_404(Survey, pk=pk)
    versions = list(survey.versions.filter(published_at__isnull=False))
    version = _chosen(versions, request.GET.get("version", ""))
    context: dict[str, Any] = {"survey": survey, "versions": versions, "version": version}
    context["may_judge"] = may(request, JUDGE)
    if version is not None:
        record(name_of(request), "view results", subject=str(version))
        context |= {"definition": definition_of(version), "results": results_of(version)}
    return page(request, "results.html", title=f"Results: {in_words(survey.slug)}", **context)


def _received(survey: Survey) -> dict[int, int]:
    """How many responses each version has that count, by its key."""
    counting = Response.objects.filter(standing=Response.Standing.COUNTS)
    found = counting.filter(version__survey=survey).values_list("version")
    return dict(found.annotate(Count("pk")))


def _row(
    version: Version, versions: Sequence[Version], received: Mapping[int, int]
) -> dict[str, Any]:
    """A version in the table of its survey."""
    _, at, by = [step for step in way_of(version) if step[1]][-1]
    return {
        "version": version,
        "tone": tone_of(version, versions),
        "state": state_in_words(version, versions),
        "since": f"{moment(at)}{f' by {by}' if by else ''}",
        "next": what_next(version, versions),
        "received": received.get(version.pk, 0),
    }


def _chosen(versions: list[Version], number: str) -> Version | None:
    """The version asked for, or the newest."""
    return next((v for v in versions if str(v.number) == number), versions[0] if versions else None)

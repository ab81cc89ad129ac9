"""Surveys and their versions on the desk, with the page of results."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from surveys.admin.read_only import ReadOnlyAdmin
from surveys.admin.results import results_of
from surveys.models.audit import record
from surveys.models.versions import Survey, Version
from surveys.versions.read import definition_of


@admin.register(Survey)
class SurveyAdmin(ReadOnlyAdmin):
    list_display = ["slug", "is_listed", "opens_at", "closes_at", "results", "answer_page"]

    @admin.display(description="results")
    def results(self, survey: Survey) -> SafeString:
        return format_html(
            '<a href="{}">Results</a>', reverse("admin:survey-results", args=[survey.pk])
        )

    @admin.display(description="answer page")
    def answer_page(self, survey: Survey) -> SafeString:
        return format_html('<a href="{}">Open</a>', reverse("respond-start", args=[survey.code]))

    def get_urls(self) -> list[URLPattern]:
        results = self.admin_site.admin_view(self.show_results)
        return [path("<int:pk>/results/", results, name="survey-results"), *super().get_urls()]

    def show_results(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Exact counts by question, for those who may see tallies; each look is recorded."""
        if not request.user.has_perm("surveys.view_tally"):
            raise PermissionDenied
        survey = get_object_or_404(Survey, pk=pk)
        versions = list(survey.versions.filter(published_at__isnull=False))
        version = _chosen(versions, request.GET.get("version", ""))
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": f"Results: {survey.slug.replace('-', ' ')}",
            "survey": survey,
            "versions": versions,
            "version": version,
        }
        if version is not None:
            record(_name(request), "view results", subject=str(version))
            context |= {"definition": definition_of(version), "results": results_of(version)}
        return TemplateResponse(request, "admin/surveys/results.html", context)


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    list_display = ["survey", "number", "published_at", "published_by", "sha256"]
    list_filter = ["survey"]
    list_select_related = ["survey"]


def _chosen(versions: list[Version], number: str) -> Version | None:
    """The version asked for, or the newest."""
    return next((v for v in versions if str(v.number) == number), versions[0] if versions else None)


def _name(request: HttpRequest) -> str:
    return str(getattr(request.user, get_user_model().USERNAME_FIELD))

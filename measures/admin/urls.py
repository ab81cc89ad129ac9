"""The addresses of the desk's pages of results, all behind the admin's sign-in."""

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpResponse
from django.urls import URLPattern, path

from measures.admin import (
    explorer,
    fieldwork,
    overview,
    populations,
    power,
    releases,
    saved_views,
    weighting_report,
)


def _page(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return path(route, admin.site.admin_view(view), name=name)


# A page with a tab of its own has a line in measures.admin.desk.ROOMS too.
urlpatterns = [
    _page("", explorer.explore, "results"),
    _page("responses/", overview.show_responses, "results-responses"),
    _page("populations/", populations.show_populations, "results-populations"),
    _page("fieldwork/", fieldwork.show_fieldwork, "results-fieldwork"),
    _page("weighting/", weighting_report.show_weighting, "results-weighting"),
    _page("power/", power.show_power, "results-power"),
    _page("releases/", releases.show_releases, "results-releases"),
    _page("releases/<int:pk>/", releases.show_release, "results-release"),
    _page("views/", saved_views.views, "results-views"),
    _page("views/<slug:code>/", saved_views.open_view, "results-view"),
    _page("views/<slug:code>/delete/", saved_views.delete_view, "results-view-delete"),
]

"""The addresses of the whole site."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from config import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("", include("surveys.urls")),
    path("", include("measures.urls")),
    path("help/", pages.help_page, name="help"),
    path("privacy/", pages.privacy, name="privacy"),
    path("cookies/", pages.cookies, name="cookies"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("api/v1/", include("surveys.api.urls")),
    path("api/v1/", include("measures.api.urls")),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/docs/", pages.api_docs, name="api-docs"),
    path("api/v1/", pages.ApiIndex.as_view(), name="api-index"),
    # Below the API a mistyped address gets a problem document too.
    re_path(r"^api/", pages.NoSuchAddress.as_view()),
    path("admin/", admin.site.urls),
    path("healthz", pages.healthz, name="healthz"),
    path("readyz", pages.readyz, name="readyz"),
]

"""The addresses of the whole site."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from config import cookies, pages

urlpatterns: list[URLPattern | URLResolver] = [
    # First what is asked for most.
    path("api/v1/", include("surveys.api.urls")),
    path("", include("surveys.urls")),
    path("api/v1/", include("measures.api.urls")),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/docs/", pages.api_docs, name="api-docs"),
    path("api/v1/", pages.ApiIndex.as_view(), name="api-index"),
    # Below the API a mistyped address gets a problem document too.
    re_path(r"^api/", pages.NoSuchAddress.as_view()),
    # English as it stands here, other languages below their tag: /cy/help/.
    *i18n_patterns(
        path("", pages.home, name="home"),
        path("help/", pages.help_page, name="help"),
        path("privacy/", pages.privacy, name="privacy"),
        path("cookies/", cookies.page, name="cookies"),
        path("accessibility/", pages.accessibility, name="accessibility"),
        prefix_default_language=False,
    ),
    path("cookies/visit/", cookies.visit, name="cookies-visit"),
    path("", include("measures.urls")),
    # Before the admin's own, which answers whatever it does not know.
    path("admin/results/", include("measures.admin.urls")),
    path("admin/", admin.site.urls),
    path("healthz", pages.healthz, name="healthz"),
    path("readyz", pages.readyz, name="readyz"),
]
handler404 = "surveys.respond.over.not_found"

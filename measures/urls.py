"""Addresses of the public pages: statements, their files, and measures."""

from django.urls import path, register_converter

from measures.publications.addresses import MonthConverter
from measures.web import measures, statements

register_converter(MonthConverter, "month")

urlpatterns = [
    path("statements/", statements.archive, name="statements"),
    path("statements/<month:month>/", statements.page, name="statement"),
    path("statements/<month:month>.json", statements.as_json, name="statement-json"),
    path("statements/<month:month>.csv", statements.as_csv, name="statement-csv"),
    path(
        "statements/<month:month>/editions/<int:edition>/",
        statements.page,
        name="statement-edition",
    ),
    path("measures/", measures.index, name="measures"),
    path("measures/how-a-figure-is-made/", measures.how, name="how-a-figure-is-made"),
    path("measures/<slug:slug>/", measures.page, name="measure"),
]

"""Addresses under /api/v1/ that the measures side answers."""

from django.urls import path

from measures.api.figures import AreaList, FigureList
from measures.api.measures import MeasureDetail, MeasureList, MeasureSeries
from measures.api.results import SurveyResults
from measures.api.statements import StatementDetail, StatementList

urlpatterns = [
    path("statements/", StatementList.as_view(), name="api-statements"),
    path("statements/<str:period>/", StatementDetail.as_view(), name="api-statement"),
    path("measures/", MeasureList.as_view(), name="api-measures"),
    path("measures/<slug:slug>/", MeasureDetail.as_view(), name="api-measure"),
    path("measures/<slug:slug>/series/", MeasureSeries.as_view(), name="api-measure-series"),
    path("surveys/<slug:slug>/results/", SurveyResults.as_view(), name="api-survey-results"),
    path("figures/", FigureList.as_view(), name="api-figures"),
    path("areas/", AreaList.as_view(), name="api-areas"),
]

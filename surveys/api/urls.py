"""Addresses under /api/v1/ that the surveys side answers."""

from django.urls import path

from surveys.api.surfaces import AnswersSchema, Codebook
from surveys.api.surveys import SurveyDetail, SurveyList, SurveyResponses

urlpatterns = [
    path("surveys/<slug:slug>/responses/", SurveyResponses.as_view(), name="api-responses"),
    path("surveys/", SurveyList.as_view(), name="api-surveys"),
    path("surveys/<slug:slug>/", SurveyDetail.as_view(), name="api-survey"),
    path("surveys/<slug:slug>/answers-schema/", AnswersSchema.as_view(), name="api-answers-schema"),
    path("surveys/<slug:slug>/codebook/", Codebook.as_view(), name="api-codebook"),
]

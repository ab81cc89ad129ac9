"""When a survey opens and closes."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from surveys.admin.desk import SCHEDULE, counted, go, in_words, name_of, page, page_of, require
from surveys.admin.reading import versions_of
from surveys.admin.standing import standing
from surveys.models.drafts import Draft
from surveys.models.versions import Survey
from surveys.responses.drafts import expired
from surveys.versions.schedule import schedule_survey


class ScheduleForm(forms.Form):
    """Two moments on the clock in London; either may be left empty."""

    opens_at = forms.DateTimeField(
        label="Opens",
        required=False,
        help_text="Empty: as soon as a version is published.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    closes_at = forms.DateTimeField(
        label="Closes",
        required=False,
        help_text="Empty: it stays open.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, and what a change means for who is answering now."""
    require(request, SCHEDULE)
    survey = get_object_or_404(Survey, pk=pk)
    form = ScheduleForm(
        request.POST or None,
        initial={"opens_at": survey.opens_at, "closes_at": survey.closes_at},
    )
    if request.method == "POST" and form.is_valid():
        try:
            survey = schedule_survey(survey, **form.cleaned_data, actor=name_of(request))
        except ValueError as error:
            form.add_error("closes_at", str(error))
        else:
            found = standing(survey, versions_of(survey))
            messages.success(request, f"Saved. {found.tag}: {found.words}")
            return go(page_of(survey))
    answering = (
        Draft.objects.filter(state=Draft.State.ANSWERING, version__survey=survey)
        .exclude(expired())
        .count()
    )
    return page(
        request,
        "schedule.html",
        title=f"Open and close: {in_words(survey.slug)}",
        status=400 if form.errors else 200,
        survey=survey,
        form=form,
        answering=counted(answering, "person", "people"),
    )

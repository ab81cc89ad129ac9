"""Which survey a page of the desk is about, and the way to the same page of another."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from measures.admin.asked import Survey as SurveyWithResults
from measures.admin.desk import in_words, typed
from surveys.models.versions import Survey


@dataclass(frozen=True)
class Link:
    """Words to follow; `is_current` where one is there already."""

    label: str
    address: str
    is_current: bool = False


def published_surveys() -> list[Survey]:
    """Those of which anything was ever published, by slug."""
    return list(Survey.objects.filter(versions__published_at__isnull=False).distinct())


def survey_asked_for(
    request: HttpRequest, *, usual: Callable[[Survey], object] = lambda survey: True
) -> Survey:
    """The survey that the address names, else the first that is as usual, else the first of all.

    Raises Http404 where the address names none that was published, or nothing ever was.
    """
    known, slug = published_surveys(), typed(request.GET, "survey")
    if slug:
        known = [one for one in known if one.slug == slug]
    chosen = next(filter(usual, known), next(iter(known), None))
    if chosen is None:
        called = f" called {slug}" if slug else ""
        raise Http404(f"no survey{called} was ever published")
    return chosen


def links_to_surveys(
    room: str, surveys: Iterable[Survey | SurveyWithResults], *, current: str
) -> list[Link]:
    """A page, by the name of its address, about each of the surveys; `current` is a slug."""
    start = reverse(room)
    return [
        Link(in_words(one.slug), f"{start}?{urlencode({'survey': one.slug})}", one.slug == current)
        for one in surveys
    ]

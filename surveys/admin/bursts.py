"""What was set aside, by how it stands, sign and month: in words, as an address, as rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from surveys.models.responses import Response
from surveys.models.versions import Survey
from surveys.tally.judging import Found, once_set_aside
from surveys.tally.release import is_released

SIGNS = {
    "honeypot": "A box was filled in that people can’t see",
    "flood": "More came from one address than people send",
    "fast": "Sent within seconds of the start",
}
STATES = {
    Found.WAITING: "Waiting for a decision",
    Found.LEFT_OUT: "Left out",
    Found.COUNTED: "Counted after all",
}


@dataclass(frozen=True)
class Burst:
    """Which of them a page is about: how they stand, and where given, their signs and month."""

    survey: Survey
    found: Found
    signs: tuple[str, ...] = ()
    month: date | None = None

    def responses(self) -> QuerySet[Response]:
        """The responses of it, and no others."""
        responses = once_set_aside(self.survey, self.found)
        if self.signs:
            responses = responses.filter(signs=list(self.signs))
        return responses.filter(period=self.month) if self.month else responses

    def told(self) -> dict[str, str]:
        """It, as an address and the audit trail have it; what it is not narrowed to is left out."""
        told = {"found": self.found.value}
        if self.signs:
            told["signs"] = ",".join(self.signs)
        if self.month:
            told["month"] = f"{self.month:%Y-%m}"
        return told

    def query(self, **more: str) -> str:
        return "?" + urlencode(self.told() | more)

    def in_words(self) -> str:
        """ "More came from one address than people send, November 2022" """
        parts = [signs_in_words(self.signs), f"{self.month:%B %Y}" if self.month else ""]
        return ", ".join(part for part in parts if part)


def burst_asked(request: HttpRequest, survey: Survey) -> Burst:
    """What the address names; 404 for what can't be."""
    signs = tuple(sign for sign in request.GET.get("signs", "").split(",") if sign)
    month = request.GET.get("month", "")
    try:
        found = Found(request.GET.get("found", Found.WAITING))
        return Burst(survey, found, signs, date.fromisoformat(f"{month}-01") if month else None)
    except ValueError as error:
        raise Http404(str(error)) from None


def signs_in_words(signs: tuple[str, ...] | list[str]) -> str:
    """ "A box was filled in that people can’t see" """
    return "; ".join(SIGNS.get(sign, sign) for sign in signs)


def states_of(burst: Burst) -> list[dict[str, Any]]:
    """How many stand how, each with its address."""
    return [
        {
            "words": words,
            "n": once_set_aside(burst.survey, found).count(),
            "address": Burst(burst.survey, found).query(),
            "is_current": found is burst.found,
        }
        for found, words in STATES.items()
    ]


def groups_of(burst: Burst) -> list[dict[str, Any]]:
    """By sign and month, newest first: how many, and how many different sets of answers."""
    of_each = burst.responses().values_list("signs", "period")
    counted = of_each.annotate(n=Count("pk"), sets=Count("answers", distinct=True))
    groups = []
    for signs, month, n, sets in counted.order_by("-period", "signs"):
        one = Burst(burst.survey, burst.found, tuple(signs), month)
        groups.append({"burst": one, "signs": signs_in_words(signs), "month": month, "n": n})
        groups[-1] |= {"sets": sets, "only": one.query(), "ways": ways_of(one)}
    return groups


def ways_of(burst: Burst) -> list[tuple[str, str]]:
    """What may be done with all of it at once, and where; only what changes something."""
    ways = []
    if burst.found is not Found.COUNTED:
        ways.append(("Count them", "count"))
    if burst.found is not Found.LEFT_OUT:
        ways.append(("Leave them out", "leave-out"))
    return [
        (words, reverse("admin:survey-set-aside-decide", args=[burst.survey.pk, what]) + query)
        for (words, what), query in ((way, burst.query()) for way in ways)
    ]


def is_published(burst: Burst) -> bool:
    """Whether results that hold one of its months were published."""
    months = burst.responses().values_list("period", flat=True).distinct()
    return any(is_released(burst.survey.pk, month) for month in months)

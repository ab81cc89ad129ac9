"""How far long work is, for the component `admin/surveys/progress.html`."""

from dataclasses import dataclass

from django.http import HttpResponse

SECONDS = 5


@dataclass(frozen=True)
class HowFar:
    """`percent` is whole; None before there is anything to tell."""

    done: int
    total: int
    percent: int | None


def look_again(response: HttpResponse) -> HttpResponse:
    """The page, which the browser asks for anew every few seconds; it needs no script for that."""
    response["Refresh"] = str(SECONDS)
    return response


def how_far(done: int, total: int) -> HowFar:
    """What the page shows of work that a worker is at or will soon begin."""
    percent = min(100 * done // total, 100) if total and done else None
    return HowFar(done, total, percent)

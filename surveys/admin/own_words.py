"""Reading what people wrote, for who may: one question at a time, and each page goes on record."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from surveys.admin.desk import SEE_RESULTS, counted, in_words, may, name_of, page, require
from surveys.admin.read_only import ReadOnlyAdmin
from surveys.admin.written import (
    MOST_SEARCHED,
    Asked,
    Picked,
    Written,
    groups_to_pick,
    months_with_words,
    questions_with_words,
    text_of,
    written,
)
from surveys.models.audit import record
from surveys.models.responses import OwnWords
from surveys.tally.periods import parse_span

READ = "surveys.view_ownwords"
A_PAGE = 25
LONGEST_SEARCH = 100


@admin.register(OwnWords)
class OwnWordsAdmin(ReadOnlyAdmin):
    def get_urls(self) -> list[URLPattern]:
        # One page and no other: nothing of a single response has an address.
        return [path("", self.admin_site.admin_view(read), name="surveys_ownwords_changelist")]


@require_safe
def read(request: HttpRequest) -> HttpResponse:
    """A page of what people wrote to a question; without a question, the choice of one."""
    require(request, READ)
    questions = questions_with_words()
    picked = _picked(request, questions)
    context: dict[str, Any] = {"questions": _by_survey(questions), "picked": picked}
    if picked is not None:
        context |= _shown(request, picked)
    return page(request, "own_words.html", title="What people wrote", **context)


def _shown(request: HttpRequest, picked: Picked) -> dict[str, Any]:
    found, is_cut = _page_of(request, picked)
    record(
        name_of(request),
        "read own words",
        subject=f"{picked.asked.survey.slug}: {picked.asked.name}",
        month=f"{picked.month:%Y-%m}" if picked.month else "",
        group=picked.group,
        # Whether, and not for what: it may be a name.
        searched=bool(picked.search),
        page=found.number,
        shown=len(found.object_list),
    )
    return {
        "found": found,
        "many": counted(found.paginator.count, "person wrote here", "people wrote here"),
        "is_cut": is_cut,
        "most_searched": MOST_SEARCHED,
        "months": [(f"{m:%Y-%m}", f"{m:%B %Y}", n) for m, n in months_with_words(picked.asked)],
        "month": f"{picked.month:%Y-%m}" if picked.month else "",
        "groups": groups_to_pick(picked.asked) if may(request, SEE_RESULTS) else [],
        "before": _address(picked, found.number - 1),
        "after": _address(picked, found.number + 1),
    }


def _page_of(request: HttpRequest, picked: Picked) -> tuple[Page[Written], bool]:
    """The page of people's words asked for, and whether a search left the oldest out."""
    number = request.GET.get("page")
    if picked.search:
        matching, is_cut = picked.matching()
        return Paginator(matching, A_PAGE).get_page(number), is_cut
    shown: Page[Any] = Paginator(picked.found(), A_PAGE).get_page(number)
    shown.object_list = [written(row, text_of(row)) for row in shown.object_list]
    return shown, False


def _picked(request: HttpRequest, questions: list[Asked]) -> Picked | None:
    """What was picked; what can't be picked is as if it had been left empty."""
    asked = next((one for one in questions if one.key == request.GET.get("question")), None)
    if asked is None:
        return None
    picked = Picked(asked, _month(request.GET.get("month", "")))
    search = " ".join(request.GET.get("search", "").replace("\x00", "").split())
    picked = replace(picked, search=search[:LONGEST_SEARCH])
    # A group is another answer of whoever wrote: for those who may see answers beside words.
    group = request.GET.get("group", "")
    known = {name for _, groups in groups_to_pick(asked) for name, _ in groups}
    return replace(picked, group=group) if group in known and may(request, SEE_RESULTS) else picked


def _month(text: str) -> date | None:
    try:
        return parse_span(text).first
    except ValueError:
        return None


def _by_survey(questions: list[Asked]) -> list[tuple[str, list[Asked]]]:
    slugs = dict.fromkeys(one.survey.slug for one in questions)
    return [(in_words(slug), [q for q in questions if q.survey.slug == slug]) for slug in slugs]


def _address(picked: Picked, number: int) -> str:
    given = {
        "question": picked.asked.key,
        "month": f"{picked.month:%Y-%m}" if picked.month else "",
        "group": picked.group,
        "search": picked.search,
        "page": str(number),
    }
    return f"?{urlencode({name: value for name, value in given.items() if value})}"

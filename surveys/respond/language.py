"""In which language a respondent's page is, and the way to another one on each of them.

The language of a visit stands in its draft, before and after that in the address of the page; never
in a cookie.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header

from surveys.questions.texts import ancestry, direction
from surveys.questions.words import SOURCE, spoken_in

# In forms, with a dot in front: a question may well be called `language`.
FIELD = ".language"
EASY_READ = {"en": "Easy Read", "cy": "Hawdd ei Ddeall"}


@dataclass(frozen=True)
class Choice:
    """A language to read in, by its own name, and the address of this page in it."""

    tag: str
    name: str
    direction: str
    address: str
    is_current: bool


def language_asked(request: HttpRequest, languages: Sequence[str], *, before: str = "") -> str:
    """The language chosen now, the one before, the first that the browser prefers, or the first."""
    chosen = language_chosen(request, languages)
    if chosen is None and before in languages:
        chosen = before
    return chosen or language_preferred(request, languages) or languages[0]


def language_chosen(request: HttpRequest, languages: Sequence[str]) -> str | None:
    """The one of these languages that was chosen by a button or a link, if any was."""
    sent = request.POST.get(FIELD) if request.method == "POST" else request.GET.get("language")
    return sent if sent in languages else None


def language_preferred(request: HttpRequest, languages: Sequence[str]) -> str | None:
    """The first that the preferences set in the browser lead to; `cy-GB` leads to `cy`."""
    known = {language.lower(): language for language in languages}
    for wanted, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        for tag in ancestry(wanted):
            if tag in known:
                return known[tag]
    return None


def render_in(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The answer with the page that `page_in` makes."""
    return HttpResponse(page_in(request, template, context), status=status)


def page_in(request: HttpRequest, template: str, context: Mapping[str, Any]) -> str:
    """The page in the `language` of the context, with a way to its other `languages`.

    The survey's texts are in that language, and our own words too where they are translated. The
    context's `here` is the address to read it at in another, if it is not the one asked for.
    """
    language = context["language"]
    tongue = spoken_in(language)
    speech = {
        "tag": language,
        "direction": direction(language),
        "around": "" if _same(tongue, language) else _attributes(tongue),
        "choices": _choices(request, language, context),
    }
    with override(locale_of(tongue)):
        return render_to_string(template, {**context, "speech": speech}, request)


def locale_of(language: str) -> str:
    """What Django calls the catalogue of a language: ours is British English."""
    return settings.LANGUAGE_CODE if language == SOURCE else language


def site_languages() -> list[str]:
    """The languages of the pages that belong to no survey."""
    return [language for language, _ in settings.LANGUAGES]


@cache
def own_name(language: str) -> str:
    """What a language calls itself: `Cymraeg`, or `Easy Read` for English in easy words."""
    base = language.removesuffix("-simple")
    if base != language:
        return EASY_READ.get(base) or f"{own_name(base)} ({EASY_READ['en']})"
    try:
        name = Locale.parse(language, sep="-").get_display_name()
    except (ValueError, UnknownLocaleError):
        name = None
    return f"{name[0].upper()}{name[1:]}" if name else language


def _choices(request: HttpRequest, current: str, context: Mapping[str, Any]) -> list[Choice]:
    """One for each language; none where there is nothing to choose."""
    languages = context["languages"]
    query = request.GET.copy()
    choices = []
    for language in languages if len(languages) > 1 else ():
        query["language"] = language
        choices.append(
            Choice(
                tag=language,
                name=own_name(language),
                direction=direction(language),
                # Relative: a page that must not tell what is at its address does not repeat it.
                address=f"{context.get('here', '')}?{query.urlencode()}",
                is_current=language == current,
            )
        )
    return choices


def _same(one: str, other: str) -> bool:
    return one.partition("-")[0] == other.partition("-")[0]


def _attributes(language: str) -> SafeString:
    return format_html(' lang="{}" dir="{}"', language, direction(language))

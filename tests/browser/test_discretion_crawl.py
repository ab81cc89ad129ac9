"""Every page of every survey in every language: what it asks for, keeps and says around itself.

The words that may not be said are those of surveys/content/words.txt, and bind discreet surveys;
everything else binds all of them.
"""

import re
from unittest import mock
from urllib.parse import unquote

import pytest
from django.conf import settings as configured
from django.core.management import call_command

from surveys.definitions.checks.public_words import telling_words
from surveys.models.versions import Survey
from tests.browser.conftest import PHONE
from tests.browser.states import Tour
from tests.factories.private import PRIVATE
from tests.factories.surveys import publish
from tests.surveys.definitions.test_loading import CONTENT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What a page has around its body, where a browser, a download or a bookmark shows it.
AROUND = """() => {
  const all = (selector, read) => [...document.querySelectorAll(selector)].map(read);
  return [
    document.title,
    ...all("meta", (one) => one.content),
    ...all("[src], link[href]", (one) => one.src || one.href),
    ...all("a[href]:not([href^=http])", (one) => one.getAttribute("href")),
    ...all("[download]", (one) => one.download),
    ...all("form", (one) => one.action),
    ...all("html, body", (one) => one.className),
  ];
}"""
STORED = """async () => [
  localStorage.length, sessionStorage.length, document.cookie,
  (await indexedDB.databases()).length, (await caches.keys()).length,
  (await navigator.serviceWorker.getRegistrations()).length,
]"""
STATIC = "/static/"


class Watch:
    """What a window asks for on the way and what it is answered."""

    def __init__(self, window) -> None:
        self.window = window
        self.site = window.site
        self.answers = []
        window.page.on("response", lambda answer: self.answers.append(answer))

    def faults(self, *, is_discreet):
        """What is wrong with all that was answered since the last time, in words."""
        answers, self.answers[:] = list(self.answers), []
        found = [fault for one in answers for fault in self._faults_of(one, is_discreet)]
        stored = self.window.page.evaluate(STORED)
        if stored != [0, 0, "", 0, 0, 0]:
            found.append(f"stored on the device: {stored}")
        if is_discreet:
            around = " ".join(filter(None, self.window.page.evaluate(AROUND)))
            found += [f"around the page: {word}" for word in telling_words(unquote(around))]
        return found + [f"foreign: {url}" for url in self.window.foreign] + self._cookies()

    def _faults_of(self, answer, is_discreet):
        address = answer.url.removeprefix(self.site)
        headers = answer.headers if address.startswith(STATIC) else answer.all_headers()
        faults = [] if address.startswith(STATIC) else faults_of_headers(headers)
        if is_discreet:
            said = unquote(address) + " " + " ".join(headers.values())
            faults += [f"{word} is said" for word in telling_words(said)]
        return [f"{answer.status} {address}: {fault}" for fault in faults]

    def _cookies(self):
        cookies = self.window.context.cookies()
        expected = (configured.VISIT_COOKIE_NAME, True, -1, "Lax", "/")
        found = [
            (one["name"], one["httpOnly"], one["expires"], one["sameSite"], one["path"])
            for one in cookies
        ]
        return [] if found in ([], [expected]) else [f"cookies: {found}"]


def faults_of_headers(headers):
    """What an answer lets a browser, or another site, keep or do that it must not."""
    headers = {name.lower(): value for name, value in headers.items()}
    policy = {part.strip() for part in headers.get("content-security-policy", "").split(";")}
    sources = " ".join(policy)
    checks = {
        "may be kept": "no-store" in headers.get("cache-control", ""),
        "no policy": {"default-src 'none'", "frame-ancestors 'none'"} <= policy,
        "unsafe policy": not any(sign in sources for sign in ("unsafe", "http", "*")),
        "referrer": headers.get("referrer-policy") in ("same-origin", "no-referrer"),
        "sniffing": headers.get("x-content-type-options") == "nosniff",
        "opener": headers.get("cross-origin-opener-policy") == "same-origin",
        "resource": headers.get("cross-origin-resource-policy") == "same-origin",
        "tag": "etag" not in headers and "last-modified" not in headers,
    }
    return [name for name, is_right in checks.items() if not is_right]


def load(slug):
    call_command("load_survey", CONTENT / slug / "1.yaml", publish=True, verbosity=0)
    return Survey.objects.get(slug=slug).versions.get()


@pytest.mark.parametrize(
    ("slug", "language"),
    [
        ("domestic-abuse", "en"),
        ("domestic-abuse", "cy"),
        ("domestic-abuse", "en-simple"),
        ("hate-crime", "en"),
        ("hate-crime", "cy"),
        ("rape", "en"),
        ("rape", "cy"),
        ("community-voice", "en"),
        ("community-voice", "cy"),
        ("community-voice", "en-simple"),
        ("private", "en"),
    ],
)
def test_no_page_or_answer_tells_or_keeps_anything(visit, live_server, slug, language):
    version = publish(PRIVATE) if slug == "private" else load(slug)
    window = visit(size=PHONE)
    watch = Watch(window)
    tour = Tour(window.page, live_server.url, version, language)
    found = []
    names = []
    for name in tour.everything():
        names.append(name)
        found += [f"{name}: {one}" for one in watch.faults(is_discreet=tour.definition.discreet)]
    assert not found, "\n".join(dict.fromkeys(found))
    # The tour went everywhere.
    assert {"first page", "check", "done", "receipt", "closed", "not available"} <= set(names)
    assert sum(re.fullmatch(r"page \d+", name) is not None for name in names) == len(
        tour.definition.pages
    )


def test_errors_and_redirects_tell_and_keep_nothing_either(visit, live_server):
    version = load("domestic-abuse")
    window = visit(size=PHONE)
    tour = Tour(window.page, live_server.url, version, "en")
    tour.begin()
    ask = window.context.request
    ask_quietly = {"max_redirects": 0, "fail_on_status_code": False}
    here = tour.at
    answers = {
        "without its slash": (301, ask.get(here[:-1], **ask_quietly)),
        "unknown survey": (404, ask.get(f"{live_server.url}/s/nobody/", **ask_quietly)),
        "unknown page": (404, ask.get(f"{here}nothing/", **ask_quietly)),
        "page not on the way": (303, ask.get(f"{here}999/", **ask_quietly)),
        "wrong method": (405, ask.delete(f"{here}1/", **ask_quietly)),
        "without a token": (410, ask.post(f"{here}1/", form={"a": "b"}, **ask_quietly)),
        "in another encoding": (
            400,
            ask.post(
                f"{here}1/",
                headers={"content-type": "application/x-www-form-urlencoded; charset=rot13"},
                data="a=b",
                **ask_quietly,
            ),
        ),
        "wrong nonce": (400, ask.post(f"{here}send/", form={"nonce": "x"}, **ask_quietly)),
        "done too soon": (410, ask.get(f"{here}done/", **ask_quietly)),
    }
    with mock.patch("surveys.respond.visit.walk", side_effect=ValueError("a fault of ours")):
        answers["fault of ours"] = (500, ask.get(f"{here}1/", **ask_quietly))
    answers["leaving"] = (303, ask.get(f"{live_server.url}/exit/", **ask_quietly))
    answers["after leaving"] = (410, ask.get(f"{here}1/", **ask_quietly))
    found = []
    for name, (status, answer) in answers.items():
        faults = faults_of_headers(answer.headers)
        faults += telling_words(" ".join(answer.headers.values()))
        head = answer.text().partition("</head>")[0]
        faults += telling_words(re.sub(r"<[!/]?[a-z]+", " ", head))
        if answer.status != status:
            faults.append(f"answered {answer.status} instead of {status}")
        found += [f"{name}: {fault}" for fault in faults]
    assert not found, "\n".join(found)
    assert '"cache", "storage"' in answers["leaving"][1].headers["clear-site-data"]

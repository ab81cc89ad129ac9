"""Random definitions that may be published: every kind, conditions, nets, languages, endings.

`definitions()` draws whole ones; `definition_data()` the plain data, before it is validated.
"""

from typing import Any

from hypothesis import strategies as st

from surveys.definitions.checks import problems_in
from surveys.definitions.schema import Definition
from surveys.questions.registry import KINDS
from tests.factories.questions import QUESTIONS, Asked, codes, text
from tests.factories.routes import condition, ending

LANGUAGES = (("en",), ("en", "cy"), ("en", "cy", "en-simple"), ("en", "ar"))
HELPLINES = ("emergency", "samaritans", "shout")
STAGES = ("ease-of-contact", "actions-taken", "treatment", "follow-up", "whole-experience")


def definitions(*, kinds: tuple[str, ...] | None = None) -> st.SearchStrategy[Definition]:
    """Definitions without any problem but advice; of some kinds only where they are named."""
    return definition_data(kinds=kinds).map(Definition.model_validate).filter(_is_publishable)


def _is_publishable(definition: Definition) -> bool:
    return all(found.level == "advice" for found in problems_in(definition))


@st.composite
def definition_data(draw: st.DrawFn, *, kinds: tuple[str, ...] | None = None) -> dict[str, Any]:
    """The data of a definition as YAML would give it."""
    languages = draw(st.sampled_from(LANGUAGES))
    lists = {name: draw(_options(languages)) for name in draw(_list_names())}
    known = [kind for kind in QUESTIONS if kind in KINDS and (kinds is None or kind in kinds)]
    pages, asked = draw(_pages(languages, lists, known))
    nets = draw(_nets(languages, lists, pages))
    return {
        "survey": draw(st.sampled_from(["rows", "our-streets", "s2"])),
        "version": draw(st.integers(1, 40)),
        "title": draw(text(languages)),
        "policy": draw(st.sampled_from(["sensitive", "open"])),
        "design": draw(st.sampled_from(["probability", "census", "self-selected"])),
        "discreet": draw(st.booleans()),
        "listed": draw(st.booleans()),
        "minutes": draw(st.integers(1, 30)),
        "languages": list(languages),
        "start": draw(text(languages)),
        "done": draw(text(languages)),
        "helplines": draw(st.lists(st.sampled_from(HELPLINES), unique=True, max_size=2)),
        "lists": lists,
        "nets": nets,
        "pages": pages,
        **draw(_indicator(pages, nets)),
        **draw(_breakdowns(asked)),
    }


def _list_names() -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(["opinion", "Yes_No", "l3"]), unique=True, max_size=2)


@st.composite
def _options(draw: st.DrawFn, languages: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{"code": code, "label": draw(text(languages))} for code in draw(codes())]


@st.composite
def _pages(
    draw: st.DrawFn, languages: tuple[str, ...], lists: dict[str, Any], kinds: list[str]
) -> tuple[list[dict[str, Any]], list[Asked]]:
    pages: list[dict[str, Any]] = []
    asked: list[Asked] = []
    number = 0
    for _ in range(draw(st.integers(1, 5))):
        here: list[Asked] = []
        questions = []
        for _ in range(draw(st.sampled_from([1, 1, 1, 2, 3]))):
            number += 1
            question = draw(_question(languages, lists, asked, kinds, number))
            questions.append(question)
            here += QUESTIONS[question["kind"]].asked(question, lists)
        page: dict[str, Any] = {"questions": questions}
        if draw(st.booleans()):
            page["title"] = draw(text(languages))
        if asked and draw(st.booleans()):
            page["show_if"] = draw(condition(asked))
        if draw(st.integers(0, 5)) == 0 and asked + here:
            page["end_if"] = [draw(ending(asked + here, languages))]
        pages.append(page)
        asked += here
    return pages, asked


@st.composite
def _question(
    draw: st.DrawFn,
    languages: tuple[str, ...],
    lists: dict[str, Any],
    asked: list[Asked],
    kinds: list[str],
    number: int,
) -> dict[str, Any]:
    usable = [kind for kind in kinds if asked or not QUESTIONS[kind].looks_back]
    kind = draw(st.sampled_from(usable))
    name = draw(st.sampled_from(["q{}", "how-often-{}", "Q_{}", "a{}_b-c"])).format(number)
    question: dict[str, Any] = {
        "name": name,
        "kind": kind,
        "ask": draw(text(languages, pipes=asked)),
        **draw(QUESTIONS[kind].own(name, languages, lists, asked)),
    }
    if draw(st.booleans()):
        question["hint"] = draw(text(languages, lines=True))
    if asked and draw(st.integers(0, 2)) == 0:
        question["show_if"] = draw(condition(asked))
    if draw(st.integers(0, 4)) == 0:
        question["stage"] = draw(st.sampled_from(STAGES))
    if _offers_a_way_out(question, lists):
        question["sensitive"] = draw(st.booleans())
        question["required"] = draw(st.booleans())
    return question


def _offers_a_way_out(question: dict[str, Any], lists: dict[str, Any]) -> bool:
    options = question.get("options") or lists.get(question.get("list", ""), [])
    ways = [*options, *question.get("missing", [])]
    return any(way.get("missing") == "prefer-not-to-say" for way in ways)


@st.composite
def _nets(
    draw: st.DrawFn, languages: tuple[str, ...], lists: dict[str, Any], pages: list[Any]
) -> dict[str, Any]:
    # A net over a question with several answers would count people twice, and is refused.
    several = {
        q.get("list") for q in _of(pages) if q["kind"] in ("choices", "priorities", "ranking")
    }
    nets: dict[str, Any] = {}
    for name in [name for name in lists if name not in several]:
        if draw(st.booleans()):
            found = [option["code"] for option in lists[name]]
            chosen = draw(st.lists(st.sampled_from(found), unique=True, min_size=1))
            nets[f"net-{name}"] = {"list": name, "codes": chosen, "label": draw(text(languages))}
    return nets


@st.composite
def _indicator(draw: st.DrawFn, pages: list[Any], nets: dict[str, Any]) -> dict[str, Any]:
    found = [
        {"question": question["name"], "net": name}
        for name, net in nets.items()
        for question in _of(pages)
        if question["kind"] in ("choice", "scale") and question.get("list") == net["list"]
    ]
    return {"indicator": draw(st.sampled_from(found))} if found and draw(st.booleans()) else {}


@st.composite
def _breakdowns(draw: st.DrawFn, asked: list[Asked]) -> dict[str, Any]:
    names = [one.name for one in asked if one.splits]
    several = st.lists(st.sampled_from([*names, "channel"]), unique=True, max_size=2)
    strata = st.lists(st.sampled_from(names), unique=True, max_size=2) if names else st.just([])
    why = st.dictionaries(st.sampled_from(names), st.just("One comma was added"), max_size=1)
    return {
        "breakdowns": draw(several),
        "strata": draw(strata),
        "continuity": draw(why) if names else {},
    }


def _of(pages: list[Any]) -> list[dict[str, Any]]:
    return [question for page in pages for question in page["questions"]]

"""How a survey changed around its questions: texts, languages, tables, and who leaves early."""

from collections.abc import Iterator

from surveys.definitions.changes.change import (
    Change,
    Kind,
    canonical_condition,
    shown,
    text_changes,
)
from surveys.definitions.schema import Definition, EndIf, Net, Page

# What is around the questions and changes no figure.
AROUND = ("title", "interruption", "start", "done")
SETTINGS = {
    "helplines": "who can help",
    "may_be_saved": "whether answers may be kept to go on later",
    "minutes": "how long it takes",
    "discreet": "whether it is discreet",
    "listed": "whether it is listed",
    "policy": "the rules by which tables are published",
}

SAFEGUARDING = {
    "anonymous": "who is told of a call for help",
    "contact": "whether somebody may ask to be contacted",
    "words": "the words that call for help",
    "calls": "what calls for help, or what is said then,",
}


def survey_changes(before: Definition, after: Definition) -> Iterator[Change]:
    """Changes of the survey as a whole, none of a single question."""
    language = before.languages[0]
    for key in AROUND:
        texts = getattr(before, key), getattr(after, key)
        yield from text_changes("", key, texts, language=language, reworded="cosmetic")
    for key, words in SETTINGS.items():
        was, now = getattr(before, key), getattr(after, key)
        if was != now:
            yield Change("cosmetic", "", f"{words} changed", _told(was), _told(now))
    yield from _safeguarding(before, after)
    yield from design_changes(before, after)
    yield from _languages(before, after)
    yield from _pages(before, after)
    yield from _endings(before, after)


def design_changes(before: Definition, after: Definition) -> Iterator[Change]:
    """Whether people come to answer in another way: then nothing joins."""
    if before.design != after.design:
        what = "people come to answer in another way"
        yield Change("breaking", "", what, before.design, after.design)


def table_changes(before: Definition, after: Definition) -> Iterator[Change]:
    """Changes of nets, the headline, breakdowns and strata."""
    for name in sorted({*before.nets, *after.nets}):
        yield from net_changes(name, before, after)
    if before.indicator != after.indicator:
        told = [
            f"{d.indicator.question}, {d.indicator.net}" if d.indicator else ""
            for d in (before, after)
        ]
        yield Change("breaking", "", "the headline is another share", *told)
    for key, words in (("breakdowns", "breakdown"), ("strata", "stratum")):
        was, now = getattr(before, key), getattr(after, key)
        for name in [name for name in now if name not in was]:
            yield Change("additive", "", f"the {words} {name} is new", "", name)
        for name in [name for name in was if name not in now]:
            yield Change("breaking", "", f"the {words} {name} is no longer counted", name)


def net_changes(name: str, before: Definition, after: Definition) -> Iterator[Change]:
    """How the codes that are reported together changed."""
    was, now = before.nets.get(name), after.nets.get(name)
    if was is None and now is not None:
        yield Change("additive", "", f"the net {name} is new", "", _net(now))
    elif was is not None and now is None:
        yield Change("breaking", "", f"the net {name} is no longer reported", _net(was))
    elif was is not None and now is not None:
        if was.list != now.list or set(was.codes) != set(now.codes):
            yield Change("breaking", "", f"the net {name} has other codes", _net(was), _net(now))
        yield from text_changes(
            "",
            f"net {name}",
            (was.label, now.label),
            language=before.languages[0],
            reworded="cosmetic",
        )


def leavers(definition: Definition, *, page: int) -> list[str]:
    """By which conditions people are not among those who answer a page, counted from 0."""
    return sorted(_ending(one, ending) for one, ending in endings_before(definition, page=page))


def endings_before(definition: Definition, *, page: int) -> list[tuple[Page, EndIf]]:
    """The endings by which people are not among those who answer a page, with their own pages.

    Who is screened out anywhere is not stored at all; who finishes early is not asked what
    follows, nor screened out by it.
    """
    all_endings = [(p, one, end) for p, one in enumerate(definition.pages) for end in one.end_if]
    last = max([page, *(p + 1 for p, _, end in all_endings if end.outcome != "finish")])
    return [(one, end) for p, one, end in all_endings if end.outcome != "finish" or p < last]


def _ending(page: Page, ending: EndIf) -> str:
    stored = "finish" if ending.outcome == "finish" else "leave"
    return f"{stored} {canonical_condition(page.show_if)} {canonical_condition(ending.when)}"


def _endings(before: Definition, after: Definition) -> Iterator[Change]:
    last = len(before.pages) + len(after.pages)
    if leavers(before, page=last) != leavers(after, page=last):
        told = [
            "; ".join(f"{e.outcome}: {shown(e.when)}" for page in d.pages for e in page.end_if)
            for d in (before, after)
        ]
        yield Change("breaking", "", "other people leave early", *told)
        return
    words = [[e.say for page in d.pages for e in page.end_if] for d in (before, after)]
    for texts in zip(*words, strict=False):
        yield from text_changes(
            "", "what is said at the end", texts, language=before.languages[0], reworded="cosmetic"
        )


def _safeguarding(before: Definition, after: Definition) -> Iterator[Change]:
    """Help that is offered on the way changes no question, so figures join."""
    was, now = before.safeguarding, after.safeguarding
    if was == now:
        return
    if was is None or now is None:
        what = f"the page of help {'is new' if was is None else 'is no longer shown'}"
        yield Change("cosmetic", "", what)
        return
    for key, words in SAFEGUARDING.items():
        if getattr(was, key) != getattr(now, key):
            yield Change("cosmetic", "", f"{words} changed")


def _languages(before: Definition, after: Definition) -> Iterator[Change]:
    kinds: list[tuple[Kind, str, list[str]]] = [
        ("additive", "is new", [tag for tag in after.languages if tag not in before.languages]),
        (
            "breaking",
            "is no longer offered: who needs it can't answer",
            [tag for tag in before.languages if tag not in after.languages],
        ),
    ]
    for kind, words, tags in kinds:
        for tag in tags:
            yield Change(kind, "", f"the language {tag} {words}")


def _pages(before: Definition, after: Definition) -> Iterator[Change]:
    kept = [
        [q.name for q in d.questions if q.name in names]
        for d, names in ((before, _names(after)), (after, _names(before)))
    ]
    if kept[0] != kept[1]:
        yield Change("cosmetic", "", "the questions stand in another order", *map(", ".join, kept))
    titles = [
        {q.name: page.title for page in d.pages for q in page.questions} for d in (before, after)
    ]
    seen: list[Change] = []
    for name in kept[0]:
        texts = titles[0][name], titles[1][name]
        seen += text_changes(
            "", "title of a page", texts, language=before.languages[0], reworded="cosmetic"
        )
    yield from dict.fromkeys(seen)


def _names(definition: Definition) -> set[str]:
    return {question.name for question in definition.questions}


def _net(net: Net) -> str:
    return f"{net.list}: {', '.join(net.codes)}"


def _told(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)

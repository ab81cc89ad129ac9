"""Random questions of every kind, valid by themselves: the parts of `factories.definitions`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

Languages = tuple[str, ...]
Data = dict[str, Any]

MISSING = ("prefer-not-to-say", "dont-know", "does-not-apply")
# What spreadsheets, Markdown and markup stumble over.
ODD = " abcXYZ09'\"<>&=#*_-,.;:?!()[]{}$|/\\%éŵ中ع🙂\u00a0\u200f"


@dataclass(frozen=True)
class Asked:
    """A field that a later condition may test: its codes where it has some, else its type."""

    name: str
    type: str
    codes: tuple[str, ...] = ()

    @property
    def splits(self) -> bool:
        """Whether one option is chosen, so that it can be a breakdown or put into a text."""
        return self.type == "one"


@dataclass(frozen=True)
class Kind:
    """What is drawn for a kind beyond what all have, and the fields that it asks for."""

    own: Callable[..., st.SearchStrategy[Data]]
    asked: Callable[[Data, Data], list[Asked]]
    # Needs a field of an earlier page.
    looks_back: bool = False


def words(*, lines: bool = False) -> st.SearchStrategy[str]:
    """A text of one language; never blank, and no pipe by accident."""
    letters = st.text(ODD + ("\n" if lines else ""), max_size=24)
    plain = letters.map(lambda t: t.replace("{{", "{").replace("}}", "}"))
    return st.builds(lambda first, rest: first + rest, st.sampled_from("AbZ1ŵ"), plain)


@st.composite
def text(
    draw: st.DrawFn, languages: Languages, *, lines: bool = False, pipes: list[Asked] | None = None
) -> dict[str, str]:
    """A text in all languages, sometimes with the label of an earlier answer in it."""
    found = {language: draw(words(lines=lines)) for language in languages}
    sources = [one.name for one in pipes or [] if one.splits]
    if sources and draw(st.integers(0, 4)) == 0:
        pipe = f"{{{{{draw(st.sampled_from(sources))}|this}}}}"
        found = {language: f"{said} {pipe}." for language, said in found.items()}
    return found


def codes(*, least: int = 2) -> st.SearchStrategy[list[str]]:
    """Codes of a list: words or numbers in order."""
    named = st.lists(
        st.sampled_from(["yes", "no", "North", "a_b", "x-1", "7", "other"]),
        unique=True,
        min_size=least,
        max_size=5,
    )
    numbered = st.integers(least, 7).map(lambda n: [str(i) for i in range(1, n + 1)])
    return st.one_of(named, numbered)


@st.composite
def options(
    draw: st.DrawFn,
    languages: Languages,
    *,
    write_in: bool = False,
    exclusive: bool = False,
    missing: bool = True,
) -> list[Data]:
    """Options of a question's own."""
    found: list[Data] = [{"code": code, "label": draw(text(languages))} for code in draw(codes())]
    last = found[-1]
    if draw(st.integers(0, 2)) == 0:
        last["hint"] = draw(text(languages))
    if write_in and draw(st.booleans()):
        last["write_in"] = True
    elif exclusive and draw(st.booleans()):
        last["exclusive"] = True
    if draw(st.integers(0, 4)) == 0:
        last["last"] = True
    return [*found, *(draw(missing_options(languages)) if missing else [])]


@st.composite
def missing_options(draw: st.DrawFn, languages: Languages) -> list[Data]:
    chosen = draw(st.lists(st.sampled_from(MISSING), unique=True, max_size=2))
    return [{"missing": code, "label": draw(text(languages))} for code in chosen]


def options_of(question: Data, lists: Data) -> tuple[str, ...]:
    """The codes that a question offers."""
    found = question["options"] if "options" in question else lists[question["list"]]
    return tuple(option["code"] for option in found if "code" in option)


@st.composite
def chosen(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    """One named list or options of one's own."""
    own: Data = {"order": "random"} if draw(st.integers(0, 3)) == 0 else {}
    if lists and draw(st.booleans()):
        return {"list": draw(st.sampled_from(sorted(lists))), **own}
    return {"options": draw(options(languages, write_in=True)), **own}


@st.composite
def chosen_plain(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    """As `chosen`, of a kind that offers no words beside an option."""
    if lists and draw(st.booleans()):
        return {"list": draw(st.sampled_from(sorted(lists)))}
    return {"options": draw(options(languages))}


@st.composite
def several(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    found = {"options": draw(options(languages, write_in=True, exclusive=True))}
    if draw(st.booleans()):
        found["max_choices"] = draw(st.integers(1, 3))
    elif draw(st.booleans()):
        found["valid_if"] = {name: {"count": {"ge": draw(st.integers(1, 2))}}}
        found["valid_says"] = draw(text(languages))
    return found


@st.composite
def scale(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    if draw(st.booleans()):
        return draw(chosen_plain(name, languages, lists, asked))
    points = {
        "from": draw(st.integers(0, 1)),
        "to": draw(st.integers(3, 10)),
        "low": draw(text(languages)),
        "high": draw(text(languages)),
    }
    return {"points": points, "missing": draw(missing_options(languages))}


@st.composite
def number(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    low = draw(st.integers(-5, 20))
    high = low + draw(st.integers(0, 400))
    found = {"min": low, "max": high, "missing": draw(missing_options(languages))}
    if draw(st.booleans()):
        found["unit"] = draw(text(languages))
    if high > low and draw(st.booleans()):
        found["valid_if"] = {"any": [{name: {"lt": high}}, {name: {"between": [low, high]}}]}
        found["valid_says"] = draw(text(languages))
    return found


@st.composite
def decimal(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    places = draw(st.integers(1, 3))
    low = draw(st.integers(-50, 50)) / 10
    return {
        "min": low,
        "max": low + draw(st.integers(1, 500)) / 10,
        "places": places,
        "unit": draw(text(languages)),
        "missing": draw(missing_options(languages)),
    }


@st.composite
def date(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    accepts = draw(st.sampled_from(["day", "month"]))
    cut = 10 if accepts == "day" else 7
    bounds = {"earliest": "2018-03-01"[:cut], "latest": draw(st.sampled_from(["today", "2030-12"]))}
    if bounds["latest"] != "today":
        bounds["latest"] = "2030-12-31"[:cut]
    kept = draw(st.lists(st.sampled_from(["earliest", "latest"]), unique=True))
    return {
        "accepts": accepts,
        "missing": draw(missing_options(languages)),
        **{key: bounds[key] for key in kept},
    }


@st.composite
def time(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    bounds = {"earliest": "06:30", "latest": "22:00"}
    kept = draw(st.lists(st.sampled_from(["earliest", "latest"]), unique=True))
    return {"missing": draw(missing_options(languages)), **{key: bounds[key] for key in kept}}


@st.composite
def own_words(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    found: Data = {"missing": draw(missing_options(languages))}
    if draw(st.booleans()):
        found["max_length"] = draw(st.integers(1, 200))
    return found


@st.composite
def yes_no(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    return {"missing": draw(missing_options(languages)), **draw(_labels(languages, "yes", "no"))}


@st.composite
def consent(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    return draw(_labels(languages, "yes", "no"))


@st.composite
def _labels(draw: st.DrawFn, languages: Languages, *fixed: str) -> Data:
    # Only English and Welsh are built in: others must be given.
    needed = not {"en", "cy"}.issuperset(tag.partition("-")[0] for tag in languages)
    if not needed and draw(st.booleans()):
        return {}
    return {"labels": {code: draw(text(languages)) for code in fixed}}


@st.composite
def rows(draw: st.DrawFn, languages: Languages) -> list[Data]:
    return [
        {"code": code, "label": draw(text(languages))}
        for code in draw(
            st.lists(st.sampled_from(["police", "r2", "The_court", "4"]), unique=True, min_size=1)
        )
    ]


@st.composite
def matrix(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    return {
        "rows": draw(rows(languages)),
        **draw(chosen_plain(name, languages, lists, asked)),
    }


@st.composite
def statements(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    return {
        "rows": draw(rows(languages)),
        **draw(_labels(languages, "agree", "disagree", "pass")),
    }


@st.composite
def ranking(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    found: Data = {"options": draw(options(languages, missing=False))}
    if draw(st.booleans()):
        found["most"] = draw(st.integers(1, 2))
    return {**found, "missing": draw(missing_options(languages))}


@st.composite
def priorities(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    found: Data = {"options": draw(options(languages, exclusive=True))}
    if draw(st.booleans()):
        found["most"] = draw(st.integers(1, 2))
    return found


@st.composite
def money(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    found = draw(options(languages))
    pence = st.integers(0, 50_000)
    priced = [{**o, "pence": draw(pence)} if "code" in o else o for o in found]
    return {"options": priced, "for": draw(text(languages))}


@st.composite
def place(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    # No two areas can have the same name.
    areas = [
        {"code": code, "label": {tag: f"{said} {n}" for tag, said in draw(text(languages)).items()}}
        for n, code in enumerate(("E07000106", "E07000108", "out"))
    ]
    own = {"elsewhere": "out"} if draw(st.booleans()) else {}
    return {"options": [*areas, *draw(missing_options(languages))], **own}


@st.composite
def contact(draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: Any) -> Data:
    return {"purpose": draw(text(languages))}


@st.composite
def computed(
    draw: st.DrawFn, name: str, languages: Languages, lists: Data, asked: list[Asked]
) -> Data:
    # Not at the top: routes needs Asked from here.
    from tests.factories.routes import condition

    return {
        "cases": [
            {"code": code, "label": draw(text(languages)), "when": draw(condition(asked))}
            for code in draw(codes(least=1))
        ]
    }


def nothing(name: str, languages: Languages, lists: Data, asked: Any) -> st.SearchStrategy[Data]:
    return st.just({})


def _one(question: Data, lists: Data) -> list[Asked]:
    return [Asked(question["name"], "one", options_of(question, lists))]


def _many(question: Data, lists: Data) -> list[Asked]:
    return [Asked(question["name"], "many", options_of(question, lists))]


def _of_type(type_: str) -> Callable[[Data, Data], list[Asked]]:
    return lambda question, lists: [Asked(question["name"], type_)]


def _fixed(*fixed: str) -> Callable[[Data, Data], list[Asked]]:
    return lambda question, lists: [Asked(question["name"], "one", fixed)]


def _points(question: Data, lists: Data) -> list[Asked]:
    if "points" not in question:
        return _one(question, lists)
    ends = question["points"]
    found = tuple(str(n) for n in range(ends["from"], ends["to"] + 1))
    return [Asked(question["name"], "one", found)]


def _rows(question: Data, lists: Data) -> list[Asked]:
    fixed = ("agree", "disagree", "pass")
    found = fixed if question["kind"] == "statements" else options_of(question, lists)
    return [Asked(f"{question['name']}.{row['code']}", "one", found) for row in question["rows"]]


def _cases(question: Data, lists: Data) -> list[Asked]:
    found = tuple(dict.fromkeys(case["code"] for case in question["cases"]))
    return [Asked(question["name"], "one", found)]


def _none(question: Data, lists: Data) -> list[Asked]:
    return []


QUESTIONS = {
    "choice": Kind(chosen, _one),
    "choices": Kind(several, _many),
    "scale": Kind(scale, _points),
    "yes-no": Kind(yes_no, _fixed("yes", "no")),
    "whole-number": Kind(number, _of_type("number")),
    "decimal": Kind(decimal, _of_type("number")),
    "date": Kind(date, _none),
    "time": Kind(time, _of_type("answered")),
    "short-text": Kind(own_words, _of_type("answered")),
    "long-text": Kind(own_words, _of_type("answered")),
    "information": Kind(nothing, _none),
    "matrix": Kind(matrix, _rows),
    "statements": Kind(statements, _rows),
    "ranking": Kind(ranking, _many),
    "priorities": Kind(priorities, _many),
    "money-option": Kind(money, _one),
    "place": Kind(place, _one),
    "consent": Kind(consent, _fixed("yes", "no")),
    "email": Kind(contact, _none),
    "phone": Kind(contact, _none),
    "computed": Kind(computed, _cases, looks_back=True),
}

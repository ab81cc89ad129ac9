"""Answers as others may send them: right, nearly right and wrong."""

from typing import Any

from hypothesis import strategies as st

from surveys.definitions.schema import Definition
from surveys.questions.base import Question
from surveys.questions.choosing import OneOptionQuestion, OptionsQuestion
from surveys.questions.date import DateQuestion
from surveys.questions.decimal import DecimalQuestion
from surveys.questions.whole_number import WholeNumberQuestion
from tests.factories.questions import QUESTIONS
from tests.factories.routes import condition

MISSING = ("prefer-not-to-say", "dont-know", "does-not-apply")
BLANK = st.sampled_from([None, "", "  \t", "\r\n", "\u3000\u2028", [], "\x1f"])
ODD = st.one_of(
    st.sampled_from([True, False, 0, -1, 7, 1.5, {}, [None], [[]], {"missing": 1}, "yes\n", "x"]),
    st.text(max_size=8),
    st.just({"missing": "dont-know", "more": 1}),
    # Half of a surrogate pair is JSON, and no text.
    st.sampled_from(["\ud800", "a\x00", " \ud800"]),
)
EMAILS = ["a@b.uk", " jo.o'neil+x@mail.example.org ", "a..b@c.uk", ".a@b.uk", "a@b", "a@-b.uk"]
EMAILS += ["a@b.uk\n", "x" * 64 + "@b.uk", "x" * 65 + "@b.uk", "a@b_c.uk", "a@1.2", "a b@c.uk"]
PHONES = ["07700 900 982", "+44 808 157 0192", "+44 (0)808 157 0192", "0808–157.0192", "020 79"]
PHONES += ["0044 20/7946 0018", "(0)20 7946 0018", "020 (0) 7946 0018", "+0 44 20 7946 0018"]
PHONES += ["4(0)(0)2079460018", "0(0)2079460018", "+44(0)(0)2079460018", "0207946001x", "1" * 255]
DATES = ["2022-11-30", "2022-11-31", "2022-02-29", "2024-02-29", "2022-11", "2022-13", "2022"]
DATES += ["2018-02-28", "2018-03-01", "2018-03", "2018-02", "2030-12-31", "2031-01-01", "2030-12"]
DATES += ["0001-01-01", "22-1-1", "2022-11-30 ", "\u0662\u0660\u0662\u0662", "2017", "2022-12-01"]
DATES += ["2022-12", "9999-12-31", "0000", "2022-11-30\n", "2022-11-00"]
TIMES = ["06:30", "06:29", "22:00", "22:01", "24:00", "12:60", "9:30", "00:00", "23:59", "12:00\n"]


def sent(definition: Definition) -> st.SearchStrategy[dict[str, Any]]:
    """A set of answers: each field is left out or has something right, odd or nearly right."""
    fields = {field.name: _value(field) for field in definition.fields}
    return st.fixed_dictionaries({}, optional=fields)


def sound(definition: Definition) -> st.SearchStrategy[dict[str, Any]]:
    """A set of answers of which most are right, so that the way through matters."""
    fields = {field.name: _near(field) for field in definition.fields if not field.is_computed}
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def narrowed(draw: st.DrawFn, data: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """The data of a definition whose options are sometimes offered to some people only."""
    made = draw(data)
    asked: list[Any] = []
    for page in made["pages"]:
        for question in page["questions"]:
            for option in question.get("options", []) if asked else []:
                if draw(st.integers(0, 3)) == 0:
                    option["show_if"] = draw(condition(asked, depth=1))
        for question in page["questions"]:
            asked += QUESTIONS[question["kind"]].asked(question, made["lists"])
    return made


def _value(field: Question) -> st.SearchStrategy[Any]:
    return st.one_of(_near(field), _near(field), BLANK, ODD)


def _near(field: Question) -> st.SearchStrategy[Any]:
    """Mostly what the field takes, and what is one step aside from it."""
    ways = [_typed(field)]
    if field.missing_codes:
        ways.append(st.sampled_from(field.missing_codes))
        ways.append(st.sampled_from([{"missing": code} for code in (*field.missing_codes, "no")]))
    return st.one_of(ways)


def _typed(field: Question) -> st.SearchStrategy[Any]:
    if isinstance(field, OptionsQuestion):
        said = [*field.codes, *(int(c) for c in field.codes if c.isdecimal())]
        one = st.sampled_from([*said, *said, "nothing", *MISSING])
        return one if isinstance(field, OneOptionQuestion) else st.lists(one, max_size=5)
    if isinstance(field, WholeNumberQuestion):
        number = st.integers(field.min - 2, field.max + 2)
        return st.one_of(number, number.map(str), number.map(lambda n: f" +0{n} "))
    if isinstance(field, DecimalQuestion):
        return _decimals(field)
    if isinstance(field, DateQuestion):
        return st.sampled_from(DATES)
    known = {"time": TIMES, "email": EMAILS, "phone": PHONES}
    if field.kind in known:
        return st.sampled_from(known[field.kind])
    letters = "a \r\n\u00a0é🙂"
    return st.text(letters, max_size=12).flatmap(
        lambda text: st.sampled_from([text, text * 20, " " * 3 + text + "\r\n" * 3])
    )


def _decimals(field: DecimalQuestion) -> st.SearchStrategy[Any]:
    steps = 10 ** (field.places + 1)
    low, high = int(field.min * steps) - 15, int(field.max * steps) + 15
    number = st.integers(low, high).map(lambda n: n / steps)
    # A whole number that is written as 3.0 is another number to the schema than to the server.
    written = number.map(lambda n: f"{n:.{field.places + 1}f}")
    return st.one_of(
        number, written, written.map(lambda t: f" {t}0"), st.sampled_from([".5", "1."])
    )

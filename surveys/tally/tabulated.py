"""How a question is laid out as a table: its lines, and the counters that each is the sum of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from surveys.definitions.checks import BUILT_IN_BREAKDOWNS
from surveys.definitions.counters import EVERY as EVERY
from surveys.definitions.schema import Definition
from surveys.models.versions import Version
from surveys.questions.base import Question, said
from surveys.questions.choosing import OneOptionQuestion, OptionsQuestion
from surveys.questions.rows import RowField
from surveys.questions.scale import ScaleQuestion
from surveys.questions.typed import TypedQuestion
from surveys.questions.write_in import WriteIn
from surveys.tally.cells import net_cells
from surveys.versions.read import definition_of

# What a table calls each way of answering, by its code.
CHANNEL_WORDS = {
    "web": "Online",
    "phone": "Telephone",
    "paper": "Paper",
    "api": "API",
    "import": "Imported",
}


@dataclass(frozen=True)
class Line:
    """One line of a table. `code` is an option's, `net:satisfied` or `~dont-know`.

    `cells` add up to it. `value` is the number that an option stands for, where it is one.
    """

    code: str
    label: str
    kind: Literal["option", "net", "missing"]
    cells: tuple[str, ...]
    value: float | None = None


@dataclass(frozen=True)
class Tabulation:
    """A question that is counted: options first, nets after them, missing codes last.

    `is_single` says that each person is in one option at most, `is_scale` that the options are
    points in order. `list` names the list of options that it shares with others, if any.
    """

    field: str
    asked: str
    stage: str
    lines: tuple[Line, ...]
    is_single: bool
    is_scale: bool
    list: str

    @property
    def has_mean(self) -> bool:
        """Whether the options are numbers of which a mean says something."""
        return self.is_single and any(line.value is not None for line in self.lines)


@dataclass(frozen=True)
class Breakdown:
    """A way to split tables: its groups in order, by code; who did not say has the code "~"."""

    name: str
    label: str
    groups: Mapping[str, str]


def tabulations(definition: Definition) -> tuple[Tabulation, ...]:
    """The questions of a survey whose answers are counted, in order."""
    return tuple(tabulated(definition, field.name) for field in definition.fields if _counts(field))


def tabulated(definition: Definition, field: str) -> Tabulation:
    """The layout of one question's table. Raises LookupError where nothing of it is counted."""
    question = definition.by_name.get(field)
    if question is None or not _counts(question):
        counted = [one.name for one in definition.fields if _counts(one)]
        raise LookupError(f"{field!r} is not counted; expected one of {', '.join(counted)}")
    language = definition.languages[0]
    return Tabulation(
        field=field,
        asked=asked_in_words(definition, question, language),
        stage=question.stage or "",
        lines=(
            *_options(question, language),
            *_nets(definition, question, language),
            *_missing(question, language),
        ),
        is_single=isinstance(question, OneOptionQuestion | TypedQuestion),
        is_scale=isinstance(question, ScaleQuestion),
        list=(question.list or "") if isinstance(question, OptionsQuestion) else "",
    )


def breakdown_of(definition: Definition, name: str) -> Breakdown:
    """A breakdown with the words of its groups. Raises LookupError where there is none."""
    if name not in definition.breakdowns:
        known = ", ".join(definition.breakdowns) or "none"
        raise LookupError(f"{name!r} is no breakdown; expected one of {known}")
    if name in BUILT_IN_BREAKDOWNS:
        return Breakdown(name, name.capitalize(), CHANNEL_WORDS)
    question, language = definition.by_name[name], definition.languages[0]
    labels = {
        line.code: line.label for line in _options(question, language) if line.kind == "option"
    }
    asked = asked_in_words(definition, question, language)
    return Breakdown(name, asked, {**labels, "~": "Not stated"})


def stratum_words(version: Version, fields: Sequence[str]) -> dict[str, dict[str, str]]:
    """For each field of the strata the words of its codes; "-" is who did not say."""
    definition = definition_of(version)
    language = definition.languages[0]
    found = {}
    for field in fields:
        lines = _options(definition.by_name[field], language)
        found[field] = {**{line.code: line.label for line in lines}, "-": "Not stated"}
    return found


def _counts(question: Question) -> bool:
    """Whether any answer has a counter: of a date or of words only missing codes may."""
    return any(cell.startswith(f"{question.name}=") for cell in question.cells())


def asked_in_words(definition: Definition, question: Question, language: str) -> str:
    """What is asked; a row of a matrix and an option written in need the words above them."""
    if not isinstance(question, RowField | WriteIn):
        return str(said(question.ask, language))
    above = next(one for one in definition.questions if one.name == question.question)
    return f"{said(above.ask, language)} {said(question.ask, language)}"


def _options(question: Question, language: str) -> list[Line]:
    prefix = f"{question.name}="
    values = [cell.removeprefix(prefix) for cell in question.cells() if cell.startswith(prefix)]
    return [
        Line(value, _label(question, value, language), "option", (prefix + value,), number)
        for value in values
        for number in [_number(question, value)]
    ]


def _label(question: Question, value: str, language: str) -> str:
    return question.label(value, language) if isinstance(question, OptionsQuestion) else value


def _number(question: Question, value: str) -> float | None:
    """What an option counts in a mean: points that are numbers themselves, and typed numbers.

    The codes of worded points, such as 1 for completely satisfied, are names and no amounts.
    """
    is_number = isinstance(question, TypedQuestion) or (
        isinstance(question, ScaleQuestion) and question.points is not None
    )
    return float(value) if is_number else None


def _nets(definition: Definition, question: Question, language: str) -> list[Line]:
    if not isinstance(question, OptionsQuestion) or not question.list:
        return []
    return [
        Line(
            f"net:{name}",
            str(said(net.label, language)),
            "net",
            net_cells(definition, question.name, name),
        )
        for name, net in definition.nets.items()
        if net.list == question.list
    ]


def _missing(question: Question, language: str) -> list[Line]:
    if isinstance(question, OptionsQuestion):
        # Those of a ranking stand beside its options.
        told = [(code, question.label(code, language)) for code in question.missing_codes]
    else:
        boxes = question.missing if isinstance(question, TypedQuestion) else ()
        told = [(box.missing, str(said(box.label, language))) for box in boxes if box.missing]
    return [
        Line(f"~{code}", label, "missing", (f"{question.name}~{code}",)) for code, label in told
    ]

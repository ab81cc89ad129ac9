"""Populations that answers are weighted to: margins from files, kept for good, and found again.

A margin says how many people of the population gave, or would give, each code of one field.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from pathlib import Path

from django.db import transaction

from measures.figures.csv_rows import Line, read_lines
from measures.figures.parsed import Unreadable
from measures.models.weighting import Margin, Population
from surveys.models.audit import record
from surveys.models.versions import Survey
from surveys.versions.read import current_version, definition_of

COLUMNS = ("value", "total")
# Margins of one population count the same people: further apart, in relation to the largest, one
# of them is of other people. Published tables differ by rounding only.
MOST_APART = 0.005
# Total by code, by field.
Margins = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Added:
    """What came of an import: `left_out` are codes of a field that the population has nobody in."""

    population: Population
    is_new: bool
    margins: Margins
    left_out: Mapping[str, tuple[str, ...]]


def weighting_fields(survey: Survey) -> dict[str, tuple[str, ...]]:
    """The codes of each field that a survey's answers may be weighted by: its strata.

    Those of the version that is answered now; empty before the first publication.
    """
    version = current_version(survey)
    if version is None:
        return {}
    definition = definition_of(version)
    return {name: tuple(definition.by_name[name].codes) for name in definition.strata}


def population_at(survey: str, month: date) -> Population | None:
    """The population, by the survey's slug, that holds in a month: the latest one that began."""
    known = Population.objects.filter(survey__slug=survey, holds_from__lte=month)
    return known.order_by("-holds_from", "-id").first()


def populations_of(survey: str) -> list[Population]:
    """All populations of a survey, by its slug, with their margins: the latest to begin first."""
    known = Population.objects.filter(survey__slug=survey)
    return list(known.order_by("-holds_from", "-id").prefetch_related("margins"))


def margins_of(population: Population) -> dict[str, dict[str, float]]:
    """Total by code, by field, in the order in which the file had them."""
    found: dict[str, dict[str, float]] = {}
    for margin in sorted(population.margins.all(), key=attrgetter("id")):
        found.setdefault(margin.field, {})[margin.code] = margin.total
    return found


def read_margin(content: bytes, file_name: str, *, codes: Sequence[str]) -> dict[str, float]:
    """Total by code, from a CSV file with the columns `value` and `total`.

    Raises Unreadable with every problem by line: a code that is none of the field's, one that
    comes twice, a total that is no number above zero.
    """
    found: dict[str, float] = {}
    problems = []
    for line in read_lines(content, file_name, columns=COLUMNS):
        code, total = line.cells["value"], _number(line)
        if code not in codes:
            problems.append(_at(file_name, line, f"value {code!r}: expected {' or '.join(codes)}"))
        elif code in found:
            problems.append(_at(file_name, line, f"value {code!r} stands in an earlier line"))
        if total is None:
            told = f"total {line.cells['total']!r}: expected a number above zero, such as 104087"
            problems.append(_at(file_name, line, told))
        found[code] = total or 0
    if problems:
        raise Unreadable(problems)
    return found


def read_margins(survey: Survey, files: Mapping[str, Path]) -> dict[str, dict[str, float]]:
    """The margin in each file, by the field it is of; raises Unreadable with every problem."""
    contents: dict[str, tuple[str, bytes]] = {}
    for field, path in files.items():
        try:
            contents[field] = (path.name, path.read_bytes())
        except OSError as error:
            raise Unreadable([f"{path}: can't be read ({error.strerror})"]) from error
    return parse_margins(survey, contents)


def parse_margins(
    survey: Survey, contents: Mapping[str, tuple[str, bytes]]
) -> dict[str, dict[str, float]]:
    """The margin of each field, from the name and the bytes of its file; raises Unreadable."""
    fields = weighting_fields(survey)
    found, problems = {}, []
    for field, (name, content) in contents.items():
        if field not in fields:
            problems.append(f"{field}: {_no_such_field(survey, tuple(fields))}")
            continue
        try:
            found[field] = read_margin(content, name, codes=fields[field])
        except Unreadable as error:
            problems += error.problems
    if problems:
        raise Unreadable(problems)
    return found


@transaction.atomic
def add_population(
    survey: Survey,
    margins: Margins,
    *,
    source: str,
    holds_from: date,
    is_frame: bool = False,
    actor: str,
) -> Added:
    """Keeps margins as a population of the survey, which holds from a month on.

    Of fields that are not given it takes over the margins of the last population with the same
    source and month: fields may come one by one, and a correction brings only what it corrects.
    Nothing is ever changed: where something is new, another population takes the earlier one's
    place. Raises Unreadable where the margins speak of different numbers of people.
    """
    source = source.strip()
    _check_source(source)
    same = Population.objects.filter(
        survey=survey, source=source, holds_from=holds_from, is_frame=is_frame
    )
    earlier = same.order_by("-id").first()
    before = margins_of(earlier) if earlier else {}
    whole = {**before, **{field: dict(margin) for field, margin in margins.items()}}
    _check_totals(whole)
    left_out = _left_out(survey, whole)
    if earlier is not None and whole == before:
        return Added(earlier, is_new=False, margins=whole, left_out=left_out)
    population = Population.objects.create(
        survey=survey, source=source, holds_from=holds_from, is_frame=is_frame, added_by=actor
    )
    Margin.objects.bulk_create(
        Margin(population=population, field=field, code=code, total=total)
        for field, margin in whole.items()
        for code, total in margin.items()
    )
    record(
        actor,
        "add population",
        subject=survey.slug,
        source=source,
        holds_from=f"{holds_from:%Y-%m}",
        is_frame=is_frame,
        margins={field: dict(margin) for field, margin in margins.items()},
    )
    return Added(population, is_new=True, margins=whole, left_out=left_out)


def _number(line: Line) -> float | None:
    """A number above zero; "104,087", as publishers write it, is 104087."""
    try:
        number = float(line.cells["total"].replace(",", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) and number > 0 else None


def _at(file_name: str, line: Line, problem: str) -> str:
    return f"{file_name}: line {line.number}: {problem}"


def _no_such_field(survey: Survey, fields: Sequence[str]) -> str:
    if not fields:
        return f"{survey.slug} has no strata that its answers could be weighted by"
    return f"{survey.slug} is not weighted by it: expected {', '.join(fields)}"


def _check_source(source: str) -> None:
    longest = Population._meta.get_field("source").max_length or 0
    if not source or len(source) > longest:
        raise Unreadable(
            [f"source: expected publisher, title and date, in at most {longest} characters"]
        )


def _check_totals(margins: Margins) -> None:
    totals = {field: math.fsum(margin.values()) for field, margin in margins.items()}
    if not totals:
        raise Unreadable(["expected the margin of at least one field"])
    if max(totals.values()) - min(totals.values()) > MOST_APART * max(totals.values()):
        told = ", ".join(f"{field} {total:,.0f}" for field, total in totals.items())
        raise Unreadable(
            [f"the margins add up to different numbers of people: {told}: expected the same"]
        )


def _left_out(survey: Survey, margins: Margins) -> dict[str, tuple[str, ...]]:
    fields = weighting_fields(survey)
    found = {
        field: tuple(code for code in fields.get(field, ()) if code not in margin)
        for field, margin in margins.items()
    }
    return {field: codes for field, codes in found.items() if codes}

"""The surveys whose results there are to see, with what each asks and breaks down by."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from measures.admin.desk import in_words
from measures.admin.spans import Months
from surveys.tally.joined import published_of
from surveys.tally.store import months_tallied
from surveys.tally.tabulated import Line, Tabulation, tabulations
from surveys.versions.read import definition_of, published_versions

# More points than this read as numbers, not as a scale with two sides.
MOST_POINTS = 7


@dataclass(frozen=True)
class Net:
    """Codes that are reported together: `net:satisfied`, with the codes that add up to it."""

    code: str
    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A question with answers to count; `part` is the heading that it stands below.

    `scale` are the codes of a worded scale in the order of the questionnaire, empty for any other
    question; the net that its first point is in comes first. With `is_single` each person gave one
    answer at most.
    """

    name: str
    words: str
    part: str
    scale: tuple[str, ...] = ()
    nets: tuple[Net, ...] = ()
    is_single: bool = True

    @property
    def headline(self) -> str:
        """The code of the answer that is told first: the first net, if any."""
        return self.nets[0].code if self.nets else ""


@dataclass(frozen=True)
class Survey:
    """A survey with a published version; `months` is None until an answer was counted."""

    slug: str
    label: str
    questions: tuple[Asked, ...]
    breakdowns: dict[str, str]
    headline: Asked
    months: Months | None

    def question(self, name: str) -> Asked | None:
        return next((one for one in self.questions if one.name == name), None)

    def parts(self) -> list[tuple[str, list[Asked]]]:
        """The questions below their headings, in the order of the questionnaire."""
        return [(part, list(found)) for part, found in groupby(self.questions, lambda q: q.part)]


def surveys_with_results() -> list[Survey]:
    """Every survey with a published version, by name; its newest version says what it asks."""
    slugs = published_versions().order_by("survey__slug").values_list("survey__slug", flat=True)
    found = [survey_with_results(slug) for slug in slugs.distinct()]
    return [survey for survey in found if survey is not None]


def survey_with_results(slug: str) -> Survey | None:
    """One survey; None where none of its versions asks anything that can be counted."""
    versions = published_of(slug)
    definition = definition_of(versions[-1])
    about = {*definition.breakdowns, *definition.strata}
    # A date that only offers “I do not know” has a line and no answer to tell a share of.
    tabulated = [
        one for one in tabulations(definition) if any(line.kind == "option" for line in one.lines)
    ]
    if not tabulated:
        return None
    questions = tuple(_asked(one, is_about_people=one.field in about) for one in tabulated)
    indicator = definition.indicator.question if definition.indicator else ""
    return Survey(
        slug=slug,
        label=in_words(slug),
        questions=tuple(_gathered(questions)),
        breakdowns={name: in_words(name) for name in definition.breakdowns},
        headline=next((one for one in questions if one.name == indicator), questions[0]),
        months=months_tallied(*versions),
    )


def _asked(layout: Tabulation, *, is_about_people: bool) -> Asked:
    options = [line for line in layout.lines if line.kind == "option"]
    is_worded = (layout.is_scale or bool(layout.list)) and not layout.has_mean
    nets = [_net(line) for line in layout.lines if line.kind == "net"]
    nets.sort(key=lambda net: not {one.code for one in options[:1]} & set(net.codes))
    has_sides = is_worded and (layout.is_scale or len(nets) > 1)
    return Asked(
        name=layout.field,
        words=layout.asked,
        part=_part(layout, is_about_people=is_about_people),
        scale=tuple(one.code for one in options)
        if has_sides and layout.is_single and 3 <= len(options) <= MOST_POINTS
        else (),
        nets=tuple(nets),
        is_single=layout.is_single,
    )


def _net(line: Line) -> Net:
    return Net(line.code, line.label, tuple(cell.partition("=")[2] for cell in line.cells))


def _part(layout: Tabulation, *, is_about_people: bool) -> str:
    if is_about_people:
        return _("Who answered")
    # The stages of the questionnaire are its own English words.
    return layout.stage.replace("-", " ").capitalize() if layout.stage else _("Other questions")


def _gathered(questions: tuple[Asked, ...]) -> list[Asked]:
    """Each heading once, in the order of its first question; who answered comes last."""
    order = list(dict.fromkeys(one.part for one in questions))
    last = [part for part in (_("Other questions"), _("Who answered")) if part in order]
    order = [part for part in order if part not in last] + last
    return sorted(questions, key=lambda one: order.index(one.part))

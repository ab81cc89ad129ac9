"""Which published versions of a survey may be joined over time, and where a series breaks."""

from dataclasses import dataclass, replace
from datetime import date

from surveys.definitions.changes.change import Change
from surveys.definitions.compare import Comparison, comparable, compare
from surveys.definitions.counters import LONDON
from surveys.models.versions import Version
from surveys.versions.read import definition_of

__all__ = ["Change", "Comparison", "Segment", "comparable", "compare", "trend"]


@dataclass(frozen=True)
class Segment:
    """Versions whose answers to a field may be joined.

    `begins` is the day in London on which the first of them was published: the field was asked so
    from then on. `is_break` says that it was asked before and does not join that, `reason` why.
    """

    versions: tuple[Version, ...]
    begins: date
    is_break: bool = False
    reason: str = ""

    @property
    def number(self) -> int:
        """The number of its first version, by which it is known."""
        return self.versions[0].number


def trend(survey: str, field: str, *, net: str | None = None) -> tuple[Segment, ...]:
    """The published versions that ask for a field (and have a net), in segments that join.

    In the order of their numbers, those that were withdrawn among them: they keep their answers.
    A version that does not ask for it is passed over.
    """
    found: list[Segment] = []
    for version in _published(survey):
        if not _asks(version, field, net):
            continue
        if not found:
            found.append(Segment((version,), _published_on(version)))
            continue
        last = found[-1]
        earlier, later = definition_of(last.versions[-1]), definition_of(version)
        joined = comparable(earlier, later, field, net=net)
        if joined.is_comparable:
            found[-1] = replace(last, versions=(*last.versions, version))
        else:
            found.append(Segment((version,), _published_on(version), True, joined.reason))
    return tuple(found)


def _published(survey: str) -> list[Version]:
    versions = Version.objects.filter(survey__slug=survey, published_at__isnull=False)
    return list(versions.select_related("survey").order_by("number"))


def _asks(version: Version, field: str, net: str | None) -> bool:
    definition = definition_of(version)
    return field in definition.by_name and (net is None or net in definition.nets)


def _published_on(version: Version) -> date:
    if version.published_at is None:
        raise ValueError(f"{version} is not published")
    return version.published_at.astimezone(LONDON).date()

"""Which counters answer a question: positions in the lists that a version sealed."""

from collections.abc import Sequence

from surveys.definitions.schema import Definition

# The group of those who did not say, and how a stratum writes the same.
NOT_STATED = "~"
NOT_STATED_IN_STRATUM = "-"


def net_cells(definition: Definition, question: str, net: str) -> tuple[str, ...]:
    """The cells that add up to a net, such as the three satisfied points of a scale."""
    return tuple(f"{question}={code}" for code in definition.nets[net].codes)


def positions(sealed: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Where the wanted counters stand in a sealed list; a counter that is not there is an error."""
    index = {name: i for i, name in enumerate(sealed)}
    return [index[name] for name in wanted]


def runs(at: Sequence[int]) -> list[tuple[int, int]]:
    """Positions in ascending order as runs without a gap: where each begins, and how many."""
    found: list[tuple[int, int]] = []
    for one in at:
        if found and sum(found[-1]) == one:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((one, 1))
    return found


def breakdown_of(group: str) -> str:
    """The breakdown that a group such as `district=ashford` is of; "" of everyone."""
    return group.partition("=")[0].removesuffix(NOT_STATED)


def code_in(stratum: str, at: int) -> str:
    """The code of one of the fields of a stratum, "~" of who did not say."""
    code = stratum.split("|")[at]
    return NOT_STATED if code == NOT_STATED_IN_STRATUM else code

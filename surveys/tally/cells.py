"""Which counters answer a question: positions in the lists that a version sealed."""

from collections.abc import Sequence

from surveys.definitions.schema import Definition


def net_cells(definition: Definition, question: str, net: str) -> tuple[str, ...]:
    """The cells that add up to a net, such as the three satisfied points of a scale."""
    return tuple(f"{question}={code}" for code in definition.nets[net].codes)


def positions(sealed: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Where the wanted counters stand in a sealed list; a counter that is not there is an error."""
    index = {name: i for i, name in enumerate(sealed)}
    return [index[name] for name in wanted]

"""How to reach somebody: beside answers that could harm them if both were seen."""

from collections.abc import Iterator

from surveys.definitions.places import Found
from surveys.definitions.schema import Definition
from surveys.definitions.ways.rules import questions_with_paths


def contacts(definition: Definition) -> Iterator[Found]:
    """Advice on asking for an address or a number where that may put somebody in danger."""
    for path, question in questions_with_paths(definition):
        if not question.is_contact:
            continue
        if definition.discreet:
            message = (
                f"{question.name}: somebody else may read what is sent there, and then knows of "
                "this survey: ask on a page of its own whether it is safe to write or call"
            )
            yield Found(path, message, "advice")
        elif definition.policy == "sensitive":
            message = (
                f"{question.name}: who gives it is no longer unknown to you, though answers are "
                "kept apart: say so in `purpose`"
            )
            yield Found(path, message, "advice")

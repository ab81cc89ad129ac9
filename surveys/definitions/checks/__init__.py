"""The rules that a definition must keep before it may be published, all checked at once."""

from surveys.definitions.checks.contacts import contacts
from surveys.definitions.checks.forced_choice import ways_out
from surveys.definitions.checks.labels import labels
from surveys.definitions.checks.languages import translations
from surveys.definitions.checks.names import names_and_codes
from surveys.definitions.checks.options import odd_options
from surveys.definitions.checks.piped import pipes
from surveys.definitions.checks.public_words import public_words
from surveys.definitions.checks.reached import reached
from surveys.definitions.checks.safeguarding import safeguarding
from surveys.definitions.checks.soundness import as_found, wrong_conditions
from surveys.definitions.checks.tables import BUILT_IN_BREAKDOWNS, tables
from surveys.definitions.places import Found
from surveys.definitions.schema import Definition

__all__ = ["BUILT_IN_BREAKDOWNS", "problems_in", "problems_of_parts"]


def problems_in(definition: Definition) -> list[Found]:
    """Every broken rule at once: the path to the place, what is wrong, and what that hinders."""
    unsound = frozenset(path for path, _ in wrong_conditions(definition))
    found = [*problems_of_parts(definition), *reached(definition, unsound=unsound)]
    return list(dict.fromkeys(found))


def problems_of_parts(definition: Definition) -> list[Found]:
    """The same without who comes where, which hangs on every part's being right."""
    found = [
        *names_and_codes(definition),
        *as_found(definition, wrong_conditions(definition)),
        *tables(definition),
        *pipes(definition),
        *translations(definition),
        *labels(definition),
        *public_words(definition),
        *ways_out(definition),
        *odd_options(definition),
        *contacts(definition),
        *safeguarding(definition),
    ]
    # A named list is met at each question that uses it.
    return list(dict.fromkeys(found))

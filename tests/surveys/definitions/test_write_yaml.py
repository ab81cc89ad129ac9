"""Definitions written as YAML: they load to the same, and read like those of the product."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from surveys.definitions.fingerprint import canonical, fingerprint
from surveys.definitions.loader import load_definition
from surveys.definitions.places import read_marked
from surveys.definitions.schema import Definition
from surveys.definitions.write_yaml import WIDTH, write_yaml
from tests.factories.definitions import definitions
from tests.factories.kinds import EVERY_KIND
from tests.factories.larger import LARGER
from tests.factories.surveys import SMALL

LIKE_OTHER_THINGS = ["yes", "no", "true", "null", "~", "12", "1.5", "0x1F", "2022-11-30", "1e5"]
MARKED = ["-", "- a", "a: b", "a # b", "#a", "'a'", '"a"', "a\\b", "{a}", "[a", "a, b", "*a", "&a"]
MARKED += ["!a", "@a", "`a", "%a", "? a", "---", "...", "🙂", "\ufeffa", "a\u00a0b"]
LINED = [" a", "a ", "a\tb", "a\nb", "a\n\nb\n", "a\n\n", "\na", " a\nb", "a \nb"]
LINED += ["a\u2028b", "a\n--- b", "a\n\n\nb", "a\n  b\n c"]
LONG = ["word " * 40 + "end", "ŵ" * 120, "ŵ " * 60 + "ŵ"]
CONTENT = sorted((Path(__file__).parents[3] / "surveys" / "content").glob("*/*.yaml"))


def again(definition: Definition) -> Definition:
    return Definition.model_validate(read_marked(write_yaml(definition)).data)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(definition=definitions())
def test_written_definition_loads_to_the_same(definition):
    assert fingerprint(canonical(again(definition))) == fingerprint(canonical(definition))


@pytest.mark.parametrize(
    "text",
    [SMALL, LARGER, EVERY_KIND, *(path.read_text(encoding="utf-8") for path in CONTENT)],
    ids=["small", "larger", "kinds", *(path.parent.name for path in CONTENT)],
)
def test_known_definition_loads_to_the_same_and_stays_narrow(text):
    definition = load_definition(text)
    written = write_yaml(definition)
    assert canonical(load_definition(written)) == canonical(definition)
    assert write_yaml(load_definition(written)) == written
    wide = [line for line in written.splitlines() if len(line) > WIDTH and '"' not in line]
    assert not wide


@pytest.mark.parametrize("words", [*LIKE_OTHER_THINGS, *MARKED, *LINED, *LONG])
def test_odd_text_comes_back(words):
    definition = load_definition(SMALL)
    changed = definition.model_copy(update={"title": {"en": words}, "done": {"en": words}})
    assert again(changed).title == {"en": words}
    assert again(changed).done == {"en": words}

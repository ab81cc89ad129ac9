"""Editing changes what it is told to, and nothing else."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.definitions.editable_parts import part_of, parts_of
from surveys.definitions.editable_texts import Item, data_of, items_of, texts_of
from surveys.definitions.editing import Changes, apply
from surveys.definitions.fingerprint import canonical, fingerprint
from surveys.definitions.loader import load_definition
from surveys.definitions.schema import Definition
from tests.factories.definitions import definition_data
from tests.factories.surveys import SMALL, changed
from tests.surveys.definitions.test_loading import CONTENT

SMALL_DEFINITION = load_definition(SMALL)
AREA = ("pages", 1, "questions", 0)


def all_definitions():
    yield SMALL_DEFINITION
    for slug in ("community-voice", "domestic-abuse", "hate-crime", "rape"):
        yield load_definition((CONTENT / slug / "1.yaml").read_text(encoding="utf-8"))


DEFINITIONS = list(all_definitions())


def hash_of(data):
    return fingerprint(canonical(Definition.model_validate(data)))


def as_sent_by_a_browser(words):
    return words.replace("\n", "\r\n")


def unchanged(definition):
    """What a browser sends of every text and option that nobody touched."""
    return Changes(
        texts={
            text.path: {
                language: as_sent_by_a_browser(text.values.get(language, ""))
                for language in definition.languages
            }
            for text in texts_of(definition)
        },
        items={block.path: block.items for block in items_of(definition)},
        continuity=dict(definition.continuity),
        languages=definition.languages,
    )


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.survey)
def test_saving_without_a_change_gives_the_same_hash(definition):
    there = apply(data_of(definition), unchanged(definition))
    assert hash_of(there) == fingerprint(canonical(definition))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(definition_data().map(Definition.model_validate))
def test_saving_any_definition_without_a_change_gives_the_same_hash(definition):
    there = apply(data_of(definition), unchanged(definition))
    assert hash_of(there) == fingerprint(canonical(definition))


@settings(deadline=None)
@given(st.data())
def test_each_change_of_a_text_can_be_taken_back(data):
    definition = data.draw(st.sampled_from(DEFINITIONS))
    text = data.draw(st.sampled_from(texts_of(definition)))
    words = data.draw(st.text("abc «», \n", min_size=1).filter(str.strip))
    language = data.draw(st.sampled_from(["en", "cy", "en-simple"]))
    there = apply(data_of(definition), Changes(texts={text.path: {language: words}}))
    found = next(t for t in texts_of(Definition.model_validate(there)) if t.path == text.path)
    assert found.values[language].strip() == words.strip()
    others = {key: words for key, words in text.values.items() if key != language}
    assert {key: found.values[key] for key in others} == others
    back = apply(there, Changes(texts={text.path: {language: text.values.get(language, "")}}))
    again = next(t for t in texts_of(Definition.model_validate(back)) if t.path == text.path)
    # Only space around a text is lost on the way.
    assert {key: words.strip() for key, words in again.values.items()} == {
        key: words.strip() for key, words in text.values.items()
    }


@settings(deadline=None)
@given(st.data())
def test_order_and_removal_touch_nothing_else(data):
    definition = data.draw(st.sampled_from(DEFINITIONS))
    block = data.draw(st.sampled_from([b for b in items_of(definition) if len(b.items) > 1]))
    order = data.draw(st.permutations(block.items))
    there = apply(data_of(definition), Changes(items={block.path: order}))
    found = next(b for b in items_of(Definition.model_validate(there)) if b.path == block.path)
    assert list(found.items) == order
    back = apply(there, Changes(items={block.path: block.items}))
    assert json.dumps(back, sort_keys=True) == json.dumps(data_of(definition), sort_keys=True)


def test_new_option_stands_where_it_was_put():
    path = (*AREA, "options")
    block = next(b for b in items_of(SMALL_DEFINITION) if b.path == path)
    east = Item("east", is_missing=False, texts={"label": {"en": "East"}})
    items = (block.items[0], east, *block.items[1:])
    there = Definition.model_validate(
        apply(data_of(SMALL_DEFINITION), Changes(items={path: items}))
    )
    assert there.by_name["area"].codes == ("north", "east", "south")
    assert there.by_name["area"].show("east", "en") == "East"


def test_what_the_editor_does_not_show_stays_with_an_option():
    definition = load_definition(changed(SMALL, {"exclusive: true": "exclusive: true, last: true"}))
    block = next(b for b in items_of(definition) if b.path[1] == 3)
    there = apply(data_of(definition), Changes(items={block.path: tuple(reversed(block.items))}))
    option = next(
        o for o in there["pages"][3]["questions"][0]["options"] if o.get("code") == "none"
    )
    assert option == {
        "code": "none",
        "label": {"en": "None of these"},
        "exclusive": True,
        "last": True,
    }


def test_text_without_words_is_taken_out():
    path = (*AREA, "hint")
    there = apply(data_of(SMALL_DEFINITION), Changes(texts={path: {"en": "Your town"}}))
    assert there["pages"][1]["questions"][0]["hint"] == {"en": "Your town"}
    back = apply(there, Changes(texts={path: {"en": "  "}}))
    assert "hint" not in back["pages"][1]["questions"][0]


def test_a_typed_question_may_get_its_way_out():
    path = ("pages", 6, "questions", 0, "missing")
    item = Item("prefer-not-to-say", is_missing=True, texts={"label": {"en": "Prefer not to say"}})
    there = apply(data_of(SMALL_DEFINITION), Changes(items={path: (item,)}))
    assert Definition.model_validate(there).by_name["words"].missing_codes == ("prefer-not-to-say",)


def test_reason_for_continuity_comes_and_goes():
    there = apply(data_of(SMALL_DEFINITION), Changes(continuity={"area": " same places "}))
    assert there["continuity"] == {"area": "same places"}
    assert "continuity" not in apply(there, Changes(continuity={"area": ""}))


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.survey)
def test_parts_hold_every_text_once(definition):
    held = [text.path for part in parts_of(definition) for text in part.texts]
    blocks = [block.path for part in parts_of(definition) for block in part.items]
    listed = [
        text.path
        for text in texts_of(definition)
        if any(text.path[: len(path)] == path for path in blocks)
    ]
    assert sorted(map(str, held + listed)) == sorted(str(t.path) for t in texts_of(definition))
    assert len(set(blocks)) == len(blocks)


def test_mark_changes_with_its_own_part_only():
    path = (*AREA, "ask")
    there = Definition.model_validate(
        apply(data_of(SMALL_DEFINITION), Changes(texts={path: {"en": "Which part?"}}))
    )
    changed_parts = [
        part.key
        for part in parts_of(SMALL_DEFINITION)
        if part_of(there, part.key).mark != part.mark
    ]
    assert changed_parts == ["question-area"]


def test_part_counts_what_has_no_translation():
    path = (*AREA, "ask")
    changes = Changes(texts={path: {"cy": "Ble ydych chi’n byw?"}}, languages=("en", "cy"))
    there = Definition.model_validate(apply(data_of(SMALL_DEFINITION), changes))
    part = part_of(there, "question-area")
    # Of the question and its three options one is translated.
    assert (part.missing("en"), part.missing("cy")) == (0, 3)

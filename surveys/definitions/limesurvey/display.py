"""What LimeSurvey only shows: texts between questions, descriptions of groups, languages."""

from surveys.definitions.limesurvey.asking import Asking
from surveys.definitions.limesurvey.choosing import Question
from surveys.definitions.limesurvey.survey import Texts
from surveys.definitions.limesurvey.tailoring import bare
from surveys.definitions.limesurvey.texts import words_of

# A text up to here is a heading by itself.
HEADING = 160


def display(asking: Asking) -> list[Question]:
    """A text (`X`): a short one is a heading, a long one stands beneath the group's name."""
    name = asking.name()
    texts = asking.lime.texts
    asking.names.close(asking.lime, "is a text, not a question")
    if not texts:
        return [asking.asked("information", name)]
    if all(_is_heading(text) for text in texts.values()):
        hint = asking.prose(asking.lime.helps, "help")
        return [_information(name, asking.ask(), hint)]
    body = asking.prose(texts, "text")
    helps = asking.prose(asking.lime.helps, "help")
    whole = {tag: f"{text}\n\n{helps[tag]}" if tag in helps else text for tag, text in body.items()}
    return [_information(name, _heading(asking, body), whole)]


def _is_heading(text: str) -> bool:
    words = words_of(text)
    return len(words.plain) <= 1 and len(words.line) <= HEADING


def _heading(asking: Asking, body: Texts) -> Texts:
    """The group's name in each language of the text."""
    names = asking.plain(asking.group.names, "", pipes=False) if asking.group else {}
    first = next(iter(names.values()), bare(asking.lime.code))
    return {tag: names.get(tag, first) for tag in body} or {asking.languages[0]: first}


def about_group(asking: Asking) -> list[Question]:
    """The description of a group, under its name, where the survey shows it."""
    group = asking.group
    if group is None or asking.survey.setting("showgroupinfo", "B") not in ("B", "D"):
        return []
    body = asking.prose(group.descriptions, "description")
    if not body:
        return []
    names = asking.plain(group.names, "name", pipes=False)
    first = next(iter(names.values()), "…")
    ask = {tag: names.get(tag, first) for tag in body}
    return [_information(asking.names.take(f"group-{group.identity}"), ask, body)]


def language_switch(asking: Asking) -> list[Question]:
    """Nothing: every page lets people choose their language (`I`)."""
    told = "chooses the language, which every page offers and no condition can look at"
    asking.names.close(asking.lime, told)
    return []


def _information(name: str, ask: Texts, hint: Texts) -> Question:
    return {"name": name, "kind": "information", "ask": ask} | ({"hint": hint} if hint else {})

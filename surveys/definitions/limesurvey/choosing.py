"""LimeSurvey's questions with answers to choose: lists, yes/no, boxes, points and rankings."""

from dataclasses import dataclass
from typing import Any

from surveys.definitions.foreign_words import same_in, words
from surveys.definitions.limesurvey.asking import Asking
from surveys.definitions.limesurvey.expressions import ExpressionError
from surveys.definitions.limesurvey.logic import Rule, all_of, any_of
from surveys.definitions.limesurvey.meanings import Coded, Ticked, Words
from surveys.definitions.limesurvey.survey import Item, Texts
from surveys.definitions.limesurvey.validity import own_rule

Question = dict[str, Any]
# What LimeSurvey calls the answer that is written beside the list.
OTHER = "-oth-"
NO_ANSWER = "prefer-not-to-say"


@dataclass(frozen=True)
class Offer:
    """The options of a question, and for each of LimeSurvey's codes ours."""

    options: list[dict[str, Any]]
    codes: dict[str, str]
    other: str = ""


def from_list(asking: Asking) -> list[Question]:
    """Choose one of a list (`L`, `!`), perhaps with a comment beside it (`O`)."""
    name = asking.name()
    offer = offered(asking, list(asking.lime.answers), "answer")
    if offer is None:
        return []
    missing = no_answer(asking)
    asked = asking.asked("choice", name, order=order(asking))
    asked["options"] = [*offer.options, *missing]
    asked |= own_rule(asking, learn_coded(asking, name, offer.codes))
    if offer.other:
        words_ = Words(f"{name}.{offer.other}", name, asking.shown)
        asking.names.learn(asking.lime, "other", words_)
    return [asked, *(_comment(asking, name) if asking.lime.type == "O" else [])]


def _comment(asking: Asking, name: str) -> list[Question]:
    comment = asking.names.take(f"{name}_comment")
    asking.names.learn(asking.lime, "comment", Words(comment, comment, asking.shown))
    ask = {
        language: f"{text} – {asked}" if (asked := _ask(asking).get(language)) else text
        for language, text in words("comment", asking.languages).items()
    }
    return [{"name": comment, "kind": "long-text", "ask": ask}]


def _ask(asking: Asking) -> Texts:
    return asking.plain(asking.lime.texts, "text")


def boxes(asking: Asking) -> list[Question]:
    """Tick any number (`M`), perhaps each with a comment (`P`)."""
    name, lime = asking.name(), asking.lime
    offer = offered(asking, list(lime.subquestions), "subquestion")
    if offer is None:
        return []
    alone = {code.strip() for code in asking.attribute("exclude_all_others").split(";")} - {""}
    for theirs, option in zip(offer.codes, offer.options, strict=True):
        option.update({"exclusive": True} if theirs in alone else {})
        option.update({"write_in": True} if lime.type == "P" and theirs not in alone else {})
    for theirs in alone - set(offer.codes):
        asking.trouble("exclude_all_others", f"no subquestion is called {theirs}")
    asked = asking.asked("choices", name, order=order(asking))
    asked["options"] = offer.options
    asked |= {"max_choices": most} if (most := asking.whole("max_answers", least=1)) else {}
    asked |= at_least(asking, name)
    _learn_boxes(asking, name, offer)
    return [asked]


def _learn_boxes(asking: Asking, name: str, offer: Offer) -> None:
    all_boxes = tuple(offer.codes.values())
    for theirs, code in offer.codes.items():
        box = Ticked(name, name, asking.shown, code, all_boxes)
        part = "other" if theirs == OTHER else theirs
        asking.names.learn(asking.lime, part, box)
        beside = Words(f"{name}.{code}", name, asking.shown)
        asking.names.learn(asking.lime, f"{part}comment", beside)


def at_least(asking: Asking, name: str) -> dict[str, Any]:
    """How many must be chosen or ranked by whoever answers at all, beyond one."""
    least = asking.whole("min_answers") or 1
    return {"valid_if": {name: {"count": {"ge": least}}}} if least > 1 else {}


def yes_no(asking: Asking) -> list[Question]:
    name = asking.name()
    asked = asking.asked("yes-no", name, missing=no_answer(asking))
    # English and Welsh are built in.
    labels = {
        code: {
            tag: text
            for tag, text in words(code, asking.languages).items()
            if tag[:2] not in BUILT_IN
        }
        for code in ("yes", "no")
    }
    if any(labels.values()):
        asked["labels"] = labels
    learn_coded(asking, name, {"Y": "yes", "N": "no"})
    return [asked]


BUILT_IN = ("en", "cy")


def gender(asking: Asking) -> list[Question]:
    name = asking.name()
    labels = {"F": words("female", asking.languages), "M": words("male", asking.languages)}
    options = [{"code": code, "label": label} for code, label in labels.items()]
    learn_coded(asking, name, {code: code for code in labels})
    asked = asking.asked("choice", name)
    return [asked | {"options": [*options, *no_answer(asking)]}]


def five_points(asking: Asking) -> list[Question]:
    name = asking.name()
    options = points(asking, 5)
    learn_coded(asking, name, {option["code"]: option["code"] for option in options})
    asked = asking.asked("scale", name)
    return [asked | {"options": [*options, *no_answer(asking)]}]


def points(asking: Asking, most: int) -> list[dict[str, Any]]:
    """The numbers from 1 on, as options."""
    numbers = map(str, range(1, most + 1))
    return [{"code": n, "label": same_in(n, asking.languages)} for n in numbers]


def ranking(asking: Asking) -> list[Question]:
    name = asking.name()
    # Since version 7 the things to rank may be subquestions.
    items = list(asking.lime.answers or asking.lime.subquestions)
    if asking.lime.has_other:
        asking.trouble("other", "words of one's own can't be ranked")
    offer = offered(asking, items, "answer", with_other=False)
    if offer is None:
        return []
    asking.names.close(asking.lime, "is a ranking, whose places no condition can look at")
    asked = asking.asked("ranking", name, order=order(asking), most=_places(asking, len(items)))
    return [asked | {"options": offer.options} | at_least(asking, name)]


def _places(asking: Asking, most: int) -> int | None:
    limits = [asking.whole("max_answers", least=1), asking.whole("max_subquestions", least=1)]
    least = min((limit for limit in limits if limit), default=most)
    return least if least < most else None


def learn_coded(asking: Asking, name: str, codes: dict[str, str]) -> Coded:
    """Lets later expressions look at the answer; what its name means."""
    missing = (NO_ANSWER,) if _offers_no_answer(asking) else ()
    meaning = Coded(name, name, asking.shown, codes, missing)
    asking.names.learn(asking.lime, "", meaning)
    return meaning


def offered(
    asking: Asking, items: list[Item], part: str, *, with_other: bool = True
) -> Offer | None:
    """The options of the answers or subquestions; None, and a trouble, where there are none."""
    items = asking.distinct(items, f"{part}s")
    has_other = with_other and asking.lime.has_other
    if not items and not has_other:
        asking.trouble(part, "it offers nothing to choose: the question is left out")
        asking.names.close(asking.lime, "is not carried over")
        return None
    if asking.is_on("alphasort") or asking.attribute("answer_order") == "alphabetical":
        items = sorted(items, key=lambda item: str(next(iter(item.texts.values()), "")).casefold())
    codes = dict(zip([i.code for i in items], asking.codes(items, f"{part}s"), strict=False))
    options = [{"code": codes[item.code], "label": asking.label(item, part)} for item in items]
    other = _other(asking, codes, options) if has_other else ""
    _narrow(asking, [*(item.code for item in items), *(["other"] if other else [])], items, options)
    return Offer(options, codes, other)


def _other(asking: Asking, codes: dict[str, str], options: list[dict[str, Any]]) -> str:
    other = "other" if "other" not in codes.values() else "other-words"
    replaced = asking.attribute_texts("other_replace_text")
    said = asking.plain(replaced, "other_replace_text", pipes=False)
    label = words("other", asking.languages) | said
    options.append({"code": other, "label": label, "write_in": True})
    codes[OTHER] = other
    return other


def _narrow(
    asking: Asking, theirs: list[str], items: list[Item], options: list[dict[str, Any]]
) -> None:
    """Offers each option only where LimeSurvey would, and asks only where one is offered."""
    own = {item.code: relevance(asking, item) for item in items}
    filtered = filters(asking, theirs)
    rules = [all_of([own.get(code, True), filtered.get(code, True)]) for code in theirs]
    for option, rule in zip(options, rules, strict=True):
        if not isinstance(rule, bool):
            option["show_if"] = rule
    asking.shown = all_of([asking.shown, any_of(rules)])


def relevance(asking: Asking, item: Item) -> Rule:
    """When a subquestion of its own is shown."""
    rule = asking.condition(item.relevance, f"relevance of {item.code}", line=item.line)
    return True if rule is None else rule


def filters(asking: Asking, codes: list[str]) -> dict[str, Rule]:
    """For each code when `array_filter` and `array_filter_exclude` let it through."""
    found: dict[str, Rule] = dict.fromkeys(codes, True)
    for attribute in ("array_filter", "array_filter_exclude"):
        for source in asking.attribute(attribute).split(";"):
            if not source.strip():
                continue
            rules = _filter(asking, attribute, source.strip(), codes)
            found = {code: all_of([found[code], rules.get(code, True)]) for code in codes}
    return found


def _filter(asking: Asking, attribute: str, source: str, codes: list[str]) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for code in codes:
        try:
            meaning = asking.names.meaning(f"{source}_{code}")
        except ExpressionError as error:
            if code == "other":
                continue
            asking.trouble(attribute, f"{source}: {error}; all are offered")
            return {}
        asking.rests_on.add(meaning.question)
        rules[code] = meaning.given() if attribute == "array_filter" else meaning.empty()
    return rules


def order(asking: Asking) -> str | None:
    """Random where one of the attributes says so; all of them count as carried."""
    said = [asking.is_on(name) for name in ("random_order", "answer_order", "subquestion_order")]
    return "random" if True in said else None


def no_answer(asking: Asking) -> list[dict[str, Any]]:
    """LimeSurvey's own "No answer", where it shows one."""
    if not _offers_no_answer(asking):
        return []
    return [{"missing": NO_ANSWER, "label": words("no-answer", asking.languages)}]


def _offers_no_answer(asking: Asking) -> bool:
    return asking.lime.mandatory != "Y" and asking.survey.setting("shownoanswer", "Y") == "Y"

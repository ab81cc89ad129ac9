"""From the bytes of a LimeSurvey file to the data of a definition."""

import json
import re
from collections.abc import Callable
from typing import Any

from surveys.definitions.importing import Imported, ImportRefusedError, Trouble
from surveys.definitions.limesurvey.arrays import array, dual
from surveys.definitions.limesurvey.asking import Asking
from surveys.definitions.limesurvey.attributes import tell_what_is_left
from surveys.definitions.limesurvey.choosing import (
    Question,
    boxes,
    five_points,
    from_list,
    gender,
    ranking,
    yes_no,
)
from surveys.definitions.limesurvey.display import about_group, display, language_switch
from surveys.definitions.limesurvey.equations import equation
from surveys.definitions.limesurvey.logic import Rule, all_of
from surveys.definitions.limesurvey.naming import Names
from surveys.definitions.limesurvey.notes import Notes
from surveys.definitions.limesurvey.old_conditions import from_rows
from surveys.definitions.limesurvey.pages import SMALL_GROUP, Pages
from surveys.definitions.limesurvey.quotas import end_by_quotas
from surveys.definitions.limesurvey.survey import LimeGroup, LimeSurvey, arranged
from surveys.definitions.limesurvey.tables import NotLimeSurveyError, read_tables
from surveys.definitions.limesurvey.written import day, number, numbers, text, texts
from surveys.definitions.naming import as_slug

KINDS: dict[str, Callable[[Asking], list[Question]]] = {
    "L": from_list, "!": from_list, "O": from_list, "5": five_points, "Y": yes_no, "G": gender,
    "M": boxes, "P": boxes, "R": ranking, "A": array, "B": array, "C": array, "E": array,
    "F": array, "H": array, "1": dual, "N": number, "K": numbers, "S": text, "T": text,
    "U": text, "Q": texts, "D": day, "X": display, "I": language_switch, "*": equation,
}  # fmt: skip
REFUSED = {
    "|": "an upload: files can't be taken",
    ":": "an array of numbers: ask for the numbers one by one",
    ";": "an array of texts: ask for the texts one by one",
}
# Several fields that belong together, or one that fills the screen.
ALONE = set("1ABCEFHKOQ")
SECONDS_A_QUESTION = 12
# What becomes of a question whose condition can't be carried; said, since it may hurt.
EVERYBODY = "until it is put right, everybody is asked"


class LimeSurveyError(ImportRefusedError):
    """A LimeSurvey file that can't be carried over, or not whole."""


def read_limesurvey(
    data: bytes, *, file_name: str, survey: str | None = None, lenient: bool = False
) -> Imported:
    """The definition data of a `.lss` or `.lss.gz`, under the name `survey` or the file's.

    Raises LimeSurveyError with everything that can't be carried; a lenient import leaves that out
    and lists it.
    """
    try:
        tables = read_tables(data)
    except NotLimeSurveyError as error:
        raise LimeSurveyError((Trouble(file_name, str(error)),)) from None
    lime = arranged(tables)
    notes = Notes(file_name)
    pages = _carry(lime, notes)
    if not pages:
        notes.add("", "it has no question that can be carried over")
        raise LimeSurveyError(notes.troubles)
    carried = _definition(lime, Asking(lime, Names(lime), notes), pages, survey or _slug(file_name))
    if notes.troubles and not lenient:
        raise LimeSurveyError(notes.troubles)
    # Rules that several questions share are written out for each, so that one can be edited.
    return Imported(json.loads(json.dumps(carried)), notes.troubles)


def _carry(lime: LimeSurvey, notes: Notes) -> list[dict[str, Any]]:
    names, pages = Names(lime), Pages()
    whole = Asking(lime, names, notes)
    _tell_of_survey(whole)
    for group in lime.groups:
        _carry_group(lime, names, notes, group, pages)
    end_by_quotas(whole, pages)
    return [sheet.page() for sheet in pages.sheets]


def _carry_group(
    lime: LimeSurvey, names: Names, notes: Notes, group: LimeGroup, pages: Pages
) -> None:
    asking = Asking(lime, names, notes, group)
    shown = asking.condition(group.relevance, "relevance", meanwhile=EVERYBODY)
    if shown is False:
        asking.trouble("relevance", "the group is never shown: it is left out")
        for question in group.questions:
            names.close(question, "is never asked")
        return
    if group.shuffled_with:
        asking.trouble("randomization_group", "groups keep their order: only options are shuffled")
    pages.begin(asking.plain(group.names, "name", pipes=False), is_small=_is_small(lime, group))
    rule: Rule = True if shown is None else shown
    if told := about_group(asking):
        pages.add(told, rule, asking.rests_on, is_alone=False)
    for question in group.questions:
        _carry_question(Asking(lime, names, notes, group, question), rule, asking.rests_on, pages)


def _carry_question(asking: Asking, of_group: Rule, group_rests_on: set[str], pages: Pages) -> None:
    lime = asking.lime
    kind = KINDS.get(lime.type)
    if kind is None:
        told = REFUSED.get(lime.type, f"the type {lime.type[:20]!r} is not known")
        asking.trouble("type", f"{told}; the question is left out")
        asking.names.close(lime, "is not carried over")
        return
    if asking.attribute("hidden") == "1" and lime.type != "*":
        told = "it is hidden and gets its answer from elsewhere; the question is left out"
        asking.trouble("hidden", told)
        asking.names.close(lime, "is hidden, and not carried over")
        return
    asking.rests_on |= group_rests_on
    asking.shown = all_of([of_group, _relevance(asking)])
    if asking.shown is False:
        asking.trouble("relevance", "the question is never shown: it is left out")
        asking.names.close(lime, "is never asked")
        return
    questions = kind(asking)
    _tell_of_question(asking)
    if questions:
        pages.add(questions, asking.shown, asking.rests_on, is_alone=lime.type in ALONE)


def _relevance(asking: Asking) -> Rule:
    lime = asking.lime
    if lime.relevance in ("", "1") and lime.conditions:
        line = lime.conditions[0].line
        rule = asking.attempt(
            "conditions",
            lambda: asking.reader_condition(from_rows(lime.conditions, asking.survey.by_number)),
            line,
            meanwhile=EVERYBODY,
        )
        return True if rule is None else rule
    rule = asking.condition(lime.relevance, "relevance", meanwhile=EVERYBODY)
    return True if rule is None else rule


def _is_small(lime: LimeSurvey, group: LimeGroup) -> bool:
    asked = [question for question in group.questions if question.type not in ("X", "*", "I")]
    return len(asked) <= SMALL_GROUP and lime.setting("format", "G") != "S"


def _tell_of_question(asking: Asking) -> None:
    """Notes what a question has that no kind can carry."""
    lime = asking.lime
    if lime.pattern:
        asking.trouble("preg", f"the pattern {lime.pattern[:60]} for answers can't be carried")
    if lime.has_default:
        asking.trouble("default", "nothing is answered beforehand: the default is left out")
    if lime.has_script:
        asking.trouble("script", "a script can't be carried")
    if lime.mandatory == "S":
        asking.trouble("mandatory", "softly mandatory: the question may be skipped here")
    tell_what_is_left(asking)


def _tell_of_survey(asking: Asking) -> None:
    lime = asking.survey
    for code in lime.left_languages:
        told = f"the language {code!r} is no known code, or the same as another one"
        asking.trouble("languages", told)
    if lime.setting("assessments", "N") == "Y":
        asking.trouble("assessments", "points for answers can't be carried")
    if lime.setting("autoredirect", "N") == "Y":
        asking.trouble("autoredirect", "nobody is sent on to another address after sending")
    for question in lime.strays:
        told = f"the question {question.code} belongs to no group: it is left out"
        asking.trouble("questions", told, line=question.line)
        asking.names.close(question, "is not carried over")


def _definition(
    lime: LimeSurvey, asking: Asking, pages: list[dict[str, Any]], survey: str
) -> dict[str, Any]:
    """The whole definition; what LimeSurvey does not say is set so that nothing is promised."""
    title = asking.plain(lime.texts.get("title", {}), "title", pipes=False)
    questions = sum(len(page["questions"]) for page in pages)
    start = [
        asking.prose(lime.texts.get(name, {}), name, pipes=False)
        for name in ("description", "welcometext", "policy_notice")
    ]
    whole_start = {
        language: "\n\n".join(part[language] for part in start if language in part)
        for language in asking.languages
        if any(language in part for part in start)
    }
    done = asking.prose(lime.texts.get("endtext", {}), "endtext", pipes=False)
    return {
        "survey": survey,
        "version": 1,
        "title": title or {asking.languages[0]: survey},
        "policy": "sensitive",
        "design": "self-selected",
        "discreet": False,
        "listed": False,
        "minutes": min(120, max(1, round(questions * SECONDS_A_QUESTION / 60))),
        "languages": list(asking.languages),
        **({"start": whole_start} if whole_start else {}),
        **({"done": done} if done else {}),
        "pages": pages,
    }


def _slug(file_name: str) -> str:
    name = re.sub(r"(\.lss)?(\.gz)?$", "", re.split(r"[/\\]", file_name)[-1], flags=re.I)
    return as_slug(name)

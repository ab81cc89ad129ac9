"""LimeSurvey's quotas: one of none at all turns people away, which is our screen-out."""

from surveys.definitions.limesurvey.asking import Asking
from surveys.definitions.limesurvey.expressions import ExpressionError
from surveys.definitions.limesurvey.logic import Rule, all_of, any_of
from surveys.definitions.limesurvey.pages import Pages
from surveys.definitions.limesurvey.survey import Texts
from surveys.definitions.limesurvey.tables import Row


def end_by_quotas(asking: Asking, pages: Pages) -> None:
    """Ends the survey where a quota of 0 does; a trouble for each other quota in force."""
    tables = asking.survey.tables
    messages = tables.by("quota_languagesettings", "quotals_quota_id")
    members = tables.by("quota_members", "quota_id")
    positions = pages.positions()
    for quota in tables["quota"]:
        if quota["active"].strip() == "0":
            continue
        try:
            if quota["qlimit"].strip() != "0":
                raise ExpressionError("nobody is turned away once a number of answers is reached")
            say = _said(asking, messages.get(quota["id"], []), line=quota.line)
            when, questions = _when(asking, members.get(quota["id"], []))
        except ExpressionError as error:
            asking.trouble(f"quota “{quota['name'][:60]}”", str(error), line=quota.line)
            continue
        last = max(positions[question] for question in questions)
        pages.sheets[last].end_if.append({"when": when, "outcome": "screen-out", "say": say})


def _said(asking: Asking, messages: list[Row], *, line: int) -> Texts:
    """What is said to whom it turns away."""
    languages = asking.survey.languages
    texts = {
        languages[row["quotals_language"]]: row["quotals_message"]
        for row in messages
        if row["quotals_language"] in languages and row["quotals_message"].strip()
    }
    said = asking.plain(texts, "quota message", line=line, pipes=False)
    if not said:
        raise ExpressionError("it has no message to say to whom it turns away")
    return said


def _when(asking: Asking, members: list[Row]) -> tuple[Rule, set[str]]:
    """Any of the answers to each of the questions that the quota names."""
    found: dict[str, list[Rule]] = {}
    names: set[str] = set()
    for member in members:
        question = asking.survey.by_number.get(member["qid"])
        if question is None:
            raise ExpressionError(f"it names a question ({member['qid']}) that is not there")
        code = member["code"].strip()
        is_box = question.is_of_boxes
        meaning = asking.names.meaning(f"{question.code}_{code}" if is_box else question.code)
        rule = meaning.given() if is_box else meaning.compared("==", code)
        found.setdefault(question.code, []).append(rule)
        names.add(meaning.question)
    when = all_of(any_of(rules) for rules in found.values())
    if isinstance(when, bool):
        raise ExpressionError("it names no answers")
    return when, names

"""LimeSurvey's quotas: one of none at all turns people away, which is our screen-out."""

from surveys.definitions.limesurvey.asking import Asking
from surveys.definitions.limesurvey.expressions import ExpressionError
from surveys.definitions.limesurvey.logic import Rule, all_of, any_of
from surveys.definitions.limesurvey.pages import Pages
from surveys.definitions.limesurvey.survey import Texts
from surveys.definitions.limesurvey.tables import Row


def end_by_quotas(asking: Asking, pages: Pages) -> None:
    """Ends the survey where a quota of 0 does; a trouble for each other quota in force."""
    for quota in asking.survey.tables["quota"]:
        if quota["active"].strip() == "0":
            continue
        name = f"quota “{quota['name'][:60]}”"
        try:
            _end(asking, quota, pages)
        except (ExpressionError, KeyError) as error:
            asking.trouble(name, str(error).strip("'"), line=quota.line)


def _end(asking: Asking, quota: Row, pages: Pages) -> None:
    if quota["qlimit"].strip() != "0":
        raise ExpressionError("nobody is turned away once a number of answers is reached")
    say = asking.plain(_message(asking, quota), "quota message", line=quota.line, pipes=False)
    if not say:
        raise ExpressionError("it has no message to say to whom it turns away")
    when, questions = _when(asking, quota)
    last = max(pages.of(question) for question in questions)
    pages.sheets[last].end_if.append({"when": when, "outcome": "screen-out", "say": say})


def _message(asking: Asking, quota: Row) -> Texts:
    rows = asking.survey.tables.where("quota_languagesettings", "quotals_quota_id", quota["id"])
    languages = asking.survey.languages
    return {
        languages[row["quotals_language"]]: row["quotals_message"]
        for row in rows
        if row["quotals_language"] in languages and row["quotals_message"].strip()
    }


def _when(asking: Asking, quota: Row) -> tuple[Rule, set[str]]:
    """Any of the answers to each of the questions that the quota names."""
    questions = {q.identity: q for q in asking.survey.questions}
    found: dict[str, list[Rule]] = {}
    names: set[str] = set()
    for member in asking.survey.tables.where("quota_members", "quota_id", quota["id"]):
        question = questions.get(member["qid"])
        if question is None:
            raise ExpressionError(f"it names a question ({member['qid']}) that is not there")
        is_box = question.type in ("M", "P")
        code = member["code"].strip()
        meaning = asking.names.meaning(f"{question.code}_{code}" if is_box else question.code)
        rule = meaning.given() if is_box else meaning.compared("==", code)
        found.setdefault(question.code, []).append(rule)
        names.add(meaning.question)
    when = all_of(any_of(rules) for rules in found.values())
    if isinstance(when, bool):
        raise ExpressionError("it names no answers")
    return when, names

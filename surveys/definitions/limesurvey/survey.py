"""A LimeSurvey survey as its author sees it: groups, questions, subquestions, answers.

Up to version 3 a table had a row for each language; since version 4 the texts are in tables of
their own (`question_l10ns` and the like). Here both look the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from surveys.definitions.limesurvey.tables import Row, Tables

# Texts by our language code, HTML as LimeSurvey keeps it.
Texts = dict[str, str]

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})*")


@dataclass(frozen=True)
class Item:
    """A subquestion or an answer option."""

    code: str
    texts: Texts
    scale: int
    relevance: str
    line: int


@dataclass(frozen=True)
class LimeQuestion:
    identity: str
    code: str
    type: str
    texts: Texts
    helps: Texts
    mandatory: str
    has_other: bool
    relevance: str
    pattern: str
    has_script: bool
    subquestions: tuple[Item, ...]
    answers: tuple[Item, ...]
    # Attribute to texts by language; "" is for all languages.
    attributes: dict[str, Texts]
    conditions: tuple[Row, ...]
    has_default: bool
    line: int

    @property
    def is_of_boxes(self) -> bool:
        """Whether any number can be ticked: each box is an answer of its own then."""
        return self.type in ("M", "P")


@dataclass(frozen=True)
class LimeGroup:
    identity: str
    names: Texts
    descriptions: Texts
    relevance: str
    shuffled_with: str
    questions: tuple[LimeQuestion, ...]
    line: int


@dataclass(frozen=True)
class LimeSurvey:
    identity: str
    settings: Row
    # Our code for each of LimeSurvey's, the survey's own language first.
    languages: dict[str, str]
    left_languages: tuple[str, ...]
    texts: dict[str, Texts]
    groups: tuple[LimeGroup, ...]
    strays: tuple[LimeQuestion, ...] = ()
    tables: Tables = field(default_factory=Tables)

    @cached_property
    def questions(self) -> tuple[LimeQuestion, ...]:
        """The questions of all groups, in order."""
        return tuple(question for group in self.groups for question in group.questions)

    @cached_property
    def by_number(self) -> dict[str, LimeQuestion]:
        return {question.identity: question for question in self.questions}

    @cached_property
    def group_of(self) -> dict[str, str]:
        """The number of each question's group, by its own number."""
        return {q.identity: group.identity for group in self.groups for q in group.questions}

    def setting(self, name: str, default: str) -> str:
        """A setting; `I`, since version 4, inherits what the installation has."""
        value = self.settings[name].strip()
        return default if value in ("", "I", "inherit", "-1") else value


def arranged(tables: Tables) -> LimeSurvey:
    """The survey that the tables hold, everything in the order in which it is shown."""
    settings = tables.first("surveys")
    languages, left = _languages(tables, settings)
    questions = _Questions(tables, languages).arranged()
    groups = tuple(_groups(tables, languages, questions))
    known = {group.identity for group in groups}
    return LimeSurvey(
        identity=settings["sid"] or tables.first("groups")["sid"],
        settings=settings,
        languages=languages,
        left_languages=left,
        texts=_survey_texts(tables, languages),
        groups=groups,
        strays=tuple(q for gid, asked in questions.items() if gid not in known for q in asked),
        tables=tables,
    )


def _languages(tables: Tables, settings: Row) -> tuple[dict[str, str], tuple[str, ...]]:
    """LimeSurvey's codes to ours; and the codes that can't be told from another one."""
    codes = [settings["language"], *settings["additional_languages"].split(), *tables.languages]
    found: dict[str, str] = {}
    left: list[str] = []
    for code in dict.fromkeys(code.strip() for code in codes if code.strip()):
        # LimeSurvey's own endings for how people are addressed; no standard knows them.
        ours = code.removesuffix("-informal").removesuffix("-formal").replace("-easy", "-simple")
        if LANGUAGE.fullmatch(ours) and ours not in found.values():
            found[code] = ours
        else:
            left.append(code)
    return found or {"en": "en"}, tuple(left)


def _survey_texts(tables: Tables, languages: dict[str, str]) -> dict[str, Texts]:
    texts: dict[str, Texts] = defaultdict(dict)
    for row in tables["surveys_languagesettings"]:
        language = languages.get(row["surveyls_language"])
        for column, text in row.columns.items():
            if language and text.strip():
                texts[column.removeprefix("surveyls_")][language] = text
    order = list(languages.values())
    return {
        name: dict(sorted(said.items(), key=lambda item: order.index(item[0])))
        for name, said in texts.items()
    }


def _groups(
    tables: Tables, languages: dict[str, str], questions: dict[str, list[LimeQuestion]]
) -> Iterator[LimeGroup]:
    rows = tables.by("groups", "gid")
    extra = tables.by("group_l10ns", "gid")
    for gid in _ordered(rows, "group_order"):
        said = [*rows[gid], *extra.get(gid, [])]
        yield LimeGroup(
            identity=gid,
            names=_said(said, "group_name", languages),
            descriptions=_said(said, "description", languages),
            relevance=_first(rows[gid], "grelevance"),
            shuffled_with=_first(rows[gid], "randomization_group"),
            questions=tuple(questions.get(gid, ())),
            line=rows[gid][0].line,
        )


class _Questions:
    """Puts the rows of the question tables together."""

    def __init__(self, tables: Tables, languages: dict[str, str]) -> None:
        self.languages = languages
        self.rows = tables.by("questions", "qid")
        self.texts = tables.by("question_l10ns", "qid")
        self.subquestions = tables.by("subquestions", "qid")
        # Some tools write subquestions among the questions.
        for qid in [q for q, rows in self.rows.items() if rows[0]["parent_qid"] not in ("", "0")]:
            self.subquestions.setdefault(qid, []).extend(self.rows.pop(qid))
        self.answers = tables.by("answers", "qid")
        self.answer_texts = tables.by("answer_l10ns", "aid")
        self.attributes = tables.by("question_attributes", "qid")
        self.conditions = tables.by("conditions", "qid")
        defaults = [
            row
            for table in ("defaultvalues", "defaultvalue_l10ns")
            for row in tables[table]
            if row["defaultvalue"].strip()
        ]
        dvids = {row["dvid"] for row in defaults if row["dvid"]}
        defaults += [row for row in tables["defaultvalues"] if row["dvid"] in dvids]
        self.defaulted = {row["qid"] for row in defaults if row["qid"]}

    def arranged(self) -> dict[str, list[LimeQuestion]]:
        """The questions of each group, in order."""
        parts: dict[str, list[Item]] = defaultdict(list)
        for qid in _ordered(self.subquestions, "question_order"):
            rows = self.subquestions[qid]
            parts[rows[0]["parent_qid"]].append(self._subquestion(qid, rows))
        found: dict[str, list[LimeQuestion]] = defaultdict(list)
        for qid in _ordered(self.rows, "question_order"):
            found[self.rows[qid][0]["gid"]].append(self._question(qid, parts.get(qid, [])))
        return found

    def _question(self, qid: str, subquestions: list[Item]) -> LimeQuestion:
        rows = self.rows[qid]
        said = [*rows, *self.texts.get(qid, [])]
        return LimeQuestion(
            identity=qid,
            code=rows[0]["title"].strip(),
            type=rows[0]["type"].strip(),
            texts=_said(said, "question", self.languages),
            helps=_said(said, "help", self.languages),
            mandatory=rows[0]["mandatory"].strip() or "N",
            has_other=rows[0]["other"].strip() == "Y",
            relevance=_first(rows, "relevance"),
            pattern=_first(rows, "preg"),
            has_script=any(row["script"].strip() for row in said),
            subquestions=tuple(subquestions),
            answers=tuple(self._answers(qid)),
            attributes=self._attributes(qid),
            conditions=tuple(self.conditions.get(qid, ())),
            has_default=qid in self.defaulted,
            line=rows[0].line,
        )

    def _subquestion(self, qid: str, rows: list[Row]) -> Item:
        said = [*rows, *self.texts.get(qid, [])]
        return Item(
            code=rows[0]["title"].strip(),
            texts=_said(said, "question", self.languages),
            scale=rows[0].number("scale_id"),
            relevance=_first(rows, "relevance"),
            line=rows[0].line,
        )

    def _answers(self, qid: str) -> Iterator[Item]:
        by_code: dict[tuple[int, str], list[Row]] = defaultdict(list)
        ordered = sorted(self.answers.get(qid, []), key=lambda row: row.number("sortorder"))
        for row in ordered:
            by_code[row.number("scale_id"), row["code"].strip()].append(row)
        for (scale, code), rows in by_code.items():
            said = [
                *rows,
                *(text for row in rows for text in self.answer_texts.get(row["aid"], [])),
            ]
            yield Item(code, _said(said, "answer", self.languages), scale, "", rows[0].line)

    def _attributes(self, qid: str) -> dict[str, Texts]:
        found: dict[str, Texts] = defaultdict(dict)
        for row in self.attributes.get(qid, []):
            code = row["language"].strip()
            language = self.languages.get(code, "" if not code else None)
            if language is not None and row["value"].strip():
                found[row["attribute"].strip()][language] = row["value"]
        return dict(found)


def _ordered(rows: dict[str, list[Row]], column: str) -> list[str]:
    return sorted(rows, key=lambda key: rows[key][0].number(column))


def _said(rows: Iterable[Row], column: str, languages: dict[str, str]) -> Texts:
    """The texts of a column, in the order of the survey's languages."""
    found = {
        languages[row["language"]]: row[column]
        for row in rows
        if row["language"] in languages and row[column].strip()
    }
    return {language: found[language] for language in languages.values() if language in found}


def _first(rows: Iterable[Row], column: str) -> str:
    """The first text that a column has in any language's row."""
    return next((row[column].strip() for row in rows if row[column].strip()), "")

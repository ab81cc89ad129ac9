"""Small LimeSurvey files made by hand, in the layout of any version."""

from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from surveys.definitions.limesurvey import read_limesurvey
from surveys.definitions.loader import build_definition
from surveys.definitions.places import Marked
from surveys.definitions.schema import Definition


@dataclass
class Lime:
    """One question: `subs` and `answers` are code to text, `texts` language to text."""

    code: str
    type: str
    text: str = "Asked"
    texts: dict[str, str] = field(default_factory=dict)
    help: str = ""
    mandatory: str = "N"
    other: str = "N"
    relevance: str = "1"
    preg: str = ""
    subs: dict[str, str] = field(default_factory=dict)
    sub_relevance: dict[str, str] = field(default_factory=dict)
    # The second scale of an array.
    columns: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    answers_2: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)

    def said(self, language: str) -> str:
        return self.texts.get(language, self.text if not self.texts else "")


@dataclass
class Group:
    questions: list[Lime]
    name: str = "Page"
    description: str = ""
    relevance: str = ""
    randomization: str = ""


def lss(
    *groups: Group | Lime,
    languages: tuple[str, ...] = ("en",),
    is_new: bool = False,
    settings: dict[str, str] | None = None,
    said: dict[str, str] | None = None,
    tables: dict[str, list[dict[str, Any]]] | None = None,
) -> bytes:
    """A file with these groups; bare questions make a group of their own.

    `is_new` puts the texts into tables of their own, as versions from 4 on do.
    """
    bare = [one for one in groups if isinstance(one, Lime)]
    whole = [one for one in groups if isinstance(one, Group)] + ([Group(bare)] if bare else [])
    rows = _rows(whole, languages, is_new=is_new)
    rows["surveys"] = [
        {
            "sid": 12,
            "language": languages[0],
            "additional_languages": " ".join(languages[1:]),
            "format": "G",
            **(settings or {}),
        }
    ]
    rows["surveys_languagesettings"] = [
        {"surveyls_language": language, "surveyls_title": "Street lights", **(said or {})}
        for language in languages
    ]
    return written(rows | (tables or {}), languages)


def _rows(
    groups: list[Group], languages: tuple[str, ...], *, is_new: bool
) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}

    def add(table: str, own: dict[str, Any], texts: dict[str, dict[str, str]], l10n: str) -> None:
        """A row, with its texts beside it or in a table of their own."""
        if is_new:
            rows.setdefault(table, []).append(own)
            key = {"group_l10ns": "gid", "question_l10ns": "qid", "answer_l10ns": "aid"}[l10n]
            rows.setdefault(l10n, []).extend(
                {key: own[key], "language": tag, **said} for tag, said in texts.items()
            )
        else:
            rows.setdefault(table, []).extend(
                {**own, "language": tag, **said} for tag, said in texts.items()
            )

    qid = sub_id = aid = 0
    for gid, group in enumerate(groups, start=1):
        texts = {
            tag: {"group_name": group.name, "description": group.description} for tag in languages
        }
        own = {
            "gid": gid,
            "group_order": gid,
            "grelevance": group.relevance,
            "randomization_group": group.randomization,
        }
        add("groups", own, texts, "group_l10ns")
        for question in group.questions:
            qid += 1
            texts = {
                tag: {"question": question.said(tag), "help": question.help} for tag in languages
            }
            own = {
                "qid": qid,
                "parent_qid": 0,
                "gid": gid,
                "type": question.type,
                "title": question.code,
                "preg": question.preg,
                "other": question.other,
                "mandatory": question.mandatory,
                "question_order": qid,
                "relevance": question.relevance,
                **question.extra,
            }
            add("questions", own, texts, "question_l10ns")
            parts = [(0, *item) for item in question.subs.items()]
            for scale, code, text in [*parts, *((1, *item) for item in question.columns.items())]:
                sub_id += 1
                own = {
                    "qid": 1000 + sub_id,
                    "parent_qid": qid,
                    "gid": gid,
                    "title": code,
                    "question_order": sub_id,
                    "scale_id": scale,
                    "relevance": question.sub_relevance.get(code, ""),
                }
                texts = {tag: {"question": text} for tag in languages}
                add("subquestions", own, texts, "question_l10ns")
            parts = [(0, *item) for item in question.answers.items()]
            for scale, code, text in [*parts, *((1, *item) for item in question.answers_2.items())]:
                aid += 1
                own = {"aid": aid, "qid": qid, "code": code, "sortorder": aid, "scale_id": scale}
                add("answers", own, {tag: {"answer": text} for tag in languages}, "answer_l10ns")
            rows.setdefault("question_attributes", []).extend(
                {"qid": qid, "attribute": name, "value": value}
                for name, value in question.attributes.items()
            )
    return rows


def written(rows: dict[str, list[dict[str, Any]]], languages: tuple[str, ...] = ("en",)) -> bytes:
    """The XML of some tables."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<document>",
        "<LimeSurveyDocType>Survey</LimeSurveyDocType>",
        "<DBVersion>500</DBVersion>",
        "<languages>",
        *(f"<language>{language}</language>" for language in languages),
        "</languages>",
    ]
    for table, table_rows in rows.items():
        lines += [f"<{table}>", "<rows>"]
        for row in table_rows:
            cells = [f"<{name}>{escape(str(value))}</{name}>" for name, value in row.items()]
            lines += ["<row>", *cells, "</row>"]
        lines += ["</rows>", f"</{table}>"]
    return "\n".join([*lines, "</document>"]).encode()


def carried(data: bytes) -> Definition:
    """The definition of a file of which nothing is left out."""
    imported = read_limesurvey(data, file_name="form.lss", survey="lights")
    return build_definition(Marked(imported.data)).definition


def pages_of(*groups: Group | Lime, **keys: Any) -> list[dict[str, Any]]:
    """The pages of a file that is carried whole, and known to make a definition."""
    data = lss(*groups, **keys)
    carried(data)
    pages: list[dict[str, Any]] = read_limesurvey(data, file_name="form.lss").data["pages"]
    return pages


def question_of(*groups: Group | Lime, **keys: Any) -> dict[str, Any]:
    """The last question of a file that is carried whole."""
    found: dict[str, Any] = pages_of(*groups, **keys)[-1]["questions"][-1]
    return found


def troubles_of(*groups: Group | Lime, **keys: Any) -> list[str]:
    """What is left out of a lenient import, without the file's name."""
    imported = read_limesurvey(lss(*groups, **keys), file_name="form.lss", lenient=True)
    build_definition(Marked(imported.data))
    return [str(trouble).removeprefix("form.lss: ") for trouble in imported.dropped]

"""The codebook as DDI-Codebook 2.5, the form in which archives and statistics offices keep them.

Elements and their order: the schema of the DDI Alliance, version 2.5 (17 January 2012). Texts stand
in all languages of the survey.
"""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from surveys.definitions.fingerprint import canonical, fingerprint
from surveys.definitions.piping import say
from surveys.definitions.schema import Definition
from surveys.definitions.surfaces.codebook import Code, Variable, codebook
from surveys.definitions.surfaces.numbering import rows_of
from surveys.definitions.surfaces.prose_blocks import plain as plain_words
from surveys.questions.base import Question
from surveys.questions.texts import Borrowed

NAMESPACE = "ddi:codebook:2_5"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Characters that no XML may hold (XML 1.0, production 2).
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

DOMAINS = {
    "code": "category",
    "codes": "multiple",
    "ranked codes": "multiple",
    "whole number": "numeric",
    "decimal number": "numeric",
    "date": "datetime",
    "time": "datetime",
    "text": "text",
}
MISSING_TYPES = {
    "prefer-not-to-say": "refused",
    "dont-know": "don't know",
    "does-not-apply": "not applicable",
}
DESIGNS = {
    "probability": "Probability sample",
    "census": "Everyone in the population was asked",
    "self-selected": "Self-selected: anybody could answer",
}

ByLanguage = Mapping[str, Variable]


def ddi_codebook(definition: Definition) -> bytes:
    """The XML of a whole codebook, in UTF-8."""
    first = definition.languages[0]
    root = Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5", LANG: first})
    _document(SubElement(root, "docDscr"), definition)
    _study(SubElement(root, "stdyDscr"), definition)
    _data(SubElement(root, "dataDscr"), definition)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _document(parent: Element, definition: Definition) -> None:
    citation = SubElement(parent, "citation")
    _titles(citation, definition)
    maker = SubElement(citation, "prodStmt")
    _text(maker, "software", "Heard")
    _versions(citation, definition)


def _study(parent: Element, definition: Definition) -> None:
    citation = SubElement(parent, "citation")
    _titles(citation, definition)
    _versions(citation, definition)
    if definition.start is not None:
        about = SubElement(parent, "stdyInfo")
        for language in definition.languages:
            told = plain_words(say(definition.start, definition, {}, language=language))
            _text(about, "abstract", told, language)
    collected = SubElement(SubElement(parent, "method"), "dataColl")
    _text(collected, "sampProc", DESIGNS[definition.design])
    _text(collected, "resInstru", "Structured questionnaire")


def _titles(parent: Element, definition: Definition) -> None:
    statement = SubElement(parent, "titlStmt")
    first, *others = definition.languages
    _text(statement, "titl", say(definition.title, definition, {}, language=first), first)
    for language in others:
        told = say(definition.title, definition, {}, language=language)
        _text(statement, "parTitl", told, language)
    _text(statement, "IDNo", f"{definition.survey}-{definition.version}")


def _versions(parent: Element, definition: Definition) -> None:
    version = SubElement(parent, "verStmt")
    _text(version, "version", str(definition.version))
    _text(version, "notes", f"SHA-256 of the questionnaire: {fingerprint(canonical(definition))}")


def _data(parent: Element, definition: Definition) -> None:
    for question in definition.questions:
        if rows := rows_of(question):
            _group(parent, definition, question, rows)
    books = {language: codebook(definition, language) for language in definition.languages}
    for told in zip(*books.values(), strict=True):
        _variable(parent, dict(zip(books, told, strict=True)))


def _group(
    parent: Element, definition: Definition, question: Question, rows: tuple[Question, ...]
) -> None:
    """The rows of one question, which all groups come before."""
    ids = " ".join(_id(row.name) for row in rows)
    group = SubElement(parent, "varGrp", {"type": "grid", "name": question.name, "var": ids})
    for language in definition.languages:
        told = say(question.ask, definition, {}, language=language)
        _text(group, "labl", told, language)


def _variable(parent: Element, told: ByLanguage) -> None:
    first = next(iter(told.values()))
    var = SubElement(parent, "var", _attributes(first))
    for language, one in told.items():
        _text(var, "labl", one.question, language)
    if not first.is_computed:
        _question(var, told)
    _range(var, first)
    for language, one in told.items():
        _text(var, "universe", one.universe, language)
    for i in range(len(first.codes)):
        _category(var, {language: one.codes[i] for language, one in told.items()})
    if first.is_computed:
        derivation = SubElement(var, "derivation")
        for language, one in told.items():
            _text(derivation, "drvdesc", one.derivation, language)
    _format(var, first)
    for note in _notes(first):
        _text(var, "notes", note)


def _attributes(one: Variable) -> dict[str, str]:
    found = {"ID": _id(one.name), "name": one.name, "intrvl": "discrete"}
    if one.type == "decimal number":
        found |= {"intrvl": "contin", "dcml": str(one.places)}
    if one.type in ("code", "codes", "ranked codes"):
        found |= {"nature": "ordinal" if one.kind == "scale" else "nominal"}
        found |= {"representationType": "code"}
    if one.unit:
        found |= {"measUnit": _legal(one.unit)}
    return found | ({"geog": "Y"} if one.kind == "place" else {})


def _question(var: Element, told: ByLanguage) -> None:
    first = next(iter(told.values()))
    attributes = {"responseDomainType": DOMAINS[first.type]}
    question = SubElement(
        var, "qstn", attributes | ({"seqNo": first.number} if first.number else {})
    )
    for element, name in (("preQTxt", "part_of"), ("qstnLit", "question"), ("postQTxt", "hint")):
        for language, one in told.items():
            if getattr(one, name):
                _text(question, element, getattr(one, name), language)


def _range(var: Element, one: Variable) -> None:
    bounds = {"min": one.least, "max": one.most}
    known = {name: value for name, value in bounds.items() if value not in ("", "today")}
    if known:
        units = {"UNITS": "REAL"} if one.type == "decimal number" else {}
        SubElement(SubElement(var, "valrng"), "range", {**units, **known})


def _category(var: Element, told: Mapping[str, Code]) -> None:
    first = next(iter(told.values()))
    missing = {"missing": "N"}
    if first.is_missing:
        missing = {"missing": "Y", "missType": MISSING_TYPES[first.code]}
    category = SubElement(var, "catgry", missing)
    _text(category, "catValu", first.code)
    for language, code in told.items():
        _text(category, "labl", code.label, language)


def _format(var: Element, one: Variable) -> None:
    is_number = one.type in ("whole number", "decimal number")
    kind = {"date": "date", "time": "time"}.get(one.type, "other")
    attributes = {"type": "numeric" if is_number else "character", "category": kind}
    element = SubElement(var, "varFormat", attributes | ({"schema": "ISO"} if one.forms else {}))
    element.text = " or ".join(one.forms)


def _notes(one: Variable) -> list[str]:
    notes = [f"{what} {bound}: the day of the answer" for what, bound in _todays(one)]
    if one.at_most is not None:
        notes.append(f"At most {one.at_most} codes")
    if one.longest is not None:
        notes.append(f"At most {one.longest} characters")
    if one.rule:
        notes.append(f"Valid: {one.rule}")
    if one.is_own_words:
        notes.append("Own words: sealed, and kept apart from the coded answers")
    if one.is_contact:
        notes.append("A way to reach the person: never kept with the answers")
    return notes + [f"Reported together: {net}" for net in one.nets]


def _todays(one: Variable) -> list[tuple[str, str]]:
    bounds = (("earliest", one.least), ("latest", one.most))
    return [(what, bound) for what, bound in bounds if bound == "today"]


def _text(parent: Element, name: str, text: str, language: str | None = None) -> None:
    """An element with a text; what is borrowed from a language that stands there is left out."""
    tongue = text.language if language and isinstance(text, Borrowed) else language
    if tongue and any(one.get(LANG) == tongue for one in parent.iterfind(name)):
        return
    element = SubElement(parent, name, {LANG: tongue} if tongue else {})
    element.text = _legal(text)


def _legal(text: str) -> str:
    return ILLEGAL.sub("\ufffd", text)


def _id(name: str) -> str:
    return f"V_{name}"

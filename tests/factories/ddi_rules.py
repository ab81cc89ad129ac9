"""Rules of DDI-Codebook 2.5 for the elements that our codebook uses.

Written down from the field-level documentation of the DDI Alliance (version 2.5, 17 January 2012):
for each element its children in order with how often each may stand, its attributes, and the values
of those that have a list. The schema itself is in no package, so this stands for it; what it does
not say, such as the content of other elements, it does not check.
"""

from typing import NamedTuple

from lxml import etree

NAMESPACE = "ddi:codebook:2_5"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Of every element.
GLOBALS = {"ID", LANG, "source", "elementVersion", "elementVersionDate"}
MANY = (0, None)
ONE = (1, 1)
MAYBE = (0, 1)


class Rule(NamedTuple):
    """`children` in their order; None for text alone. Mixed ones may stand in any order."""

    children: dict[str, tuple[int, int | None]] | None = None
    attributes: dict[str, set[str] | None] = {}
    required: tuple[str, ...] = ()
    is_mixed: bool = False


YES_NO = {"Y", "N"}
VERSIONS = {"version": MAYBE, "verResp": MANY, "notes": MANY}
RULES = {
    "codeBook": Rule(
        {"docDscr": MANY, "stdyDscr": (1, None), "fileDscr": MANY, "dataDscr": MANY},
        {"version": {"2.5"}, "codeBookAgency": None},
    ),
    "docDscr": Rule({"citation": MAYBE, "guide": MAYBE, "docStatus": MAYBE, "notes": MANY}),
    "stdyDscr": Rule({"citation": (1, None), "stdyInfo": MANY, "method": MANY, "notes": MANY}),
    "citation": Rule(
        {"titlStmt": ONE, "rspStmt": MAYBE, "prodStmt": MAYBE, "verStmt": MANY, "notes": MANY}
    ),
    "titlStmt": Rule(
        {"titl": ONE, "subTitl": MANY, "altTitl": MANY, "parTitl": MANY, "IDNo": MANY}
    ),
    "prodStmt": Rule({"producer": MANY, "copyright": MAYBE, "prodDate": MANY, "software": MANY}),
    "verStmt": Rule(VERSIONS),
    "stdyInfo": Rule({"subject": MAYBE, "abstract": MANY, "sumDscr": MANY, "notes": MANY}),
    "method": Rule({"dataColl": MANY, "notes": MANY}),
    "dataColl": Rule({"sampProc": MANY, "collMode": MANY, "resInstru": MANY}),
    "dataDscr": Rule({"varGrp": MANY, "var": MANY, "notes": MANY}),
    "varGrp": Rule(
        {"labl": MANY, "txt": MANY, "universe": MAYBE, "notes": MANY},
        {"type": {"grid", "section", "multipleResp", "other"}, "var": None, "name": None},
    ),
    "var": Rule(
        {
            "location": MANY,
            "labl": MANY,
            "qstn": MANY,
            "valrng": MANY,
            "invalrng": MANY,
            "universe": MANY,
            "txt": MANY,
            "catgryGrp": MANY,
            "catgry": MANY,
            "codInstr": MANY,
            "concept": MANY,
            "derivation": MAYBE,
            "varFormat": MAYBE,
            "notes": MANY,
        },
        {
            "name": None,
            "dcml": None,
            "measUnit": None,
            "intrvl": {"contin", "discrete"},
            "nature": {"nominal", "ordinal", "interval", "ratio", "percent", "other"},
            "geog": YES_NO,
            "temporal": YES_NO,
            "representationType": {"text", "numeric", "code", "datetime", "other"},
        },
        required=("name",),
    ),
    "qstn": Rule(
        {"preQTxt": MANY, "qstnLit": MANY, "postQTxt": MANY, "ivuInstr": MANY},
        {
            "seqNo": None,
            "responseDomainType": {
                *("text", "numeric", "code", "category", "datetime", "geographic", "multiple"),
                "other",
            },
        },
        is_mixed=True,
    ),
    # At least one of the two.
    "valrng": Rule({"range": (1, None), "notes": MANY}),
    "range": Rule({}, {"UNITS": {"INT", "REAL"}, "min": None, "max": None}),
    "catgry": Rule(
        {"catValu": MAYBE, "labl": MANY, "txt": MANY, "catStat": MANY},
        {"missing": YES_NO, "missType": None},
    ),
    "derivation": Rule({"drvdesc": MANY, "drvcmd": MANY}, {"var": None}),
    "varFormat": Rule(
        None,
        {
            "type": {"character", "numeric"},
            "schema": {"SAS", "SPSS", "IBM", "ANSI", "ISO", "XML-Data", "other"},
            "category": {"date", "time", "currency", "other"},
        },
    ),
    "universe": Rule(None, {"level": None, "clusion": {"I", "E"}}),
}
TEXTS = ["titl", "parTitl", "IDNo", "software", "version", "notes", "abstract", "sampProc"]
TEXTS += ["resInstru", "labl", "preQTxt", "qstnLit", "postQTxt", "catValu", "drvdesc"]
RULES |= {name: Rule(None) for name in TEXTS}


def broken_rules(root: etree._Element) -> list[str]:
    """What breaks a rule, none where the document keeps them all."""
    found = [] if root.tag == f"{{{NAMESPACE}}}codeBook" else [f"{root.tag} is no codeBook"]
    for element in root.iter():
        found += _broken(element)
    ids = [element.get("ID") for element in root.iter() if element.get("ID")]
    found += [f"the ID {one} stands twice" for one in set(ids) if ids.count(one) > 1]
    referred = [
        one for group in root.iter(f"{{{NAMESPACE}}}varGrp") for one in group.get("var").split()
    ]
    return found + [f"no ID {one}" for one in referred if one not in ids]


def _broken(element: etree._Element) -> list[str]:
    name = etree.QName(element).localname
    rule = RULES.get(name)
    if rule is None:
        return [f"{name}: no rule for this element"]
    found = [
        f"{name}: needs the attribute {one}" for one in rule.required if one not in element.attrib
    ]
    for attribute, value in element.attrib.items():
        values = rule.attributes.get(attribute)
        if attribute not in rule.attributes and attribute not in GLOBALS:
            found.append(f"{name}: unknown attribute {attribute}")
        elif values is not None and value not in values:
            found.append(f"{name}: {attribute} can't be {value}")
    return found + _misplaced(element, name, rule)


def _misplaced(element: etree._Element, name: str, rule: Rule) -> list[str]:
    children = [etree.QName(child).localname for child in element]
    known = rule.children or {}
    found = [f"{name}: unexpected {child}" for child in children if child not in known]
    for child, (least, most) in known.items():
        if children.count(child) < least:
            found.append(f"{name}: expected at least {least} {child}")
        if most is not None and children.count(child) > most:
            found.append(f"{name}: expected at most {most} {child}")
    order = [list(known).index(child) for child in children if child in known]
    if not rule.is_mixed and order != sorted(order):
        found.append(f"{name}: out of order: {', '.join(children)}")
    if rule.children is not None and not rule.is_mixed and (element.text or "").strip():
        found.append(f"{name}: unexpected text")
    return found

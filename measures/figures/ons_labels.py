"""ONS headings and names without the numbers of footnotes, and one spelling per category."""

import re

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# "[note 4]", "[notes 4, 5]": workbooks since 2022.
_BRACKETED = re.compile(r"\s*\[\s*notes?\b([^\]]*)\]", re.IGNORECASE)
# Up to two digits each, glued or spaced, at the end or before a bracket: "Burglary5,6",
# "(excluding fraud3)", "North West 7,8", "unlawful driving 4".
_GLUED = re.compile(r"(?<=[^\W\d_]|\))\s*(\d{1,2}(?:\s*,\s*\d{1,2})*)(?=\)|$)")

# The spelling of the releases from 2018 to 2019 stands for all.
CATEGORIES = (
    "Total recorded crime (excluding fraud)",
    "Violence against the person",
    "Homicide",
    "Violence with injury",
    "Violence without injury",
    "Stalking and harassment",
    "Death or serious injury - unlawful driving",
    "Sexual offences",
    "Robbery",
    "Theft offences",
    "Burglary",
    "Residential burglary",
    "Non-residential burglary",
    "Vehicle offences",
    "Theft from the person",
    "Bicycle theft",
    "Shoplifting",
    "Other theft offences",
    "Criminal damage and arson",
    "Drug offences",
    "Possession of weapons offences",
    "Public order offences",
    "Miscellaneous crimes",
)
# How other releases and tables spell the same category, misprints included.
_OTHER_SPELLINGS = {
    "All other theft offences": "Other theft offences",
    "Residental burglary": "Residential burglary",
    "Miscellaneous crimes against society": "Miscellaneous crimes",
    "Death or serious injury caused by illegal driving": (
        "Death or serious injury - unlawful driving"
    ),
    "Death or serious injury caused by unlawful driving": (
        "Death or serious injury - unlawful driving"
    ),
}


def without_notes(text: str) -> tuple[str, tuple[int, ...]]:
    """A heading or a name as printed, but on one line, and the footnotes that it refers to.

    "Stalking and harassment4" is ("Stalking and harassment", (4,)).
    """
    line = " ".join(text.translate(_SUPERSCRIPTS).split())
    notes: list[int] = []

    def take(match: re.Match[str]) -> str:
        notes.extend(int(number) for number in re.findall(r"\d+", match[1]))
        return ""

    line = _GLUED.sub(take, _BRACKETED.sub(take, line).strip())
    return " ".join(line.split()), tuple(notes)


def category_of(heading: str) -> str:
    """The one spelling of a category; a heading that is not known stays as it is printed."""
    return _BY_LETTERS.get(_letters(heading), heading)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


_BY_LETTERS = {_letters(name): name for name in CATEGORIES}
_BY_LETTERS |= {_letters(other): name for other, name in _OTHER_SPELLINGS.items()}

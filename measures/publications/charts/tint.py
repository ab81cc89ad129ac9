"""A chart whose colours a stylesheet may change: in the dark, or by what a reader prefers."""

from xml.etree import ElementTree as ET

from measures.publications.charts.svg import SVG
from measures.publications.charts.theme import THEME


def tinted(svg: str) -> str:
    """The picture with a class for each colour of the theme: `fill-teal`, `line-slate`.

    The colours themselves stay, so that the picture is right wherever it is taken to.
    """
    ET.register_namespace("", SVG)
    names = THEME.names()
    root = ET.fromstring(svg)  # noqa: S314  # our own renderer just wrote it
    for element in root.iter():
        classes = [
            f"{prefix}-{names[colour]}"
            for attribute, prefix in (("fill", "fill"), ("stroke", "line"))
            if (colour := element.get(attribute, "")) in names
        ]
        if classes:
            element.set("class", " ".join(classes))
    return ET.tostring(root, encoding="unicode")

"""SVG as a page may hold it: described in words, and with nothing that a strict policy blocks."""

import re
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
# Announced piece by piece, a chart is noise: one title and one description stand for it.
NOISE = ("aria-hidden", "aria-label", "aria-roledescription", "role", "class", "pointer-events")


def dress(drawn: str, *, name: str, title: str, described: str) -> str:
    """The picture with its words for a screen reader, ids of its own and no style attribute."""
    ET.register_namespace("", SVG)
    root = ET.fromstring(drawn)  # noqa: S314  # our own renderer just wrote it
    for element in root.iter():
        for attribute in NOISE:
            element.attrib.pop(attribute, None)
        _unstyle(element)
        if element.tag == f"{{{SVG}}}text" and "stroke" in element.attrib:
            # The stroke of words is their halo: drawn after them it would eat into the letters.
            element.set("paint-order", "stroke")
        _rename(element, name)
    root.attrib.pop("version", None)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-desc")
    _prepend(root, "desc", name, described)
    _prepend(root, "title", name, title)
    return ET.tostring(root, encoding="unicode")


def _unstyle(element: ET.Element) -> None:
    """Turns `style="fill: red"` into `fill="red"`, which a policy against inline styles allows."""
    style = element.attrib.pop("style", "")
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        key, _, value = declaration.partition(":")
        element.set(key.strip(), value.strip())


def _rename(element: ET.Element, name: str) -> None:
    """Ids must be unique on a page that holds many charts."""
    if "id" in element.attrib:
        element.set("id", f"{name}-{element.attrib['id']}")
    for key, value in element.attrib.items():
        element.set(key, re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", value))


def _prepend(root: ET.Element, tag: str, name: str, words: str) -> None:
    element = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{name}-{tag}"})
    element.text = words
    root.insert(0, element)

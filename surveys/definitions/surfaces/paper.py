"""A form on paper: an A4 PDF that is tagged for screen readers and can be printed and filled in."""

import json
import re
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

from surveys.definitions.schema import Definition
from surveys.definitions.surfaces.paper_sheet import Help, sheet

LAYOUT = Path(__file__).with_name("paper.typ")
# PDF/UA-1 (ISO 14289-1): the layout does not compile to a file that breaks it.
AS_PDF: Any = {"format": "pdf", "pdf_standards": "ua-1"}


class PaperError(ValueError):
    """A form that can't be printed; the text says why."""


def paper_form(
    definition: Definition,
    language: str,
    *,
    url: str | None,
    fonts: Path | None = None,
    helplines: Sequence[Help] = (),
) -> bytes:
    """The PDF of a whole form, in one language; `url` is where it can be answered online.

    `helplines` stand after the last words. `fonts` is a folder with the typeface; without it the
    fonts of the machine are used. The same form gives the same bytes. Raises PaperError where no
    font has a letter that the form needs.
    """
    data = sheet(definition, language, url=url, qr=_qr(url) if url else None, helplines=helplines)
    try:
        pdf: bytes = typst.compile(LAYOUT, **_given(data, fonts), **AS_PDF)
    except typst.TypstError as error:
        raise PaperError(_why(error)) from error
    return pdf


def _why(error: typst.TypstError) -> str:
    """What stands in the way, in words for somebody who never heard of the printer."""
    if match := re.search(r'the text `"(.+)"` could not be displayed', error.message):
        return f"no typeface at hand has a letter for “{match[1]}”, which the form needs"
    return f"the form can't be printed: {error.message}"


def _given(data: dict[str, Any], fonts: Path | None) -> Any:
    """What the layout is given: all words as data, so that none of them is a command."""
    return {
        "font_paths": _fonts(fonts),
        "sys_inputs": {"form": json.dumps(data, ensure_ascii=False)},
    }


def _qr(url: str) -> str:
    """A QR code as SVG, readable with a quarter of it dirty or folded away."""
    written = BytesIO()
    segno.make_qr(url, error="q").save(written, kind="svg", border=1, xmldecl=False, dark="#16262e")
    return written.getvalue().decode()


@cache
def _fonts(folder: Path | None) -> typst.Fonts:
    return typst.Fonts(font_paths=[folder] if folder and folder.is_dir() else [])

"""What there is to translate, as `make messages` finds it, and the catalogues as they stand."""

import re
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
WELSH = ROOT / "locale" / "cy" / "LC_MESSAGES" / "django.po"
KEYWORDS = {**DEFAULT_KEYWORDS, "phrase": None, "phrases": (1, 2)}
ELSEWHERE = {"node_modules", "var", "tests", "docs", "benchmarks", "requirements"}


@cache
def to_translate() -> Catalog:
    """Every text of the pages around the surveys and of the site's own notices."""
    with (ROOT / "locale" / "babel.ini").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = Catalog()
    extracted = extract_from_dir(
        ROOT, methods, options, keywords=KEYWORDS, directory_filter=_is_searched
    )
    for file, line, message, _, context in extracted:
        found.add(message, locations=[(file, line)], context=context)
    return found


def _is_searched(folder: str) -> bool:
    name = Path(folder).name
    return not name.startswith(".") and name not in ELSEWHERE


def catalogue(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def forms(message: Message) -> tuple[str, ...]:
    """The translations of a message: one, or one for each form of its plural."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def originals(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def marks(text: str) -> set[str]:
    """What is put in when a text is shown, and the addresses that it links to."""
    return set(re.findall(r'%\(\w+\)s|\{\w*\}|href="[^"]*"|</?\w+', text))

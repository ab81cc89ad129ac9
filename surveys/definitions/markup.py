"""Tags of HTML in the texts of foreign forms, found by hand.

The parser of the standard library takes minutes over a broken text.
"""

import re
from html import unescape

TAG = re.compile(
    r"<!--|<[!?][^<>]*>|"
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*+)(?P<rest>(?:\"[^\"]{0,400}+\"|'[^']{0,400}+'|[^<>\"'])*+)>"
)
HREF = re.compile(r"""(?:^|\s)href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
LINKS = ("https://", "http://", "mailto:", "tel:")


def link_in(rest: str) -> str:
    """The address that a link leads to, empty where it would do anything else than lead there."""
    found = HREF.search(rest)
    href = unescape(next((group for group in found.groups() if group), "")) if found else ""
    return href.strip() if href.strip().lower().startswith(LINKS) else ""

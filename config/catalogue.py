"""What `make messages` finds to translate in templates, in the form that Babel takes."""

import io
from collections.abc import Iterator
from typing import IO, Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

# Line, message or messages, comments, context.
Found = tuple[int, str | tuple[str, ...], list[str], str | None]


def extract_template(
    file: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[Found]:
    """The texts of a template's translation tags, as Babel's own extractors give them.

    Django writes them as calls of gettext among blanked-out text, which is nearly Python: without
    its indentation, Babel reads it as that.
    """
    calls = templatize(file.read().decode(), origin=getattr(file, "name", None))
    flat = "\n".join(line.lstrip() for line in calls.split("\n"))
    yield from extract_python(io.BytesIO(flat.encode()), keywords, comment_tags, options)

"""A program of its own: a workbook comes in, its sheets go out as JSON.

It runs apart from the server, with little memory and time, because damaged files can make the
library that reads old workbooks ask for all the memory there is, which ends the process.
"""

import io
import json
import re
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MOST_MEMORY = 1536 * 1024 * 1024
MOST_SECONDS = 30
# What no text of a survey can have; line ends are made one before.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most_rows, most_columns, most_cells = (int(word) for word in sys.argv[1:4])
    found = sheets(sys.stdin.buffer.read(), most_rows, most_columns, most_cells=most_cells)
    sys.stdout.write(json.dumps(found))


def sheets(
    data: bytes, most_rows: int, most_columns: int, *, most_cells: int
) -> list[tuple[str, list[list[str]] | None]]:
    """The sheets by name, each as rows of texts; None in place of rows for one that is too wide."""
    # Here, because only the program apart may load it for a file that nobody has looked at.
    from python_calamine import CalamineWorkbook

    found: list[tuple[str, list[list[str]] | None]] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > most_cells:
                found.append((name, None))
                continue
            rows = sheet.to_python(skip_empty_area=False, nrows=most_rows)
            found.append((name, [[cell_text(cell) for cell in row[:most_columns]] for row in rows]))
    return found


def cell_text(value: Any) -> str:
    """A cell as its author typed it: 1 and not 1.0, 2022-11-30, and no space around it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        has_time = (value.hour, value.minute, value.second) != (0, 0, 0)
        return value.isoformat(" ", "seconds") if has_time else value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", text).strip()


if __name__ == "__main__":
    main()

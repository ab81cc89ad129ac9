"""CSV by ?format=csv: one line a row, the columns of the first row."""

import csv
import io
import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from rest_framework.renderers import BaseRenderer

from measures.publications.csv_file import safe_cell


class CSVRenderer(BaseRenderer):
    """Rows as CSV; of a page of rows only the rows, of anything else a line of its own."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> str:
        """The text; nothing but a header line cannot be known of no rows at all.

        A problem is no table: it stays the JSON that its content type says.
        """
        response = (renderer_context or {}).get("response")
        if response is not None and response.status_code >= HTTPStatus.BAD_REQUEST:
            return json.dumps(data, ensure_ascii=False)
        rows = data["results"] if isinstance(data, dict) and "results" in data else data
        rows = rows if isinstance(rows, list) else [rows]
        text = io.StringIO()
        if rows:
            writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(
                {key: safe_cell(_plain(cell)) for key, cell in row.items()} for row in rows
            )
        return text.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return "" if value is None else value

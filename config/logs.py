"""Logs without a person in them: no address of a page, no answer, no value of an error."""

import logging
import traceback
from types import TracebackType

from django.urls import Resolver404, resolve


class RouteInsteadOfPath(logging.Filter):
    """Puts the name of the route where Django wrote the path, which holds a survey's code."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            record.args = tuple(_route(path) if arg == path else arg for arg in record.args)
        return True


class WithoutValues(logging.Formatter):
    """Tracebacks that say where and of what kind, not with which value: it may be an answer."""

    def formatException(  # noqa: N802  # the name that logging calls
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        kind, _, where = ei
        name = kind.__name__ if kind else "no exception"
        return "".join([*traceback.format_tb(where), name])


def _route(path: str) -> str:
    try:
        return f"route {resolve(path).url_name}"
    except Resolver404:
        return "no route"

"""Errors as problem documents (RFC 9457), for the whole API."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from rest_framework import exceptions
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils import json
from rest_framework.views import exception_handler


class JsonParser(JSONParser):
    """JSON of a size that can be meant."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        # Django's limit is for what it reads itself, and DRF reads past it.
        length = (parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0
        if int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLong
        return read_json(stream.read())


def read_json(body: bytes) -> Any:
    """What the body says; a tower of brackets is a fault of the sender and not of ours."""
    try:
        return json.loads(body.decode())
    except RecursionError:
        raise exceptions.ParseError("expected JSON of fewer levels") from None
    except ValueError as error:
        raise exceptions.ParseError(f"expected JSON: {error}") from None


class JsonOnly(DefaultContentNegotiation):
    """Answers in JSON whatever `Accept` says: there is nothing else, and nothing to look for."""

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        only = next(iter(renderers))
        return only, str(only.media_type)


class TooLong(exceptions.APIException):
    status_code = 413
    default_detail = "The body is longer than anything this address takes."


class Conflict(exceptions.APIException):
    status_code = 409
    default_detail = "The state of this resource does not allow it."


class KeyReused(exceptions.APIException):
    status_code = 422
    default_detail = "This Idempotency-Key was used for another request."


class WrongAnswers(exceptions.APIException):
    """A 400 whose `errors` point at each wrong member of the request."""

    status_code = 400
    default_detail = "Some of what was sent is not as expected."

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__()
        self.errors = errors


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's answer to an error, in the form of RFC 9457; None where the fault is ours."""
    if isinstance(error, RequestDataTooBig):
        error = TooLong()
    response = exception_handler(error, context)
    if response is None:
        return None
    status = response.status_code
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": _detail(error, response.data),
    }
    if isinstance(error, WrongAnswers):
        problem["errors"] = error.errors
    elif isinstance(error, exceptions.ValidationError) and isinstance(response.data, dict):
        problem["errors"] = list(_pointed(response.data))
    response.data = problem
    response.content_type = "application/problem+json"
    return response


def pointer(*members: object) -> str:
    """A JSON pointer (RFC 6901) in a fragment, to the member that is wrong."""
    steps = [str(member).replace("~", "~0").replace("/", "~1") for member in members]
    return "#/" + _writable("/".join(steps))


def _detail(error: Exception, data: Any) -> str:
    if isinstance(error, Http404):
        return "There is nothing at this address."
    if isinstance(error, exceptions.ValidationError):
        return "; ".join(_messages(data))
    return str(data.get("detail", "")) if isinstance(data, dict) else str(data)


def _messages(data: Any) -> list[str]:
    if isinstance(data, dict):
        told = [(_writable(str(key)), value) for key, value in data.items()]
        return [f"{key}: {text}" for key, value in told for text in _messages(value)]
    if isinstance(data, list):
        return [text for value in data for text in _messages(value)]
    return [_writable(str(data))]


def _pointed(data: Any, *members: object) -> Iterator[dict[str, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _pointed(value, *members, key)
    else:
        for text in _messages(data):
            yield {"pointer": pointer(*members), "detail": text}


def _writable(text: str) -> str:
    """The text without halves of surrogate pairs, which JSON may bring and no answer can hold."""
    return text.encode("utf-8", "replace").decode()

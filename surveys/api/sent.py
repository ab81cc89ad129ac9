"""The body of a submission: read member by member, with a pointer to each that is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from rest_framework.exceptions import UnsupportedMediaType

from surveys.api.problems import JsonParser, WrongAnswers, pointer, read_json
from surveys.questions.base import whole

MEMBERS = ("version", "language", "answers")


@dataclass(frozen=True)
class Sent:
    """What another system sent; its answers are as they came."""

    version: int
    language: str
    answers: Mapping[str, object]


def json_of(request: HttpRequest) -> object:
    """The body, read once and by one parser: half of what DRF does to find out which one."""
    if request.body and request.content_type != JsonParser.media_type:
        raise UnsupportedMediaType(request.content_type or "")
    return read_json(request.body)


def read_sent(body: object) -> Sent:
    """What the body holds; raises WrongAnswers.

    A member that is not known is wrong too: what it says would be lost in silence.
    """
    if not isinstance(body, dict):
        raise WrongAnswers([{"pointer": pointer(), "detail": "expected an object"}])
    version = whole(body.get("version"))
    language, answers = body.get("language", "en"), body.get("answers")
    wrong = [wrong_member(name, "unknown member") for name in body if name not in MEMBERS]
    if version is None or version < 1:
        wrong.append(wrong_member("version", "expected a whole number, 1 or more"))
    if not isinstance(language, str):
        wrong.append(wrong_member("language", "expected a language tag, such as en"))
    if not isinstance(answers, dict):
        wrong.append(wrong_member("answers", "expected an object with an answer a field"))
    if wrong or version is None or not isinstance(answers, dict):
        raise WrongAnswers(wrong)
    return Sent(version, str(language), answers)


def wrong_member(name: str, detail: str) -> dict[str, str]:
    """That a member of the body is not as expected."""
    return {"pointer": pointer(name), "detail": detail}


def wrong_answer(name: str, detail: str) -> dict[str, str]:
    """That the answer to a field is not as expected."""
    return {"pointer": pointer("answers", name), "detail": detail}

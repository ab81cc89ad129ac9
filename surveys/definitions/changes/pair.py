"""A question as two versions of a survey have it."""

from dataclasses import dataclass

from surveys.questions.base import Question


@dataclass(frozen=True)
class Pair:
    """A question before and after; `language` is the survey's first one before.

    `continuity` has the later author's reasons why other words still mean the same, by field, those
    that the earlier version gave already left out.
    """

    before: Question
    after: Question
    language: str
    continuity: dict[str, str]

    @property
    def name(self) -> str:
        return self.after.name

    @property
    def reason(self) -> str:
        return self.continuity.get(self.name, "")

"""Choose the few that matter most."""

from typing import Literal

from pydantic import Field

from surveys.questions.several import SeveralOptionsQuestion


class PrioritiesQuestion(SeveralOptionsQuestion):
    kind: Literal["priorities"]
    most: int = Field(default=3, ge=1)

    @property
    def limit(self) -> int:
        return self.most

"""Yes or no, with missing codes where the survey offers them."""

from typing import Literal

from pydantic import model_validator

from surveys.questions.base import Option, only_missing
from surveys.questions.choosing import OneOptionQuestion
from surveys.questions.fixed import FixedOptionsQuestion


class YesNoQuestion(FixedOptionsQuestion, OneOptionQuestion):
    BUILT_IN = {
        "yes": {"en": "Yes", "cy": "Ie"},
        "no": {"en": "No", "cy": "Nage"},
    }

    kind: Literal["yes-no"]
    # The missing codes to offer after yes and no.
    missing: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _offers_only_missing_codes(self) -> "YesNoQuestion":
        only_missing(self.missing)
        return self

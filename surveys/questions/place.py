"""Where somebody lives or something happened, as one of the areas that the survey lists.

A postcode or the name of a place is turned into an area before it comes here: nothing finer than
the code of a listed area is ever an answer.
"""

import re
from typing import Literal

from pydantic import model_validator

from surveys.questions.base import Answer, Code, Form, FormFields
from surveys.questions.choosing import OneOptionQuestion

# No name of a place is longer; what is longer is not looked up.
LONGEST = 100


class PlaceQuestion(OneOptionQuestion):
    """Its codes are those of the Office for National Statistics, all of one level."""

    kind: Literal["place"]
    # The code that stands for every place outside the areas.
    elsewhere: Code | None = None

    @model_validator(mode="after")
    def _lists_its_areas(self) -> "PlaceQuestion":
        if self.elsewhere is not None and self.elsewhere not in self.codes:
            raise ValueError(f"elsewhere: no option has the code {self.elsewhere!r}")
        if any(option.write_in for option in self.options):
            raise ValueError("place takes no `write_in`: nothing finer than an area is kept")
        return self

    @property
    def areas(self) -> tuple[str, ...]:
        """The codes of areas, without the one that stands for everywhere else."""
        return tuple(code for code in self.codes if code != self.elsewhere)

    def from_form(self, form: Form) -> object:
        boxes = [option for option in self.options if option.missing]
        return self._given_or_missing(super().from_form(form), form, boxes)

    def to_form(self, answer: Answer) -> FormFields:
        return (
            self._missing_to_form(answer) if isinstance(answer, dict) else super().to_form(answer)
        )


def plain_name(name: str) -> str:
    """A name without what people write differently: case, hyphens, `&`, full stops."""
    words = re.sub(r"[^\w&]+", " ", name.casefold().replace("'", "").replace("’", ""))
    return " ".join(words.replace("&", " and ").split())

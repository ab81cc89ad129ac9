"""Put options in order, the best first: all of them, or the few that matter most."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from pydantic import Field, model_validator

from surveys.questions.base import Answer, Form, FormFields, Option, Translated, boxes_only
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.words import phrase, spoken
from surveys.questions.wrong import WrongAnswerError


class RankingQuestion(OptionsQuestion):
    """The answer is a list of codes in the order of their places, which need not hold them all.

    Counted are each code that has a place, `name=code`, and each code in each place,
    `name=code@1`, from which shares of firsts and mean places follow.
    """

    kind: Literal["ranking"]
    # How many may be given a place; None for all.
    most: int | None = Field(default=None, ge=1)
    missing: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _options_can_be_ranked(self) -> "RankingQuestion":
        boxes_only(self.missing)
        if any(option.exclusive or option.write_in for option in self.options):
            raise ValueError("ranking takes neither `exclusive` nor `write_in` options")
        return self

    @property
    def boxes(self) -> tuple[Option, ...]:
        """What counts as no answer, listed among the options or beside them."""
        return (*(option for option in self.options if option.missing), *self.missing)

    @property
    def missing_codes(self) -> tuple[str, ...]:
        return tuple(option.missing for option in self.boxes if option.missing)

    @property
    def places(self) -> int:
        """How many places there are to give."""
        return min(self.most or len(self.codes), len(self.codes))

    def from_form(self, form: Form) -> object:
        return self._given_or_missing(self._ranked(form), form, self.boxes)

    def _ranked(self, form: Form) -> list[str]:
        """Codes by the places that were given; a place may be left out, none given twice."""
        given = {
            code: text
            for code in self.codes
            if (text := "".join(form.get(f"{self.name}.rank.{code}", ())[:1]).strip())
        }
        if not set(given.values()) <= set(map(str, self._each_place())):
            raise WrongAnswerError("not-a-rank", most=self.places)
        twice = [place for place, n in Counter(given.values()).items() if n > 1]
        if twice:
            raise WrongAnswerError("same-rank", rank=min(twice, key=int))
        return sorted(given, key=lambda code: int(given[code]))

    def to_form(self, answer: Answer) -> FormFields:
        if isinstance(answer, dict):
            return self._missing_to_form(answer)
        places = enumerate(self._ranks(answer), start=1)
        return {f"{self.name}.rank.{code}": [str(place)] for place, code in places}

    def still_offered(self, answer: Answer) -> Answer | None:
        """All of a ranking or nothing: without one of its codes it is an order nobody gave."""
        if isinstance(answer, dict):
            return answer
        return answer if set(self._ranks(answer)) <= self.offered else None

    def _clean_value(self, raw: object, **_: object) -> Answer:
        if not isinstance(raw, list):
            raise WrongAnswerError("not-a-list")
        if len(raw) == 1 and raw[0] in self.missing_codes:
            return {"missing": str(raw[0])}
        codes = [self.known_code(value) for value in raw]
        if len(set(codes)) < len(codes):
            raise WrongAnswerError("repeated")
        if len(codes) > self.places:
            raise WrongAnswerError("too-many", most=self.places)
        return codes

    def show(self, answer: Answer, language: str) -> str:
        if isinstance(answer, dict):
            return self.label(answer["missing"], language)
        places = enumerate(self._ranks(answer), start=1)
        return "; ".join(f"{place}. {self.label(code, language)}" for place, code in places)

    def label(self, value: str, language: str) -> str:
        """The label of a code or missing code, or of a code in a place: `robbery@1`."""
        code, _, place = value.partition("@")
        told = super().label(code, language)
        if not place:
            return told
        return spoken(phrase("{label}: place {place}"), language, label=told, place=place)

    def texts(self, value: str) -> Translated:
        return next(o.label for o in (*self.options, *self.missing) if o.value == value)

    def _counted_values(self) -> Sequence[str]:
        return [*self.codes, *(f"{c}@{place}" for c in self.codes for place in self._each_place())]

    def _values_of(self, answer: Answer) -> Sequence[str]:
        ranks = self._ranks(answer)
        return [*ranks, *(f"{code}@{place}" for place, code in enumerate(ranks, start=1))]

    def _each_place(self) -> range:
        return range(1, self.places + 1)

    def _ranks(self, answer: Answer) -> list[str]:
        return answer if isinstance(answer, list) else [str(answer)]

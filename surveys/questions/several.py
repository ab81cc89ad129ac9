"""What the kinds share of which several options can be chosen."""

from collections.abc import Sequence

from surveys.questions.base import Answer, Form, FormFields
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.wrong import WrongAnswerError


class SeveralOptionsQuestion(OptionsQuestion):
    """The answer is a list of codes, in the order of the options."""

    @property
    def limit(self) -> int | None:
        """How many may be chosen; None for all."""
        return None

    def from_form(self, form: Form) -> object:
        sent = [value for value in form.get(self.name, ()) if value]
        missing = [value for value in sent if value in self.missing_codes]
        # Both together is for `clean` to refuse, so it must see both.
        return {"missing": missing[0]} if sent and sent == missing else sent

    def to_form(self, answer: Answer) -> FormFields:
        chosen = [answer["missing"]] if isinstance(answer, dict) else self._values_of(answer)
        return {self.name: list(chosen)}

    def _clean_value(self, raw: object, **_: object) -> Answer:
        if not isinstance(raw, list):
            raise WrongAnswerError("not-a-list")
        missing = self.missing_codes
        chosen = {value if value in missing else self.known_code(value) for value in raw}
        alone = next(
            (o for o in self.options if (o.exclusive or o.missing) and o.value in chosen), None
        )
        if alone and len(chosen) > 1:
            raise WrongAnswerError("exclusive", label=alone.label)
        if alone and alone.missing:
            return {"missing": alone.missing}
        if self.limit is not None and len(chosen) > self.limit:
            raise WrongAnswerError("too-many", most=self.limit)
        # In the order of the options, so that the same choice is the same answer.
        return [code for code in self.codes if code in chosen]

    def show(self, answer: Answer, language: str) -> str:
        if isinstance(answer, dict):
            return self.label(answer["missing"], language)
        return "; ".join(self.label(code, language) for code in self._values_of(answer))

    def _values_of(self, answer: Answer) -> Sequence[str]:
        return answer if isinstance(answer, list) else [str(answer)]

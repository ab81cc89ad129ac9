"""Yes or no, with missing codes where the survey offers them."""

from typing import Any, Literal

from pydantic import SerializerFunctionWrapHandler, model_serializer, model_validator

from surveys.questions.base import Option
from surveys.questions.choosing import OneOptionQuestion

YES = {"code": "yes", "label": {"en": "Yes", "cy": "Ie"}}
NO = {"code": "no", "label": {"en": "No", "cy": "Nage"}}


class YesNoQuestion(OneOptionQuestion):
    kind: Literal["yes-no"]
    # The missing codes to offer after yes and no.
    missing: tuple[Option, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _offer_yes_and_no(cls, data: Any) -> Any:
        if isinstance(data, dict) and ("options" in data or "list" in data):
            raise ValueError("yes-no has its own two options: for others use the kind choice")
        if isinstance(data, dict):
            missing = data.get("missing") or []
            return {**data, "options": [YES, NO, *missing] if isinstance(missing, list) else []}
        return data

    @model_serializer(mode="wrap")
    def _leave_out_yes_and_no(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = dump(self)
        data.pop("options", None)
        return data

"""All kinds by name; a new kind is one file, one line here and one template."""

from typing import Annotated, get_args

from pydantic import Field

from surveys.questions.choice import ChoiceQuestion
from surveys.questions.choices import ChoicesQuestion
from surveys.questions.date import DateQuestion
from surveys.questions.information import InformationQuestion
from surveys.questions.long_text import LongTextQuestion
from surveys.questions.scale import ScaleQuestion
from surveys.questions.short_text import ShortTextQuestion
from surveys.questions.whole_number import WholeNumberQuestion
from surveys.questions.yes_no import YesNoQuestion

KindOfQuestion = (
    ChoiceQuestion
    | ChoicesQuestion
    | DateQuestion
    | InformationQuestion
    | LongTextQuestion
    | ScaleQuestion
    | ShortTextQuestion
    | WholeNumberQuestion
    | YesNoQuestion
)
AnyQuestion = Annotated[KindOfQuestion, Field(discriminator="kind")]

KINDS = {
    get_args(kind.model_fields["kind"].annotation)[0]: kind for kind in get_args(KindOfQuestion)
}

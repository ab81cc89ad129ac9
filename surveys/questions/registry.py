"""All kinds by name; a new kind is one file, one line here and one template."""

from typing import Annotated, get_args

from pydantic import Field

from surveys.questions.base import Question
from surveys.questions.choice import ChoiceQuestion
from surveys.questions.choices import ChoicesQuestion
from surveys.questions.computed import ComputedQuestion
from surveys.questions.consent import ConsentQuestion
from surveys.questions.date import DateQuestion
from surveys.questions.decimal import DecimalQuestion
from surveys.questions.email import EmailQuestion
from surveys.questions.information import InformationQuestion
from surveys.questions.long_text import LongTextQuestion
from surveys.questions.matrix import MatrixQuestion
from surveys.questions.money_option import MoneyOptionQuestion
from surveys.questions.phone import PhoneQuestion
from surveys.questions.place import PlaceQuestion
from surveys.questions.priorities import PrioritiesQuestion
from surveys.questions.ranking import RankingQuestion
from surveys.questions.scale import ScaleQuestion
from surveys.questions.short_text import ShortTextQuestion
from surveys.questions.statements import StatementsQuestion
from surveys.questions.time import TimeQuestion
from surveys.questions.whole_number import WholeNumberQuestion
from surveys.questions.yes_no import YesNoQuestion

KindOfQuestion = (
    ChoiceQuestion
    | ChoicesQuestion
    | ComputedQuestion
    | ConsentQuestion
    | DateQuestion
    | DecimalQuestion
    | EmailQuestion
    | InformationQuestion
    | LongTextQuestion
    | MatrixQuestion
    | MoneyOptionQuestion
    | PhoneQuestion
    | PlaceQuestion
    | PrioritiesQuestion
    | RankingQuestion
    | ScaleQuestion
    | ShortTextQuestion
    | StatementsQuestion
    | TimeQuestion
    | WholeNumberQuestion
    | YesNoQuestion
)
AnyQuestion = Annotated[KindOfQuestion, Field(discriminator="kind")]

KINDS: dict[str, type[Question]] = {
    get_args(kind.model_fields["kind"].annotation)[0]: kind for kind in get_args(KindOfQuestion)
}

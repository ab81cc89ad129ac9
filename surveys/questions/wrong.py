"""Wrong answers, and what the person is told."""

from collections.abc import Callable
from functools import partial

from surveys.questions.texts import Translated, said
from surveys.questions.words import Phrase, phrase, phrases, spoken

MESSAGES: dict[str, Phrase] = {
    "required": phrase("Select or enter an answer"),
    "unknown-code": phrase("Select one of the answers shown"),
    "not-a-list": phrase("Select one or more of the answers shown"),
    "too-many": phrases("Select only {most} answer", "Select {most} answers or fewer", by="most"),
    "exclusive": phrase("Select either “{label}” or other answers, not both"),
    "not-a-whole-number": phrase("Enter a whole number, like {example}"),
    "too-small": phrase("Enter {least} or a larger number"),
    "too-large": phrase("Enter {most} or a smaller number"),
    "not-a-number": phrase("Enter a number, like {example}"),
    "too-many-places": phrases(
        "Enter a number with no more than {places} decimal place",
        "Enter a number with no more than {places} decimal places",
        by="places",
    ),
    "not-a-time": phrase("Enter a time, like 9:30am or 2:45pm"),
    "not-a-date": phrase("Enter a real date, like {example}"),
    "not-a-month": phrase("Enter a real month and year, like {example}"),
    "not-a-year": phrase("Enter a real year, like {example}"),
    "not-a-partial-date": phrase("Enter as much of the date as you know, like {example}"),
    "incomplete-date": phrase("Enter the {parts} as well"),
    "too-early": phrase("Enter {earliest} or later"),
    "too-late": phrase("Enter {latest} or earlier"),
    "not-text": phrase("Enter text"),
    "too-long": phrases(
        "Shorten your answer by {over} character",
        "Shorten your answer by {over} characters",
        by="over",
    ),
    "not-a-rank": phrase("Give a place from 1 to {most}, or leave it empty"),
    "same-rank": phrase("Give place {rank} to one answer only"),
    "repeated": phrase("Give each answer once"),
    "unknown-place": phrase(
        "We do not know this place. Check the spelling, or choose from the list beneath"
    ),
    "wide-place": phrase(
        "This place lies in more than one of our areas. Choose yours from the list beneath"
    ),
    "outside-place": phrase(
        "This place lies outside our areas. Check it, or choose from the list beneath"
    ),
    "two-places": phrase(
        "What you typed and what you chose from the list are two places. Keep one of them"
    ),
    "not-an-email": phrase("Enter an email address, like name@example.com"),
    "not-a-phone": phrase("Enter a phone number, like 07700 900 982 or +44 808 157 0192"),
    "not-a-question": phrase("This page asks nothing"),
    "unknown-question": phrase("This survey asks no question of this name"),
    "not-valid": phrase("Check this answer: it is not one that can be right"),
    "missing-and-answer": phrase("Give an answer or select “{label}”, not both"),
}


class WrongAnswerError(ValueError):
    """An answer that the question does not take; `reason` names the rule.

    A value that is a text is given in all languages: as a text of the survey, or as a function that
    says it in one.
    """

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values

    def message(self, language: str, say: Callable[[Translated], str] | None = None) -> str:
        """What the person is told, in their language where it is translated.

        `say` gives a text of the survey as this person reads it, with earlier answers put in.
        """
        speak = say or partial(said, language=language)
        values = {
            name: speak(value) if isinstance(value, dict) and value else value
            for name, value in self.values.items()
        }
        says = values.get("says")
        if self.reason == "not-valid" and isinstance(says, str):
            # As it is: it may be borrowed from another language.
            return says
        return spoken(MESSAGES[self.reason], language, **values)

    def __str__(self) -> str:
        return self.message("en")

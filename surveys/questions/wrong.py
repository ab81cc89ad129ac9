"""Wrong answers, and what the person is told."""

MESSAGES = {
    "en": {
        "required": "Select or enter an answer",
        "unknown-code": "Select one of the answers shown",
        "not-a-list": "Select one or more of the answers shown",
        "too-many": "Select {most} answers or fewer",
        "exclusive": "Select either “{label}” or other answers, not both",
        "not-a-whole-number": "Enter a whole number, like {example}",
        "too-small": "Enter {least} or a larger number",
        "too-large": "Enter {most} or a smaller number",
        "not-a-date": "Enter a real date, like {example}",
        "not-a-month": "Enter a real month and year, like {example}",
        "incomplete-date": "Enter the {parts} as well",
        "too-early": "Enter {earliest} or later",
        "too-late": "Enter {latest} or earlier",
        "not-text": "Enter text",
        "too-long": "Shorten your answer by {over} characters",
        "not-a-question": "This page asks nothing",
        "unknown-question": "This survey asks no question of this name",
        "missing-and-answer": "Give an answer or select “{label}”, not both",
    },
}


class WrongAnswerError(ValueError):
    """An answer that the question does not take; `reason` names the rule."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values

    def message(self, language: str) -> str:
        """What the person is told, in their language where it is translated."""
        texts = MESSAGES.get(language, MESSAGES["en"])
        return texts.get(self.reason, MESSAGES["en"][self.reason]).format(**self.values)

    def __str__(self) -> str:
        return self.message("en")

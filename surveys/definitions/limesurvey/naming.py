"""The names and codes of a LimeSurvey survey, and what they are called here."""

import re
from dataclasses import dataclass, field

from surveys.definitions import naming
from surveys.definitions.limesurvey.expressions import ExpressionError
from surveys.definitions.limesurvey.meanings import Meaning
from surveys.definitions.limesurvey.survey import LimeQuestion, LimeSurvey

# A survey's number, a group's, a question's, and what is left for its part.
SGQA = re.compile(r"(\d+)X(\d+)X(\d.*)")
# What LimeSurvey knows about the person or the visit.
OUTSIDE = re.compile(
    r"TOKEN(:|$)|PARTICIPANT|(SAVEDID|STARTDATE|SUBMITDATE|IPADDR|REFURL|LASTPAGE|LANG|SID|TOKEN"
    r"|SEED|ASSESSMENT\w*|SURVEYNAME|SURVEYDESCRIPTION|ADMINNAME|ADMINEMAIL|FIRSTNAME|LASTNAME"
    r"|EMAIL|OPTOUTURL|EXPIRY|GROUPNAME|QID|GID|SURVEYURL|SITENAME)$"
)


@dataclass
class Names:
    """What each name in an expression means, as far as the questions have been read."""

    survey: LimeSurvey
    _given: naming.Names = field(default_factory=naming.Names)
    _meanings: dict[str, Meaning] = field(default_factory=dict)
    # By the code of a question: why no expression can rest on it.
    _closed: dict[str, str] = field(default_factory=dict)

    def take(self, wanted: str) -> str:
        """A name that no other question has, `wanted` itself if it can be."""
        return self._given.take(wanted)

    def learn(self, question: LimeQuestion, part: str, meaning: Meaning) -> None:
        """That the part of a question, "" for itself, is the field of `meaning`."""
        for name in self._spellings(question, part):
            self._meanings.setdefault(name, meaning)

    def close(self, question: LimeQuestion, why: str) -> None:
        self._closed.setdefault(question.code, why)

    def meaning(self, name: str) -> Meaning:
        """What a name means; raises ExpressionError."""
        if name in self._meanings:
            return self._meanings[name]
        if name in ("that", "self", "this"):
            raise ExpressionError(f"`{name}.` can't be carried: name each question")
        if OUTSIDE.match(name):
            raise ExpressionError(f"{name} is known to LimeSurvey alone, not an answer")
        question = self._question(name)
        if question is None:
            raise ExpressionError(f"no question is called {name}")
        if question.code in self._closed:
            raise ExpressionError(f"{name} {self._closed[question.code]}")
        if any(key.startswith(f"{question.code}_") for key in self._meanings):
            raise ExpressionError(f"{name} is no single answer: expected one of {question.code}_…")
        raise ExpressionError(f"{name} comes later: conditions look back only")

    def _spellings(self, question: LimeQuestion, part: str) -> list[str]:
        """The name, and the one made of numbers that older surveys have."""
        group = self.survey.group_of.get(question.identity, "")
        sgqa = f"{self.survey.identity}X{group}X{question.identity}"
        joined = part.replace("_", "#") if part[-2:] in ("_0", "_1") else part
        return [f"{question.code}_{part}" if part else question.code, f"{sgqa}{joined}"]

    def _question(self, name: str) -> LimeQuestion | None:
        """The question that a name belongs to, known or not."""
        questions = self.survey.questions
        if numbers := SGQA.match(name):
            found = [q for q in questions if numbers[3].startswith(q.identity)]
            return max(found, key=lambda q: len(q.identity), default=None)
        found = [q for q in questions if name == q.code or name.startswith(f"{q.code}_")]
        return max(found, key=lambda q: len(q.code), default=None)

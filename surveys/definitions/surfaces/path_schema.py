"""JSON Schema of the way through a survey: of which answers lead to a question.

Says of a whole set of answers what surveys.definitions.journey works out of them: a condition sees
only answers that are themselves on the path, of options that were offered.
"""

from surveys.definitions.conditions import Condition, Test, evaluate
from surveys.definitions.schema import Definition
from surveys.definitions.surfaces.value_schema import Parts, Schema, means
from surveys.definitions.surfaces.value_truth import (
    any_of,
    contains,
    list_truth,
    one_truth,
    schema_of,
    value_truth,
)
from surveys.questions.base import Question
from surveys.questions.choosing import OneOptionQuestion, OptionsQuestion
from surveys.questions.ranking import RankingQuestion


class PathSchemas:
    """Schemas of the answers that lead to the questions of a definition."""

    def __init__(self, definition: Definition, parts: Parts) -> None:
        self.definition = definition
        self.parts = parts
        self.page_of = {
            q.name: i for i, page in enumerate(definition.pages) for q in page.questions
        }
        self.asked_by = {field.name: q for q in definition.questions for field in q.fields}

    def is_always_asked(self, question: Question) -> bool:
        """Whether nobody's path leads past it."""
        page = self.page_of[question.name]
        return (
            self.definition.page_conditions[page] is None
            and self.definition.question_conditions[question.name] is None
            and not any(self.definition.endings[:page])
        )

    def asked(self, question: Question) -> Schema:
        """The answers that lead to a question."""
        earlier = range(self.page_of[question.name])
        endings = [self._ended(i) for i in earlier if self.definition.endings[i]]
        return {"allOf": [self._reached(question), *({"not": ended} for ended in endings)]}

    def _ended(self, page: int) -> Schema:
        """That the survey ends after a page, if it did not before."""
        return self.parts.named(f"ended.{page + 1}", lambda: self._ending(page))

    def _ending(self, page: int) -> Schema:
        questions = [q for q in self.definition.pages[page].questions if not q.is_computed]
        reached = any_of([self._reached(question) for question in questions])
        ends = any_of([self._true(condition) for condition, _ in self.definition.endings[page]])
        return {"allOf": [reached, ends]}

    def _reached(self, question: Question) -> Schema:
        """That the conditions of a question hold, if the survey did not end before it."""
        return self.parts.named(f"asked.{question.name}", lambda: self._conditions(question))

    def _conditions(self, question: Question) -> Schema:
        page = self.page_of[question.name]
        both = (
            self.definition.page_conditions[page],
            self.definition.question_conditions[question.name],
        )
        return {"allOf": [self._true(one) for one in both if one is not None]} if any(both) else {}

    def _true(self, condition: Condition) -> Schema:
        return schema_of(condition, True, self._test)

    def _test(self, test: Test, holds: bool) -> Schema:
        field = self.definition.by_name[test.question]
        if test.operator == "answered":
            seen = self._seen(field)
            return seen if test.operand is holds else {"not": seen}
        if field.is_computed:
            return any_of(
                [
                    case
                    for code, case in self._cases(field)
                    if evaluate(test, {field.name: code}) is holds
                ]
            )
        return {"allOf": [self._seen(field), self._told(field, test, holds)]}

    def _told(self, field: Question, test: Test, holds: bool) -> Schema:
        if isinstance(field, OneOptionQuestion):
            return one_truth(field, test, holds, lambda code: self._has(field, code))
        if isinstance(field, OptionsQuestion):
            has = self._has
            return list_truth(
                field, test, holds, lambda code: has(field, code), self.parts, name="kept"
            )
        return _with(field, value_truth(field, test, holds, self.parts))

    def _seen(self, field: Question) -> Schema:
        """That a field is on the path and has an answer to what was offered."""
        return self.parts.named(f"seen.{field.name}", lambda: self._kept(field))

    def _kept(self, field: Question) -> Schema:
        if field.is_computed:
            return any_of([case for _, case in self._cases(field)])
        question = self.asked_by[field.name]
        given = _with(field, {"not": {"$ref": "#/$defs/unanswered"}})
        rules = [self._reached(question), given]
        if question.name in self.definition.option_conditions and field.opened_by is None:
            rules.append(
                any_of([self._has(field, c) for c in (*field.codes, *field.missing_codes)])
            )
        if field.opened_by is not None:
            _, code = field.opened_by
            rules.append(self._has(question, code))
        return {"allOf": rules}

    def _has(self, field: Question, code: str) -> Schema:
        """That a code was chosen and was offered."""
        is_one = isinstance(field, OneOptionQuestion)
        chosen = _with(field, means(field, code) if is_one else contains(field, code))
        conditions = self.definition.option_conditions.get(self.asked_by[field.name].name, {})
        is_kept_anyway = isinstance(field, RankingQuestion) and code in field.missing_codes
        if code not in conditions or is_kept_anyway:
            return chosen
        return {"allOf": [chosen, self._true(conditions[code])]}

    def _cases(self, field: Question) -> list[tuple[str, Schema]]:
        """The codes of a computed field, each with the answers that give it."""
        found: list[tuple[str, Schema]] = []
        before: list[Schema] = [self._reached(self.asked_by[field.name])]
        for condition, code in self.definition.case_conditions[field.name]:
            true = self._true(condition)
            found.append((code, {"allOf": [*before, true]}))
            before.append({"not": true})
        return found


def _with(field: Question, value: Schema) -> Schema:
    """Sets of answers that have such a value for a field."""
    return {"required": [field.name], "properties": {field.name: value}}

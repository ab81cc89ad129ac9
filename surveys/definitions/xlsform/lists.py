"""Named lists: choices that several questions offer are written once."""

from collections import Counter
from typing import Any

from surveys.definitions.naming import Names
from surveys.definitions.xlsform.form import Form

FROM_LIST = "from list"


def share_lists(form: Form, pages: list[dict[str, Any]]) -> dict[str, Any]:
    """The lists of the survey; questions that offer just such a list name it.

    In a form of ours every list is one, save those of a single question, whose names have a dot.
    """
    options = {
        name: [choice.option for choice in choices] for name, choices in form.choices.lists.items()
    }
    questions = [question for page in pages for question in page["questions"]]
    sharing = {
        id(question): name
        for question in questions
        if (name := question.pop(FROM_LIST, None)) and question.get("options") == options.get(name)
    }
    uses = Counter(sharing.values())
    names = Names()
    shared = {
        name: names.take(name, prefix="list")
        for name in options
        if ("." not in name if form.is_own else uses[name] > 1)
    }
    for question in questions:
        name = sharing.get(id(question))
        if name in shared:
            question.pop("options")
            question["list"] = shared[name]
    return {shared[name]: options[name] for name in shared}

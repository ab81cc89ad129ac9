"""A file that somebody brings, as a definition: YAML of our own, XLSForm or LimeSurvey."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from surveys.definitions.importing import Imported, ImportRefusedError, Trouble
from surveys.definitions.loader import build_definition
from surveys.definitions.places import DefinitionError, Level, Marked, Problem, read_marked
from surveys.definitions.schema import Definition
from surveys.definitions.whereabouts import in_words, message_in_words
from surveys.versions.helplines import helpline_keys

MOST_BYTES = 10 * 1024 * 1024
YAML_ENDINGS = (".yaml", ".yml")
XLSFORM_ENDINGS = (".xlsx", ".xls")
LIMESURVEY_ENDINGS = (".lss",)
ENDINGS = (*YAML_ENDINGS, *XLSFORM_ENDINGS, *LIMESURVEY_ENDINGS)


@dataclass(frozen=True)
class UploadProblem:
    """One thing that is wrong, and where: a line, a sheet with row and column, or words."""

    level: Level
    place: str
    message: str


@dataclass(frozen=True)
class Upload:
    """What a file holds: a definition unless something can't be stored, and all that is wrong.

    `dropped` is what a lenient import of a foreign form left out, `remarks` what became otherwise
    in it though nothing was lost, such as a name that can't be used here. Such a form knows no
    numbers of ours: `numbered` of surveys.versions.numbers gives it one. `could_be_carried` says
    of a refused one that a lenient import would store the rest.
    """

    definition: Definition | None
    problems: tuple[UploadProblem, ...] = ()
    dropped: tuple[Trouble, ...] = ()
    remarks: tuple[Trouble, ...] = ()
    could_be_carried: bool = False

    def count(self, level: Level) -> int:
        return sum(problem.level == level for problem in self.problems)


def read_upload(
    data: bytes,
    file_name: str,
    *,
    survey: str | None = None,
    lenient: bool = False,
    rename: bool = False,
) -> Upload:
    """The definition in a file, under the name `survey` where one is given.

    A file of ours that bears another name is refused, unless it is to be renamed.
    """
    ending = _ending(file_name)
    if ending not in ENDINGS:
        return _refused(f"expected a file that ends in {', '.join(ENDINGS)}")
    if len(data) > MOST_BYTES:
        return _refused(f"{len(data):,} bytes, of which there can be {MOST_BYTES:,}")
    if ending in YAML_ENDINGS:
        return _read_yaml(data, survey, rename=rename)
    return _read_foreign(data, file_name, survey=survey, lenient=lenient)


def is_of_ours(file_name: str) -> bool:
    """Whether the file is a definition in our own language, by its name."""
    return _ending(file_name) in YAML_ENDINGS


def _reader(ending: str) -> Callable[..., Imported]:
    # Each brings a library of some megabytes, which only who uploads such a file needs.
    if ending in XLSFORM_ENDINGS:
        from surveys.definitions.xlsform import read_xlsform

        return read_xlsform
    from surveys.definitions.limesurvey import read_limesurvey

    return read_limesurvey


def _ending(file_name: str) -> str:
    # LimeSurvey files are kept compressed, too.
    return PurePath(file_name.removesuffix(".gz")).suffix.lower()


def _read_yaml(data: bytes, survey: str | None, *, rename: bool) -> Upload:
    read: dict[str, Any] = {}
    try:
        marked = read_marked(data.decode("utf-8-sig"))
        read = marked.data
        found = read.get("survey")
        if survey is not None and rename:
            marked.data["survey"] = survey
        elif survey is not None and found != survey:
            line = marked.line_of(("survey",))
            message = f"this is the survey {found!r}, and was uploaded for {survey!r}"
            raise DefinitionError([Problem(line, message, ("survey",))])
        loaded = build_definition(marked, helplines=helpline_keys())
    except UnicodeDecodeError as error:
        return _refused(f"byte {error.start + 1:,} is not UTF-8: save the file as UTF-8")
    except DefinitionError as error:
        return Upload(None, _sorted([_in_file(problem, read) for problem in error.problems]))
    return Upload(
        loaded.definition, _sorted([_in_file(problem, read) for problem in loaded.problems])
    )


def _read_foreign(data: bytes, file_name: str, *, survey: str | None, lenient: bool) -> Upload:
    read = _reader(_ending(file_name))
    try:
        imported = read(data, file_name=file_name, survey=survey, lenient=lenient)
    except ImportRefusedError as error:
        problems = _sorted([_carried(trouble, file_name) for trouble in error.troubles])
        if lenient:
            return Upload(None, problems)
        # Whether leaving things out would help is found by trying.
        rest = _read_foreign(data, file_name, survey=survey, lenient=True)
        return Upload(None, problems, could_be_carried=rest.definition is not None)
    return _read_imported(imported)


def _read_imported(imported: Imported) -> Upload:
    data = imported.data
    try:
        loaded = build_definition(Marked(data), helplines=helpline_keys())
    except DefinitionError as error:
        found = [_in_definition(problem, data) for problem in error.problems]
        return Upload(None, _sorted(found), imported.dropped, imported.remarks)
    problems = [_in_definition(problem, data) for problem in loaded.problems]
    return Upload(loaded.definition, _sorted(problems), imported.dropped, imported.remarks)


def _refused(message: str) -> Upload:
    return Upload(None, (UploadProblem("error", "the file", message),))


def _carried(trouble: Trouble, file_name: str) -> UploadProblem:
    """Where it stands within the file: whoever shows it has named the file already."""
    return UploadProblem("error", trouble.place.removeprefix(f"{file_name}: "), trouble.message)


def _in_file(problem: Problem, data: dict[str, Any]) -> UploadProblem:
    """By its line, and in words for who does not read the file."""
    message = message_in_words(problem.message, problem.path)
    if problem.path and data:
        message = f"{in_words(data, problem.path)}: {message}"
    return UploadProblem(problem.level, f"line {problem.line}", message)


def _in_definition(problem: Problem, data: dict[str, Any]) -> UploadProblem:
    message = message_in_words(problem.message, problem.path)
    return UploadProblem(problem.level, in_words(data, problem.path), message)


def _sorted(problems: list[UploadProblem]) -> tuple[UploadProblem, ...]:
    """In the order of the file: line 9 before line 10."""
    return tuple(sorted(problems, key=_place_in_order))


def _place_in_order(problem: UploadProblem) -> list[tuple[bool, int, str]]:
    steps = re.findall(r"\d+|\D+", problem.place)
    return [(step.isdecimal(), int(step) if step.isdecimal() else 0, step) for step in steps]

"""The built-in surveys in each of their languages: complete, alike in what they promise, kind."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from ruamel.yaml import YAML

from surveys.definitions.journey import walk
from surveys.definitions.loader import load_definition
from surveys.definitions.schema import Definition
from surveys.questions.texts import said
from surveys.questions.words import spoken
from surveys.versions.helplines import HELPLINES, helplines_for
from tests.surveys.definitions.test_loading import CONTENT

SURVEYS = ("community-voice", "domestic-abuse", "hate-crime", "rape")
OF_PEOPLE_WHO_REPORTED = SURVEYS[1:]
IN_EASY_READ = ("community-voice", "domestic-abuse")

# Names that stay as they are in Welsh.
NAMES = (
    "24/7 Rape and Sexual Abuse Support Line",
    "Folkestone and Hythe",
    "Men's Advice Line",
    "National Domestic Abuse Helpline",
    "National Stalking Helpline",
    "Rape Crisis England and Wales",
    "Stop Hate UK",
    "Tonbridge and Malling",
    "Victim Support",
)
# Common English words that are no Welsh ones.
ENGLISH = (
    "about and answer answers anybody are been but can did for free from has have how if "
    "it know of older other people please police question questions said she should some "
    "somebody something than that the their them they this was were what when which who will "
    "with would yes you your"
)
# Yes and no in Welsh repeat the verb of the question.
ANSWERS = {
    ("Do", "Naddo"),
    ("Ie", "Nage"),
    ("Oedd", "Nac oedd"),
    ("Oeddwn", "Nac oeddwn"),
    ("Oes", "Nac oes"),
    ("Ydw", "Nac ydw"),
    ("Ydy", "Nac ydy"),
}
HARD_WORDS = (
    "additional approximately commence complete dissatisfied experience exploitation individual "
    "inform informed obtain participate purchase receive regarding require satisfied sentences "
    "service's skip sufficient treatment utilise whether"
)


def definition_of(survey: str) -> Definition:
    return load_definition((CONTENT / survey / "1.yaml").read_text(encoding="utf-8"))


def texts_in(data: Any, at: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Each text as it is written, with the place where it stands."""
    if isinstance(data, dict):
        if isinstance(data.get("en"), str):
            yield at, data
            return
        for key, value in data.items():
            yield from texts_in(value, f"{at}.{key}")
    elif isinstance(data, list):
        for item in data:
            known = item.get("name") or item.get("code") if isinstance(item, dict) else None
            yield from texts_in(item, f"{at}.{known}" if known else at)


def written(name: str) -> list[tuple[str, dict[str, str]]]:
    """The texts of a survey, or of the list of who can help."""
    path = HELPLINES if name == "helplines" else CONTENT / name / "1.yaml"
    return list(texts_in(YAML(typ="safe", pure=True).load(path)))


def bold(text: str) -> list[str]:
    return sorted(re.findall(r"\*\*(.+?)\*\*", text))


def numbers(text: str) -> list[str]:
    return sorted(re.findall(r"\d+", text))


def shape(text: str) -> tuple[int, int, int, list[str]]:
    """Headings, items of lists, paragraphs, and placeholders."""
    lines = text.splitlines()
    return (
        sum(line.startswith("# ") for line in lines),
        sum(line.startswith("- ") for line in lines),
        len(re.findall(r"\n\n", text.strip())),
        sorted(re.findall(r"\{\{\s*([\w.-]+)", text)),
    )


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence, label or item of a list."""
    plain = re.sub(r"^(#|-) ", "", text.replace("**", ""), flags=re.M)
    joined = re.sub(r"(?<!\n)\n(?![\n#-])", " ", plain)
    return [part.split() for part in re.split(r"[.?:]\s|[.?:]$|\n+", joined) if part.split()]


@pytest.mark.parametrize("name", SURVEYS)
def test_survey_speaks_its_languages(name):
    definition = definition_of(name)
    easy = ("en-simple",) if name in IN_EASY_READ else ()
    assert definition.languages == ("en", "cy", *easy)


@pytest.mark.parametrize("name", [*SURVEYS, "helplines"])
def test_every_text_is_there_in_welsh(name):
    missing = [at for at, text in written(name) if not text.get("cy", "").strip()]
    assert not missing


@pytest.mark.parametrize("name", [*SURVEYS, "helplines"])
def test_no_english_is_left_in_welsh(name):
    for at, text in written(name):
        welsh = text["cy"]
        for known in NAMES:
            welsh = welsh.replace(known, "")
        words = {word.lower() for word in re.findall(r"[\w’']+", welsh)}
        assert not words & {*ENGLISH.split()}, at
        # Only a name is the same in both: a place, a service.
        is_name = at.endswith((".name", ".label")) and text["en"] == text["en"].strip()
        assert text["cy"] != text["en"] or is_name, at


@pytest.mark.parametrize("name", [*SURVEYS, "helplines"])
def test_welsh_promises_the_same(name):
    """The same telephone numbers, ages and times, the same weight, the same parts."""
    for at, text in written(name):
        english, welsh = text["en"], text["cy"]
        assert numbers(welsh) == numbers(english), at
        assert bold(welsh) == bold(english), at
        assert shape(welsh) == shape(english), at
        assert english.endswith("?") == welsh.endswith("?"), at
        assert english.count("“") == welsh.count("“") == welsh.count("”"), at


@pytest.mark.parametrize("name", SURVEYS)
def test_texts_name_the_button_as_the_page_does(name):
    button = {language: spoken("Leave this site", language) for language in ("en", "cy")}
    assert button["cy"] != button["en"]
    for at, text in written(name):
        for language, words in text.items():
            for quoted in re.findall("“(.+?)”", words):
                assert quoted == button[language.partition("-")[0]], (at, language)


def test_same_english_words_are_the_same_in_welsh():
    """One scale, one wording, in every survey."""
    found = defaultdict(set)
    for name in SURVEYS:
        for _at, text in written(name):
            found[text["en"].strip()].add(text["cy"].strip())
    varied = {english for english, welsh in found.items() if len(welsh) > 1}
    assert varied <= {"Yes", "No"}


@pytest.mark.parametrize("name", SURVEYS)
def test_yes_and_no_in_welsh_answer_the_verb(name):
    for question in definition_of(name).questions:
        if question.kind != "yes-no":
            continue
        yes, no = (said(option.label, "cy") for option in question.options[:2])
        ask = said(question.ask, "cy")
        assert (yes, no) in ANSWERS, question.name
        assert ask.startswith("Ai ") == (yes == "Ie"), question.name
        # Oes, Oedd and Ydy are said again; the others change their person, or stand for a past.
        if yes in ("Oes", "Oedd", "Ydy"):
            assert re.search(rf"\b{yes}\b", ask, flags=re.I), question.name


@pytest.mark.parametrize("name", OF_PEOPLE_WHO_REPORTED)
def test_titles_of_discreet_surveys_say_nothing_in_any_language(name):
    lines = (CONTENT / "words.txt").read_text(encoding="utf-8").splitlines()
    listed = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    definition = definition_of(name)
    titles = [definition.title, *(page.title for page in definition.pages if page.title)]
    for title in titles:
        for words in title.values():
            whole = re.findall(r"[^\W_]+(?:-[^\W_]+)*", words.lower())
            assert not listed & {*whole, *(part for word in whole for part in word.split("-"))}
    # All of them are called the same, so that the title tells none apart.
    assert definition.title == definition_of("domestic-abuse").title


def test_list_of_words_knows_their_welsh():
    lines = (CONTENT / "words.txt").read_text(encoding="utf-8").splitlines()
    assert {"trais", "cam-drin", "dioddefwr", "heddlu", "trosedd", "casineb", "treisio"} <= {*lines}


@pytest.mark.parametrize("name", IN_EASY_READ)
def test_easy_read_has_short_sentences_and_common_words(name):
    lengths = []
    for at, text in written(name):
        # What nobody reads as it stands, and what is known by its name.
        if re.match(r"\.(nets|title)|\.lists\.(ethnicity|district)", at):
            continue
        easy = said(text, "en-simple")
        words = [word.lower().strip("“”.,?:!()") for part in sentences(easy) for word in part]
        assert not {*words} & {*HARD_WORDS.split()}, at
        assert not re.search(r"\w['’](t|re|ll|ve|s)\b", easy), at
        assert "!" not in easy, at
        lengths += [len(part) for part in sentences(easy)]
        assert max(map(len, sentences(easy))) <= 19, (at, max(sentences(easy), key=len))
    assert sum(lengths) / len(lengths) < 9


@pytest.mark.parametrize("name", IN_EASY_READ)
def test_easy_read_keeps_every_number_to_call(name):
    for at, text in written(name):
        if easy := text.get("en-simple"):
            for number in re.findall(r"\d{2,}", text["en"]):
                assert number in re.findall(r"\d+", easy), (at, number)
            assert set(bold(text["en"])) <= set(bold(easy)), at


@pytest.mark.parametrize("name", IN_EASY_READ)
def test_easy_read_has_its_own_words_before_and_after(name):
    definition = definition_of(name)
    assert definition.start is not None
    assert definition.done is not None
    assert "en-simple" in definition.start
    assert "en-simple" in definition.done
    for question in definition.questions:
        hint = question.hint or {"en-simple": ""}
        assert "en-simple" in hint, question.name


def test_help_is_easy_to_read_where_the_surveys_are():
    for survey in IN_EASY_READ:
        for line in helplines_for(definition_of(survey).helplines, "en-simple"):
            assert max(map(len, sentences(line.note))) <= 19, line.key


@pytest.mark.parametrize("name", OF_PEOPLE_WHO_REPORTED)
def test_who_is_under_18_is_shown_help_and_asked_nothing(name):
    definition = definition_of(name)
    walked = walk(definition, {"adult": "no", "whole-experience": "1"})
    assert walked.ending is not None
    assert walked.ending.outcome == "screen-out"
    assert len(walked.stops) == 1
    assert walked.ending.say is not None
    for language in definition.languages:
        words = said(walked.ending.say, language)
        assert "Childline" in words
        assert "**0800 1111**" in words
        assert "**999**" in words


@pytest.mark.parametrize("name", OF_PEOPLE_WHO_REPORTED)
@pytest.mark.parametrize("answers", [{"adult": "yes"}, {}], ids=["adult", "skipped"])
def test_nobody_else_is_turned_away(name, answers):
    walked = walk(definition_of(name), answers)
    assert walked.ending is None
    assert len(walked.stops) > 15


def test_what_comes_first_is_chosen_from_what_matters():
    definition = definition_of("community-voice")
    chosen = {"matters-most": ["burglary", "shops"]}
    asked = {q.name: q for stop in walk(definition, chosen).stops for q in stop.questions}
    assert asked["matters-top"].codes == ("burglary", "shops")
    alone = {
        q.name for s in walk(definition, {"matters-most": ["shops"]}).stops for q in s.questions
    }
    assert "matters-top" not in alone


@pytest.mark.parametrize("name", OF_PEOPLE_WHO_REPORTED)
def test_own_words_are_asked_for_sparingly(name):
    """Where somebody might write a name or a place, there is no box beside an option."""
    boxes = {field.name for field in definition_of(name).fields if field.kind == "write-in"}
    assert boxes <= {"sexual-orientation.other", "targeted-for.other"}

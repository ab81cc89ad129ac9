"""Reading what people wrote: who may, what stands beside it, how it is found, what is recorded."""

import re

import pytest
from django.urls import reverse

from surveys.admin.written import CANNOT_READ, Piece, pieces
from surveys.models.audit import AuditEntry
from surveys.models.responses import OwnWords
from tests.factories.surveys import SMALL, changed, publish, respond, set_aside
from tests.surveys.admin.conftest import sign_in

QUESTION = "small/words"


@pytest.fixture
def version(db):
    return publish()


@pytest.fixture
def analyst(db):
    return sign_in("ana", "analyst")


def write(response, text, *, question="words"):
    words = OwnWords(response=response, question=question)
    words.write(text)
    words.save()
    return words


def shown(client, **picked):
    """The texts on the page, with what was found in asterisks, and the whole page."""
    address = reverse("admin:surveys_ownwords_changelist")
    answer = client.get(address, {"question": QUESTION, **picked})
    assert answer.status_code == 200
    page = answer.content.decode()
    quotes = re.findall(r"<blockquote[^>]*><p>(.*?)</p></blockquote>", page, re.DOTALL)
    return [re.sub(r"</?mark>", "*", quote) for quote in quotes], page


@pytest.mark.parametrize("role", ["viewer", "editor", "publisher", "safeguarding lead"])
def test_others_are_refused_and_do_not_find_a_way_there(version, role):
    client = sign_in("vi", role)
    address = reverse("admin:surveys_ownwords_changelist")
    assert client.get(address, {"question": QUESTION}).status_code == 403
    assert address not in client.get(reverse("admin:index")).content.decode()


def test_option_written_in_is_told_with_the_question_that_it_is_of(analyst):
    other = "{code: lost, label: {en: Lost}}"
    publish(changed(SMALL, {other: "{code: lost, label: {en: Something else}, write_in: true}"}))
    page = analyst.get(reverse("admin:surveys_ownwords_changelist")).content.decode()
    assert re.search(r'value="small/reasons.lost"[^>]*>What was wrong\? Something else<', page)


def test_newest_month_first_and_no_other_answer_beside(version, analyst):
    write(respond(version, on="2022-10-15", area="north", overall="3"), "A call back")
    write(respond(version, on="2022-11-15", area="south", channel="phone"), "Somebody to listen")
    texts, page = shown(analyst)
    assert texts == ["Somebody to listen", "A call back"]
    rows = page.split('<ul class="words-list"')[1].split("</ul>")[0]
    assert "November 2022" in rows
    assert not re.search(r"North|South|Completely|phone|-15|15 ", rows)


def test_a_page_and_a_search_go_on_record_without_what_was_looked_for(version, analyst):
    for n in range(26):
        write(respond(version, area="north"), f"Text of number {n}")
    assert len(shown(analyst)[0]) == 25
    assert len(shown(analyst, page=2)[0]) == 1
    assert len(shown(analyst, search="NUMBER  2")[0]) == 8
    entries = AuditEntry.objects.filter(action="read own words").order_by("id")
    details = [(entry.subject, entry.detail) for entry in entries]
    assert [subject for subject, _ in details] == ["small: words"] * 3
    assert [(d["page"], d["shown"], d["searched"]) for _, d in details] == [
        (1, 25, False),
        (2, 1, False),
        (1, 8, True),
    ]
    assert all("number" not in str(detail).lower() for _, detail in details)


def test_choosing_a_question_shows_and_records_nothing(version, analyst):
    write(respond(version, area="north"), "A call back")
    page = analyst.get(reverse("admin:surveys_ownwords_changelist")).content.decode()
    assert "What would help?" in page
    assert "A call back" not in page
    assert not AuditEntry.objects.filter(action="read own words").exists()


def test_words_are_found_by_month_group_and_search(version, analyst):
    write(respond(version, on="2022-10-15", area="north"), "A call back soon")
    write(respond(version, on="2022-11-15", area="north"), "Call me <soon>")
    write(respond(version, on="2022-11-15", area="south"), "Lights in the street")
    write(respond(version, on="2022-11-15"), "No call")
    assert shown(analyst, month="2022-10")[0] == ["A call back soon"]
    assert shown(analyst, group="area=south")[0] == ["Lights in the street"]
    assert shown(analyst, group="area~")[0] == ["No call"]
    assert shown(analyst, search="soon call")[0] == [
        "*Call* me &lt;*soon*&gt;",
        "A *call* back *soon*",
    ]
    assert shown(analyst, search="nothing of it")[0] == []
    # What can't be picked is as if it had been left empty.
    assert len(shown(analyst, month="2022-13", group="area=west")[0]) == 4


def test_groups_are_for_those_who_may_see_answers(version, django_user_model):
    from django.contrib.auth.models import Permission  # one permission without the role around it

    write(respond(version, area="north"), "From the north")
    write(respond(version, area="south"), "From the south")
    client = sign_in("reader", "viewer")
    reader = django_user_model.objects.get(username="reader")
    reader.user_permissions.add(Permission.objects.get(codename="view_ownwords"))
    texts, page = shown(client, group="area=north")
    assert sorted(texts) == ["From the north", "From the south"]
    assert 'name="group"' not in page


def test_what_does_not_count_is_not_read(version, analyst):
    write(set_aside(version, area="north"), "Buy this")
    assert shown(analyst)[0] == []


def test_words_under_another_key_are_told_and_the_rest_is_read(version, analyst):
    moved = write(respond(version, area="north"), "Sealed elsewhere")
    OwnWords.objects.filter(pk=moved.pk).update(sealed=moved.sealed[:-4] + "AAAA")
    write(respond(version, area="north"), "Fine")
    assert sorted(shown(analyst)[0]) == ["Fine", CANNOT_READ]


def test_words_in_another_language_say_which(version, analyst):
    response = respond(version, area="north")
    response.language = "cy"
    response.save(update_fields=["language"])
    write(response, "Diolch")
    assert '<blockquote lang="cy"><p>Diolch</p>' in shown(analyst)[1]


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("Call", [], ["Call"]),
        ("A call", ["call"], ["A ", "*call"]),
        ("callCALL", ["call"], ["*call", "*CALL"]),
        ("recall them all", ["call", "all"], ["re", "*call", " them ", "*all"]),
        # Small, the sharp s is two letters: places in the text would be wrong.
        ("STRAßE call", ["call"], ["STRAßE call"]),
    ],
)
def test_pieces_put_together_are_the_text(text, wanted, expected):
    found = pieces(text, wanted)
    assert "".join(piece.text for piece in found) == text
    assert [f"*{p.text}" if p.is_found else p.text for p in found] == expected
    assert all(isinstance(piece, Piece) for piece in found)

"""Somebody whose answers call for help: help first, contact only if asked for, nothing told."""

import logging

import pytest
from django.test import Client

from surveys.models.audit import AuditEntry
from surveys.models.drafts import Draft
from surveys.models.responses import Response
from surveys.models.safeguarding import Concern
from tests.factories.guarded import GUARDED, NOT_ANONYMOUS, WITHOUT_CONTACT, publish_guarded
from tests.factories.surveys import changed, publish
from tests.flows.person import Person, token

pytestmark = pytest.mark.django_db

CANARY = "He will kill me, canary"
REACHED = {"how": "phone", "reach": "07700 900 982", "when": "weekdays, 10am", "message": "no"}


@pytest.fixture
def person(db):
    return Person(publish_guarded())


def in_trouble(person):
    """From the start page to the page of help."""
    return person.post().post().post(area="north").post(overall="3")


def ask(person, **fields):
    """Sends the form by which somebody asks to be contacted."""
    person.page = person.client.post(person.at, {**fields, **token(person)})
    if person.page.status_code == 303:
        person.go(person.page["Location"])
    return person


def follow(person, words):
    """Goes on by the link of these words."""
    before = person.text.partition(f">{words}</a>")[0]
    return person.go(before.rpartition('href="')[2].partition('"')[0])


def at_words(person):
    """To the page where something can be written."""
    person.post().post().post(area="north").post(overall="1")
    return person.post(reported="no", first_name_of_area="").post(when__month="", when__year="")


def test_help_stands_first_then_the_way_out_then_the_way_on(person):
    in_trouble(person)
    assert person.at.endswith("/pause/?page=3")
    assert person.page.status_code == 200
    places = [
        "You can get help now",
        "You do <strong>not</strong> have to cope alone.",
        "999",
        "116 123",
        'href="/exit/"',
        "Go on with the questions",
        "Would you like somebody to contact you?",
    ]
    main = person.text.partition("<main")[2]
    assert [main.find(one) for one in places] == sorted(main.find(one) for one in places)
    assert -1 not in [main.find(one) for one in places]


def test_who_goes_on_comes_to_the_next_page_and_is_not_stopped_again(person):
    follow(in_trouble(person), "Go on with the questions")
    assert person.at.endswith("/4/")
    person.go(f"/s/{person.code}/3/").post(overall="3")
    assert person.at.endswith("/4/")
    assert not Concern.objects.exists()


def test_back_link_leads_to_the_page_that_called(person):
    follow(in_trouble(person), "Back")
    assert person.at.endswith("/3/")


def test_a_change_from_the_check_page_leads_back_there(person):
    person.post().post().post(area="north").post(overall="1")
    person.go(f"/s/{person.code}/3/?to=check")
    person.post(overall="3")
    assert "to=check" in person.at
    follow(person, "Go on with the questions")
    assert person.at.endswith("/check/")


def test_other_answers_and_words_call_for_nothing(person):
    at_words(person).post(words="Nobody called me back")
    assert person.at.endswith("/check/")


@pytest.mark.parametrize(
    "words", ["He’ll KILL\n me.", "he wont let me leave", "kill-me", "Won’t   let me, leave"]
)
def test_words_are_found_however_they_are_written(person, words):
    at_words(person).post(words=words)
    assert "/pause/" in person.at
    assert "Your words made us think." in person.text


def test_anonymous_survey_tells_nobody_what_was_written(person, caplog):
    with caplog.at_level(logging.DEBUG):
        at_words(person).post(words=CANARY)
        ask(person, **REACHED)
    concern = Concern.objects.get()
    assert concern.why == "asked"
    assert concern.question == ""
    assert set(concern.read()) == {"contact"}
    for told in (str(concern.read()), caplog.text, str(list(AuditEntry.objects.values()))):
        assert "canary" not in told
        assert "kill" not in told
    assert "900" not in caplog.text


def test_asking_leaves_one_sealed_row_and_says_what_happens(person):
    ask(in_trouble(person), **REACHED)
    assert "We have your request" in person.text
    assert "07700" not in person.text
    concern = Concern.objects.get()
    assert concern.read()["contact"] == {
        "how": "phone",
        "reach": "07700900982",
        "when": "weekdays, 10am",
        "message": False,
    }
    assert "07700" not in concern.sealed
    follow(person, "Go on with the questions")
    assert person.at.endswith("/4/")


def test_pressed_twice_is_asked_once_and_the_last_counts(person):
    in_trouble(person)
    at, fields = person.at, token(person)
    person.client.post(at, {**REACHED, **fields})
    person.client.post(at, {**REACHED, "how": "email", "reach": "jo@example.org", **fields})
    assert Concern.objects.get().read()["contact"]["reach"] == "jo@example.org"


def test_no_row_leads_to_the_draft_or_the_answers(person):
    ask(in_trouble(person), **REACHED)
    concern, draft = Concern.objects.get(), Draft.objects.get()
    columns = {field.name for field in Concern._meta.get_fields()}
    assert not columns & {"draft", "response", "version", "token_hash"}
    assert concern.pk != draft.pk
    # Nothing in the audit log stands beside the row either.
    assert not AuditEntry.objects.filter(subject__startswith="concern").exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reach": "07700 900 982"}, "Choose whether we should call you or write an email"),
        ({"how": "phone"}, "Enter a phone number or an email address"),
        ({"how": "phone", "reach": "abc"}, "Enter a phone number, like"),
        ({"how": "email", "reach": "07700 900 982"}, "Enter an email address, like"),
        ({**REACHED, "when": "x" * 301}, "Shorten your answer by 1 character"),
        ({**REACHED, "when": "\x00"}, "Enter text"),
        ({"how": "pigeon", "reach": "x"}, "Choose whether we should call you or write an email"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(person, fields, message):
    ask(in_trouble(person), **fields)
    assert person.page.status_code == 400
    assert "govuk-error-summary" in person.text
    assert person.text.count(message) == 2
    assert fields.get("reach", "") in person.text
    assert not Concern.objects.exists()


def test_no_message_may_be_left_unless_they_say_so(person):
    ask(in_trouble(person), how="email", reach="jo@example.org")
    assert Concern.objects.get().read()["contact"]["message"] is False


def test_leaving_before_asking_leaves_nothing(person):
    in_trouble(person)
    person.client.get("/exit/")
    assert not Draft.objects.exists()
    assert not Concern.objects.exists()


def test_leaving_after_asking_leaves_what_was_asked(person):
    ask(in_trouble(person), **REACHED)
    person.client.get("/exit/")
    assert not Draft.objects.exists()
    assert not Response.objects.exists()
    assert Concern.objects.count() == 1


def test_page_of_help_is_for_who_called_alone(person):
    in_trouble(person)
    stranger = Client()
    assert stranger.get(person.at).status_code == 303
    response = stranger.get(person.at, follow=True)
    assert response.status_code == 410
    assert "cope alone" not in response.content.decode()


def test_without_a_call_there_is_no_page_of_help(person):
    person.post().post()
    for query in ("", "?page=3", "?page=x", "?page=99999999999"):
        assert person.client.get(f"/s/{person.code}/pause/{query}").status_code == 303


def test_form_of_another_site_is_not_taken(person):
    in_trouble(person)
    assert person.client.post(person.at, REACHED).status_code == 303
    assert not Concern.objects.exists()


def test_survey_without_contact_offers_none_and_takes_none(db):
    person = in_trouble(Person(publish(WITHOUT_CONTACT)))
    assert "Would you like somebody to contact you?" not in person.text
    ask(person, **REACHED)
    assert not Concern.objects.exists()


def test_survey_that_is_not_anonymous_says_so_first_and_raises_a_concern(db):
    person = Person(publish(NOT_ANONYMOUS))
    assert "safeguarding lead" in person.text.partition('type="submit"')[0]
    in_trouble(person)
    concern = Concern.objects.get()
    assert (concern.why, concern.question) == ("answer", "overall")
    assert concern.read() == {"asked": "Overall, how was it?", "said": "Completely dissatisfied"}
    assert AuditEntry.objects.get(action="raise concern").subject == str(concern)
    assert "will see the answer that brought you here" in person.text
    ask(person, **REACHED)
    joined = Concern.objects.get().read()
    assert joined["said"] == "Completely dissatisfied"
    assert joined["contact"]["reach"] == "07700900982"


def test_words_of_a_survey_that_is_not_anonymous_are_shown_as_written(db):
    person = at_words(Person(publish(NOT_ANONYMOUS))).post(words=CANARY)
    concern = Concern.objects.get()
    assert (concern.why, concern.question) == ("words", "words")
    assert concern.read()["said"] == CANARY
    assert "canary" not in concern.sealed
    person.client.get("/exit/")
    assert Concern.objects.count() == 1


def test_anonymous_survey_promises_no_lead_on_its_start_page(person):
    assert "safeguarding lead" not in person.text


def test_page_of_help_changes_language_and_keeps_what_was_typed(db):
    easy = {
        "languages: [en]": "languages: [en, en-simple]",
        'cope alone."}': 'cope alone.", en-simple: "You are not alone."}',
    }
    person = in_trouble(Person(publish(changed(GUARDED, easy))))
    form = {**REACHED, ".language": "en-simple", **token(person)}
    person.page = person.client.post(person.at, form)
    assert person.page.status_code == 200
    assert "You are not alone." in person.text
    assert 'value="07700 900 982"' in person.text
    assert not Concern.objects.exists()
    assert Draft.objects.get().language == "en-simple"


def test_page_of_help_needs_few_queries(person, django_assert_max_num_queries):
    in_trouble(person)
    with django_assert_max_num_queries(3):
        person.client.get(person.at)

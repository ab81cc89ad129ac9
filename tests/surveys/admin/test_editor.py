"""Editing without a file."""

import re
from html import unescape

import pytest
from django.urls import reverse

from surveys.definitions.editable_parts import part_of
from surveys.models.audit import AuditEntry
from surveys.models.versions import Version
from surveys.versions.publish import approve_version, check_version, withdraw_version
from surveys.versions.read import definition_of
from tests.factories.surveys import SMALL, publish
from tests.surveys.admin.conftest import draft, sign_in

pytestmark = pytest.mark.django_db


class Desk:
    """One person's window on one part of the editor: what stands in the form, and its buttons."""

    def __init__(self, client, version, part):
        self.client = client
        self.address = reverse("admin:version-edit-part", args=[version.pk, part])
        self.show(client.get(self.address))

    def show(self, response):
        self.response = response
        self.text = response.content.decode()
        self.fields = {}
        form = self.text[self.text.find("desk-editor") :]
        for name, words in re.findall(
            r'<textarea[^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL
        ):
            self.fields[name] = unescape(words)
        for tag in re.findall(r"<input[^>]*>", form):
            found = dict(re.findall(r'(name|value)="([^"]*)"', tag))
            self.fields[found["name"]] = unescape(found.get("value", ""))
        for name in re.findall(r'<select name="([^"]+)"', form):
            self.fields[name] = ""
        return self

    def press(self, button="save", **changes):
        sent = {**self.fields, **changes.pop("fields", {}), "do": button}
        return self.show(self.client.post(self.address, sent))


def asked(version, name="area"):
    return definition_of(Version.objects.get(pk=version.pk)).by_name[name]


def test_edit_of_a_published_version_makes_a_draft_of_the_next(editor):
    first = publish()
    desk = Desk(editor, first, "question-area")
    assert "makes a draft of version 2" in desk.text
    desk.press(fields={"text:ask:en": "Where is your home?"})
    second = Version.objects.get(number=2)
    assert (second.state, second.source, second.editors) == ("draft", "desk", ["ed"])
    assert asked(second).ask == {"en": "Where is your home?"}
    assert asked(first).ask == {"en": "Where do you live?"}
    assert AuditEntry.objects.get(action="edit questionnaire").detail["part"] == "question-area"


def test_saving_without_a_change_makes_nothing(editor):
    version = publish()
    desk = Desk(editor, version, "question-area").press()
    assert desk.response.status_code == 303
    assert Version.objects.get() == version


def test_every_part_can_be_saved_unchanged(editor):
    version = draft()
    page = editor.get(reverse("admin:version-edit", args=[version.pk])).content.decode()
    keys = re.findall(rf"/version/{version.pk}/edit/([^/\"]+)/", page)
    assert len(keys) == 13
    for key in keys:
        assert Desk(editor, version, key).press().response.status_code == 303
    assert AuditEntry.objects.filter(action="store draft").count() == 1


def test_edit_of_a_draft_takes_check_and_approval_away(editor):
    version = draft()
    check_version(version, actor="ed")
    approve_version(version, actor="pat")
    desk = Desk(editor, version, "question-area")
    assert "must be checked and approved again" in desk.text
    desk.press(fields={"text:hint:en": "Your home"})
    version.refresh_from_db()
    assert (version.state, version.approved_by) == ("draft", "")
    assert asked(version).hint == {"en": "Your home"}


def test_options_move_without_being_saved_until_saved(editor):
    version = draft()
    desk = Desk(editor, version, "question-reasons")
    desk.press("down|items:options|0", fields={"text:ask:en": "What went wrong?"})
    assert asked(version, "reasons").codes == ("slow", "rude", "lost", "none")
    # What was typed meanwhile is still there.
    assert desk.fields["text:ask:en"] == "What went wrong?"
    desk.press("up|items:options|2").press()
    assert asked(version, "reasons").codes == ("rude", "lost", "slow", "none")
    assert asked(version, "reasons").ask == {"en": "What went wrong?"}


def test_option_is_added_and_removed(editor):
    version = draft()
    desk = Desk(editor, version, "question-reasons").press("add|items:options|")
    desk.press("up|items:options|5", fields={"items:options:5:label:en": "Too far away"})
    desk.press("remove|items:options|1").press()
    assert asked(version, "reasons").codes == ("slow", "lost", "none", "too-far-away")
    assert asked(version, "reasons").options[2].exclusive


def test_option_that_a_condition_needs_can_not_be_removed(editor):
    version = draft()
    desk = Desk(editor, version, "list-satisfaction").press("remove|items:|2").press()
    assert desk.response.status_code == 400
    assert "It was not saved" in desk.text
    assert "has no code" in desk.text


def test_text_that_must_be_there_is_asked_for(editor):
    version = draft()
    desk = Desk(editor, version, "question-area").press(fields={"text:ask:en": " "})
    assert desk.response.status_code == 400
    assert "question area, wording: " in desk.text


def test_translations_stand_side_by_side_and_missing_ones_are_counted(editor):
    version = draft()
    Desk(editor, version, "about").press(fields={"languages": "en cy"})
    page = editor.get(reverse("admin:version-edit", args=[version.pk])).content.decode()
    assert "Missing in </span>Cymraeg" in page
    desk = Desk(editor, version, "question-area")
    assert desk.text.count(">missing<") == 4
    desk.press(fields={"text:ask:cy": "Ble ydych chi’n byw?"})
    assert asked(version).ask["cy"] == "Ble ydych chi’n byw?"
    assert Desk(editor, version, "question-area").text.count(">missing<") == 3


def test_reason_for_continuity_is_kept_with_every_field_of_the_part(editor):
    version = publish()
    words = {"items::1:label:en": "Neither one nor the other", "reason": "Only the wording"}
    Desk(editor, version, "list-satisfaction").press(fields=words)
    assert definition_of(Version.objects.get(number=2)).continuity == {
        "overall": "Only the wording"
    }


def test_labels_of_nets_say_of_which(editor):
    assert "<legend>Label of satisfied<" in Desk(editor, draft(), "about").text


def test_no_reason_is_asked_for_before_anything_was_published(editor):
    assert 'name="reason"' not in Desk(editor, draft(), "question-area").text


def test_second_of_two_editors_is_told_and_loses_nothing(editor):
    version = draft()
    mine = Desk(editor, version, "question-area")
    theirs = Desk(sign_in("ana", "editor"), version, "question-area")
    theirs.press(fields={"text:ask:en": "Theirs?"})
    mine.press(fields={"text:ask:en": "Mine?"})
    assert mine.response.status_code == 409
    assert "ana changed this part" in mine.text
    assert "Theirs?" in mine.text
    assert mine.fields["text:ask:en"] == "Mine?"
    assert asked(version).ask == {"en": "Theirs?"}
    # Knowing that, saving again puts it in.
    assert mine.press().response.status_code == 303
    assert asked(version).ask == {"en": "Mine?"}


def test_two_editors_of_different_parts_do_not_meet(editor):
    version = draft()
    mine = Desk(editor, version, "question-area")
    Desk(sign_in("ana", "editor"), version, "question-reported").press(
        fields={"text:ask:en": "Did you tell them?"}
    )
    assert mine.press(fields={"text:ask:en": "Mine?"}).response.status_code == 303
    assert asked(version).ask == {"en": "Mine?"}
    assert asked(version, "reported").ask == {"en": "Did you tell them?"}


def test_edits_of_a_published_version_go_on_in_its_draft(editor):
    version = publish()
    mine = Desk(editor, version, "question-area")
    Desk(sign_in("ana", "editor"), version, "question-reported").press(
        fields={"text:ask:en": "Did you tell them?"}
    )
    # Opened before there was a draft: it goes into the one that there is now.
    mine.press(fields={"text:ask:en": "Mine?"})
    assert Version.objects.count() == 2
    second = Version.objects.get(number=2)
    assert asked(second).ask == {"en": "Mine?"}
    assert asked(second, "reported").ask == {"en": "Did you tell them?"}
    response = editor.get(mine.address)
    assert response["Location"] == reverse(
        "admin:version-edit-part", args=[second.pk, "question-area"]
    )


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "\n\nwith\nlines", '"&amp;'])
def test_words_come_back_as_they_were_typed(editor, words):
    version = draft()
    Desk(editor, version, "question-area").press(fields={"text:hint:en": words})
    desk = Desk(editor, version, "question-area")
    assert desk.fields["text:hint:en"] == words.strip()
    assert "<script>alert" not in desk.text


def test_buttons_that_make_no_sense_do_nothing(editor):
    version = draft()
    desk = Desk(editor, version, "question-reasons")
    for button in ("up|items:options|0", "down|items:options|99", "remove|items:gone|0", "x|y"):
        assert desk.press(button).response.status_code == 200
    assert asked(version, "reasons").codes == ("slow", "rude", "lost", "none")


def test_unknown_part_is_no_page(editor):
    version = draft()
    address = reverse("admin:version-edit-part", args=[version.pk, "question-gone"])
    assert editor.get(address).status_code == 404


def test_language_tag_that_is_none_is_told_with_what_was_expected(editor):
    desk = Desk(editor, draft(), "about").press(fields={"languages": "en c_y"})
    assert desk.response.status_code == 400
    assert "such as en, cy or en-simple, found 'c_y'" in unescape(desk.text)
    assert "pattern" not in desk.text


def test_added_option_without_words_is_told_once(editor):
    desk = Desk(editor, draft(), "list-satisfaction").press("add|items:|").press()
    assert desk.response.status_code == 400
    assert desk.text.count("option 5 has no words") == 1
    assert "is missing" not in desk.text


def test_start_that_is_lacking_in_all_languages_is_counted(editor):
    version = draft({"start: {en: Before you begin}\n": ""})
    part = part_of(definition_of(version), "about")
    assert part.missing("en") == 1
    assert ">missing<" in Desk(editor, version, "about").text


def test_buttons_of_an_option_are_named_in_the_first_language(editor):
    version = draft(
        {"languages: [en]": "languages: [en, cy]", "{en: North}": "{cy: Gogledd, en: North}"}
    )
    text = Desk(editor, version, "question-area").text
    assert 'Move down<span class="visually-hidden"> North' in text
    assert "Boxes to tick instead of answering" in Desk(editor, version, "question-calls").text
    desk = Desk(editor, version, "question-area").press("add|items:options|")
    assert ">Don’t know</option>" in desk.text


def test_editor_says_that_a_version_is_withdrawn_or_was_replaced(editor):
    first, second = publish(), publish(SMALL.replace("version: 1", "version: 2"))
    assert "was replaced by version 2" in Desk(editor, first, "about").text
    withdraw_version(second, actor="pat", reason="A wrong word")
    text = Desk(editor, second, "about").text
    assert "Version 2 is withdrawn: it takes no answers" in text
    assert "is published" not in text


def test_part_with_more_boxes_than_a_form_can_hold_says_so(editor):
    """Hints are boxes, too: Django would refuse the form, with all that was typed in it."""
    north = "          - {code: north, label: {en: North}}\n"
    option = "          - {{code: c{0}, label: {{en: Option {0}}}, hint: {{en: So it is}}}}\n"
    options = "".join(option.format(i) for i in range(145))
    version = draft({north: options, "languages: [en]": "languages: [en, cy, de]"})
    desk = Desk(editor, version, "question-area")
    assert "too many options to edit" in desk.text
    assert desk.press().response.status_code == 303

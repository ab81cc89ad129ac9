"""Publication seals a version, and the database keeps the seal."""

import pytest
from django.core.management import call_command
from django.db import Error, connection, transaction

from surveys.definitions.loader import load_definition
from surveys.models.audit import AuditEntry, first_broken_entry
from surveys.models.versions import Survey, Version
from surveys.versions.publish import CannotPublishError, store_version
from surveys.versions.read import current_version, definition_of
from tests.factories.surveys import SMALL, changed, publish, respond

pytestmark = pytest.mark.django_db

REFUSED = "published and can't change"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE surveys_version SET document = document || ' '",
        "UPDATE surveys_version SET cells = cells || ARRAY['x']",
        "UPDATE surveys_version SET sha256 = repeat('0', 64)",
        "UPDATE surveys_version SET published_at = NULL, published_by = ''",
        "UPDATE surveys_version SET number = 2",
        "DELETE FROM surveys_version",
    ],
)
def test_published_version_refuses_raw_sql(statement):
    publish()
    before = Version.objects.values().get()
    with pytest.raises(Error, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Version.objects.values().get() == before


def test_document_and_hash_must_agree():
    version = store_version(load_definition(SMALL), actor="test")
    with pytest.raises(Error, match="version_hash_is_of_its_document"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(document="{}")


def test_draft_is_replaced_and_a_published_version_is_not():
    draft = store_version(load_definition(SMALL), actor="test")
    text = changed(SMALL, {"minutes: 2": "minutes: 3"})
    assert store_version(load_definition(text), actor="test").pk == draft.pk
    published = publish(text)
    # The same again is no change.
    assert publish(text).sha256 == published.sha256
    with pytest.raises(CannotPublishError, match="expected `version: 2`"):
        store_version(load_definition(SMALL), actor="test")


def test_new_version_takes_over_and_the_old_one_keeps_its_responses():
    first = publish()
    response = respond(first, area="north")
    second = publish(changed(SMALL, {"version: 1": "version: 2", "minutes: 2": "minutes: 9"}))
    assert current_version(first.survey) == second
    response.refresh_from_db()
    assert response.version == first
    assert definition_of(first).minutes == 2
    assert definition_of(second).minutes == 9


def test_more_counters_than_can_be_stored_are_refused():
    many = "\n".join(
        f"  - questions: [{{name: n{i}, kind: whole-number, max: 199, ask: {{en: N}}}}]"
        for i in range(170)
    )
    text = changed(SMALL, {"pages:": f"pages:\n{many}"})
    with pytest.raises(CannotPublishError, match="counters"):
        store_version(load_definition(text), actor="test")


def test_unknown_helpline_is_refused():
    text = changed(SMALL, {"languages: [en]": "languages: [en]\nhelplines: [nobody]"})
    with pytest.raises(CannotPublishError, match="nobody"):
        store_version(load_definition(text), actor="test")


def test_load_survey_prints_slug_version_and_hash(tmp_path, capsys):
    path = tmp_path / "1.yaml"
    path.write_text(SMALL)
    call_command("load_survey", path, publish=True)
    version = Version.objects.get()
    assert capsys.readouterr().out.split() == ["small", "version", "1", "published", version.sha256]
    call_command("load_survey", path, slug="other")
    assert set(Survey.objects.values_list("slug", flat=True)) == {"small", "other"}


def test_load_survey_of_bad_input_tells_each_problem_and_writes_nothing(tmp_path, capsys):
    path = tmp_path / "bad.yaml"
    path.write_text(
        changed(SMALL, {"{overall: {is: 3}}": "{gone: {is: 3}}", "net: satisfied": "net: x"})
    )
    with pytest.raises(SystemExit) as error:
        call_command("load_survey", path)
    assert error.value.code == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2
    assert all(line.startswith(f"{path}: line ") for line in told)
    assert not Survey.objects.exists()
    assert not AuditEntry.objects.exists()


def test_load_survey_of_a_missing_file(tmp_path, capsys):
    with pytest.raises(SystemExit) as error:
        call_command("load_survey", tmp_path / "none.yaml")
    assert error.value.code == 2
    assert "none.yaml" in capsys.readouterr().err


def test_audit_trail_grows_in_a_chain_and_can_not_change():
    publish()
    assert list(AuditEntry.objects.order_by("id").values_list("action", flat=True)) == [
        "store draft",
        "publish version",
    ]
    assert first_broken_entry() is None
    for statement in (
        "UPDATE surveys_auditentry SET actor = 'x'",
        "DELETE FROM surveys_auditentry",
    ):
        refused = pytest.raises(Error, match="only grows")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_altered_audit_entry_is_found():
    publish()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE surveys_auditentry DISABLE TRIGGER only_add")
        cursor.execute("UPDATE surveys_auditentry SET actor = 'x' WHERE action = 'store draft'")
        cursor.execute("ALTER TABLE surveys_auditentry ENABLE TRIGGER only_add")
    assert first_broken_entry().action == "store draft"

"""Triggers that keep published versions and the audit trail as they are."""

from django.db import migrations

SEAL_VERSION = """
CREATE FUNCTION surveys_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL AND (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD) THEN
        RAISE EXCEPTION 'version % of survey % is published and can''t change: publish a new version',
            OLD.number, OLD.survey_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_published BEFORE UPDATE OR DELETE ON surveys_version
    FOR EACH ROW EXECUTE FUNCTION surveys_keep_published();
ALTER TABLE surveys_version ADD CONSTRAINT version_hash_is_of_its_document
    CHECK (sha256 = encode(sha256(convert_to(document, 'UTF8')), 'hex'));
"""

UNSEAL_VERSION = """
ALTER TABLE surveys_version DROP CONSTRAINT version_hash_is_of_its_document;
DROP TRIGGER keep_published ON surveys_version;
DROP FUNCTION surveys_keep_published;
"""

SEAL_AUDIT = """
CREATE FUNCTION surveys_only_add() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail only grows' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER only_add BEFORE UPDATE OR DELETE ON surveys_auditentry
    FOR EACH ROW EXECUTE FUNCTION surveys_only_add();
"""

UNSEAL_AUDIT = """
DROP TRIGGER only_add ON surveys_auditentry;
DROP FUNCTION surveys_only_add;
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]

    operations = [
        migrations.RunSQL(SEAL_VERSION, UNSEAL_VERSION),
        migrations.RunSQL(SEAL_AUDIT, UNSEAL_AUDIT),
    ]

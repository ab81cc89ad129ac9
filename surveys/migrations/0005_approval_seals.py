"""The database itself keeps the four eyes: who edited can't approve, what was approved can't change."""

from django.db import migrations

KEEP_APPROVED = """
ALTER TABLE surveys_version ADD CONSTRAINT version_is_approved_by_another
    CHECK (approved_by = '' OR NOT approved_by = ANY (editors));
CREATE FUNCTION surveys_keep_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.document IS DISTINCT FROM OLD.document AND (
        NEW.checked_at IS NOT NULL AND NEW.checked_at IS NOT DISTINCT FROM OLD.checked_at
        OR NEW.approved_at IS NOT NULL AND NEW.approved_at IS NOT DISTINCT FROM OLD.approved_at
    ) THEN
        RAISE EXCEPTION 'version % of survey % was checked as it was: a change needs a new check',
            OLD.number, OLD.survey_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_approved BEFORE UPDATE ON surveys_version
    FOR EACH ROW EXECUTE FUNCTION surveys_keep_approved();
CREATE FUNCTION surveys_keep_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a withdrawal stands: publish a new version'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER keep_withdrawn BEFORE UPDATE OR DELETE ON surveys_withdrawal
    FOR EACH ROW EXECUTE FUNCTION surveys_keep_withdrawn();
"""

FORGET_APPROVED = """
DROP TRIGGER keep_withdrawn ON surveys_withdrawal;
DROP FUNCTION surveys_keep_withdrawn;
DROP TRIGGER keep_approved ON surveys_version;
DROP FUNCTION surveys_keep_approved;
ALTER TABLE surveys_version DROP CONSTRAINT version_is_approved_by_another;
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0004_versions_workflow")]

    operations = [migrations.RunSQL(KEEP_APPROVED, FORGET_APPROVED)]

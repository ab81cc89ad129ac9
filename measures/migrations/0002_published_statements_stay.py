"""A trigger that keeps published statements as they are, and a hash that is of its bundle."""

from django.db import migrations

SEAL = """
CREATE FUNCTION measures_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' AND (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD) THEN
        RAISE EXCEPTION 'edition % of the statement for % is published and can''t change: build the next edition',
            OLD.edition, to_char(OLD.period, 'YYYY-MM') USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_published BEFORE UPDATE OR DELETE ON measures_statement
    FOR EACH ROW EXECUTE FUNCTION measures_keep_published();
ALTER TABLE measures_statement ADD CONSTRAINT statement_hash_is_of_its_bundle
    CHECK (sha256 = encode(sha256(convert_to(bundle, 'UTF8')), 'hex'));
"""

UNSEAL = """
ALTER TABLE measures_statement DROP CONSTRAINT statement_hash_is_of_its_bundle;
DROP TRIGGER keep_published ON measures_statement;
DROP FUNCTION measures_keep_published;
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial")]

    operations = [migrations.RunSQL(SEAL, UNSEAL)]

"""Longer names of written fields; and what the database keeps of the four eyes, closed further."""

from django.db import migrations, models

# Editors only come in, and a draft from the desk never becomes one that a command brought: else
# the rule that another person approves could be walked round by an update.
KEEP_EDITORS = """
CREATE FUNCTION surveys_keep_editors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT OLD.editors <@ NEW.editors OR (OLD.source = 'desk' AND NEW.source <> 'desk') THEN
        RAISE EXCEPTION 'version % of survey % was edited on the desk by %: that stays on record',
            OLD.number, OLD.survey_id, OLD.editors
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_editors BEFORE UPDATE ON surveys_version
    FOR EACH ROW EXECUTE FUNCTION surveys_keep_editors();
"""

FORGET_EDITORS = """
DROP TRIGGER keep_editors ON surveys_version;
DROP FUNCTION surveys_keep_editors;
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0007_longer_language_tags")]

    operations = [
        migrations.AlterField(
            model_name="ownwords", name="question", field=models.CharField(max_length=121)
        ),
        migrations.RunSQL(KEEP_EDITORS, FORGET_EDITORS),
    ]

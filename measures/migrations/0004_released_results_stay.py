"""Released results can't change, somebody else approves them, and statements hold no exact count."""

import django.db.models.deletion
from django.db import migrations, models

SEAL = """
CREATE FUNCTION measures_keep_released() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'released results can''t change: corrections come with the next release'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER keep_released BEFORE UPDATE OR DELETE ON measures_resultsrelease
    FOR EACH ROW EXECUTE FUNCTION measures_keep_released();
CREATE TRIGGER keep_released BEFORE UPDATE OR DELETE ON measures_publishedtable
    FOR EACH ROW EXECUTE FUNCTION measures_keep_released();
CREATE TRIGGER keep_released BEFORE UPDATE OR DELETE ON measures_publishedcell
    FOR EACH ROW EXECUTE FUNCTION measures_keep_released();

CREATE FUNCTION measures_sign_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.made_in := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE TRIGGER sign_release BEFORE INSERT ON measures_resultsrelease
    FOR EACH ROW EXECUTE FUNCTION measures_sign_release();

CREATE FUNCTION measures_add_no_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added JOIN measures_resultsrelease AS release ON release.id = added.release_id
        WHERE release.made_in <> pg_current_xact_id()::text::bigint
    ) THEN
        RAISE EXCEPTION 'nothing can be added to results that are released'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER add_no_table AFTER INSERT ON measures_publishedtable
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION measures_add_no_table();

CREATE FUNCTION measures_add_no_cell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT table_id FROM added) AS one
        JOIN measures_publishedtable AS published ON published.id = one.table_id
        JOIN measures_resultsrelease AS release ON release.id = published.release_id
        WHERE release.made_in <> pg_current_xact_id()::text::bigint
    ) THEN
        RAISE EXCEPTION 'nothing can be added to results that are released'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER add_no_cell AFTER INSERT ON measures_publishedcell
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION measures_add_no_cell();
"""

UNSEAL = """
DROP TRIGGER add_no_cell ON measures_publishedcell;
DROP FUNCTION measures_add_no_cell;
DROP TRIGGER add_no_table ON measures_publishedtable;
DROP FUNCTION measures_add_no_table;
DROP TRIGGER sign_release ON measures_resultsrelease;
DROP FUNCTION measures_sign_release;
DROP TRIGGER keep_released ON measures_publishedcell;
DROP TRIGGER keep_released ON measures_publishedtable;
DROP TRIGGER keep_released ON measures_resultsrelease;
DROP FUNCTION measures_keep_released;
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0003_results_and_weights")]

    operations = [
        migrations.AlterModelOptions(
            name="statement",
            options={"ordering": ["-period", "-edition"]},
        ),
        migrations.RemoveField(
            model_name="statement",
            name="inputs",
        ),
        migrations.AddField(
            model_name="resultsrelease",
            name="left_out",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="resultsrelease",
            name="made_in",
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.CreateModel(
            name="ReleaseRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quarter", models.CharField(max_length=7)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("declined", "Declined"),
                            ("approved", "Approved"),
                            ("released", "Released"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("asked_by", models.CharField(max_length=150)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=150)),
                ("begun_at", models.DateTimeField(blank=True, null=True)),
                (
                    "message",
                    models.TextField(blank=True, help_text="Why it was declined or refused."),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.survey",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", ""),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="release_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by", "")),
                            models.Q(
                                models.Q(("decided_by", ""), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="release_decided_at_goes_with_by",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "approved"])),
                        fields=("survey", "quarter"),
                        name="release_asked_for_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SEAL, UNSEAL),
    ]

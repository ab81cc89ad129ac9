"""Tallies a row for each group and stratum, and what waits to be counted in a table of its own."""

import struct
from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Length
from django.db.models.lookups import Exact

import surveys.models.packed

PACK = """
CREATE FUNCTION surveys_pack(numbers smallint[]) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(string_agg(
        set_byte(set_byte('\\x0000'::bytea, 0, one::int & 255), 1, one::int >> 8), '' ORDER BY at
    ), '') FROM unnest(numbers) WITH ORDINALITY AS each (one, at)
$$;
ALTER TABLE surveys_response ALTER COLUMN cells TYPE bytea USING surveys_pack(cells);
DROP FUNCTION surveys_pack;
"""
UNPACK = """
CREATE FUNCTION surveys_unpack(packed bytea) RETURNS smallint[] LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(array_agg(
        (get_byte(packed, at) + 256 * get_byte(packed, at + 1))::smallint ORDER BY at
    ), '{}') FROM generate_series(0, length(packed) - 2, 2) AS at
$$;
ALTER TABLE surveys_response ALTER COLUMN cells TYPE smallint[] USING surveys_unpack(cells);
DROP FUNCTION surveys_unpack;
"""

# The columns of a response that its tallies are made of.
COUNTED = "version_id, wave, period, stratum, groups, cells, record_key, is_synthetic"
OF_NEW = ", ".join(f"NEW.{name}" for name in COUNTED.split(", "))
OF_OLD = OF_NEW.replace("NEW.", "OLD.")

WAIT = f"""
CREATE FUNCTION surveys_wait_to_be_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO surveys_uncounted (response_id, {COUNTED})
    SELECT id, {COUNTED} FROM stored WHERE standing = 'counts';
    RETURN NULL;
END $$;
CREATE TRIGGER wait_to_be_counted AFTER INSERT ON surveys_response
    REFERENCING NEW TABLE AS stored
    FOR EACH STATEMENT EXECUTE FUNCTION surveys_wait_to_be_counted();

CREATE FUNCTION surveys_keep_uncounted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.standing = 'counts' THEN
        DELETE FROM surveys_uncounted WHERE response_id = OLD.id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'response % is in the tallies: take it out of them first', OLD.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF NEW.standing = 'counts' THEN
        INSERT INTO surveys_uncounted (response_id, {COUNTED}) VALUES (NEW.id, {OF_NEW});
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_uncounted AFTER UPDATE ON surveys_response FOR EACH ROW
    WHEN ((OLD.id, OLD.standing, {OF_OLD}) IS DISTINCT FROM (NEW.id, NEW.standing, {OF_NEW}))
    EXECUTE FUNCTION surveys_keep_uncounted();

CREATE FUNCTION surveys_forget_uncounted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM surveys_uncounted WHERE response_id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER forget_uncounted AFTER DELETE ON surveys_response FOR EACH ROW
    EXECUTE FUNCTION surveys_forget_uncounted();
"""  # noqa: S608  # only our own column names are put in
DO_NOT_WAIT = """
DROP TRIGGER wait_to_be_counted ON surveys_response;
DROP TRIGGER keep_uncounted ON surveys_response;
DROP TRIGGER forget_uncounted ON surveys_response;
DROP FUNCTION surveys_wait_to_be_counted;
DROP FUNCTION surveys_keep_uncounted;
DROP FUNCTION surveys_forget_uncounted;
"""

# A sweep adds to the same rows again: with room on their page no index is written. And what waits
# comes and goes: what is gone must not be in the way of the next sweep.
ROOM = """
ALTER TABLE surveys_tally SET (fillfactor = 60);
ALTER TABLE surveys_uncounted SET (autovacuum_vacuum_scale_factor = 0,
                                   autovacuum_vacuum_threshold = 5000);
"""

# The next sweep counts all again, but for what the tallies of a closed month hold: those stay.
WAIT_ANEW = f"""
INSERT INTO surveys_uncounted (response_id, {COUNTED})
SELECT id, {COUNTED} FROM surveys_response AS response
WHERE standing = 'counts' AND NOT (is_tallied AND EXISTS (
    SELECT FROM surveys_closedmonth AS closed
    WHERE closed.version_id = response.version_id AND closed.period = response.period
))
"""  # noqa: S608  # as above
OLD_ROWS = """
SELECT version_id, wave, period, stratum, "group", array_agg(cell), array_agg(n),
       array_agg(synthetic)
FROM surveys_oldtally AS tally
WHERE EXISTS (
    SELECT FROM surveys_closedmonth AS closed
    WHERE closed.version_id = tally.version_id AND closed.period = tally.period
)
GROUP BY 1, 2, 3, 4, 5
"""
NEW_ROW = """
INSERT INTO surveys_tally
    (version_id, wave, period, stratum, "group", is_synthetic, n, keys)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""


def keep_closed_months(apps: Any, editor: Any) -> None:
    """Brings over the rows that nothing is left to count again from; their keys are not known."""
    Version = apps.get_model("surveys", "Version")  # a class
    sizes = {v.pk: len(v.cells) for v in Version.objects.filter(published_at__isnull=False)}
    with editor.connection.cursor() as cursor:
        cursor.execute(OLD_ROWS)
        for version, wave, period, stratum, group, cells, n, synthetic in cursor.fetchall():
            said = dict(zip(cells, (a - b for a, b in zip(n, synthetic, strict=True)), strict=True))
            for is_synthetic, of in (
                (False, said),
                (True, dict(zip(cells, synthetic, strict=True))),
            ):
                if any(of.values()):
                    size = sizes[version]
                    counts = struct.pack(f"<{size}I", *(of.get(i, 0) for i in range(size)))
                    key = (version, wave, period, stratum, group, is_synthetic)
                    cursor.execute(NEW_ROW, [*key, counts, bytes(4 * size)])


def refuse_with_closed_months(apps: Any, editor: Any) -> None:
    """Going back counts all anew, which a month without its responses could not stand."""
    if apps.get_model("surveys", "ClosedMonth").objects.exists():
        raise RuntimeError(
            "there are months whose tallies are all that is left: they would be lost"
        )


class Migration(migrations.Migration):
    dependencies = [("surveys", "0014_record_keys_and_exports")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, refuse_with_closed_months),
        migrations.RunSQL(
            PACK,
            UNPACK,
            state_operations=[
                migrations.AlterField(
                    model_name="response",
                    name="cells",
                    field=surveys.models.packed.PackedNumbers(),
                )
            ],
        ),
        migrations.RemoveConstraint(model_name="tally", name="tally_key"),
        migrations.RenameModel("Tally", "OldTally"),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wave", models.CharField(blank=True, max_length=40)),
                ("period", models.DateField()),
                ("stratum", models.TextField(blank=True)),
                ("group", models.PositiveSmallIntegerField()),
                ("is_synthetic", models.BooleanField(default=False)),
                ("n", models.BinaryField()),
                ("keys", models.BinaryField()),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tallies",
                        to="surveys.version",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "tallies",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "group", "period", "wave", "stratum", "is_synthetic"),
                        name="tally_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(Exact(Length("n"), Length("keys"))),
                        name="tally_has_a_key_for_each_cell",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Uncounted",
            fields=[
                (
                    "response",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="uncounted",
                        serialize=False,
                        to="surveys.response",
                    ),
                ),
                ("wave", models.CharField(blank=True, max_length=40)),
                ("period", models.DateField()),
                ("stratum", models.TextField(blank=True)),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), size=None
                    ),
                ),
                ("cells", surveys.models.packed.PackedNumbers()),
                ("record_key", models.BigIntegerField()),
                ("is_synthetic", models.BooleanField()),
                (
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="surveys.version",
                    ),
                ),
            ],
            options={"verbose_name_plural": "uncounted"},
        ),
        migrations.RunSQL(ROOM, migrations.RunSQL.noop),
        migrations.RunPython(keep_closed_months, migrations.RunPython.noop),
        migrations.RunSQL(WAIT_ANEW, migrations.RunSQL.noop),
        migrations.DeleteModel("OldTally"),
        migrations.RemoveConstraint(model_name="response", name="response_tallied_counts"),
        migrations.RemoveIndex(model_name="response", name="response_not_tallied"),
        migrations.RemoveField(model_name="response", name="is_tallied"),
        migrations.RunSQL(WAIT, DO_NOT_WAIT),
    ]

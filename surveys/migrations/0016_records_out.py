"""Files of records: with own words or not, begun how often; and recounts asked for on the desk."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0015_tallies_by_stratum"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recounting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Asked"), ("done", "Done"), ("failed", "Failed")],
                        default="asked",
                        max_length=6,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("asked_by", models.CharField(max_length=150)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("done", models.PositiveBigIntegerField(default=0)),
                ("total", models.PositiveBigIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("message", models.TextField(blank=True, help_text="What came of it.")),
            ],
            options={"verbose_name": "recount", "ordering": ["-asked_at"]},
        ),
        migrations.AlterModelOptions(
            name="export",
            options={
                "ordering": ["-asked_at"],
                "permissions": [
                    ("approve_export", "Can approve an export that somebody else asked for")
                ],
                "verbose_name_plural": "files of records",
            },
        ),
        migrations.AddField(
            model_name="export",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="export",
            name="with_words",
            field=models.BooleanField(
                default=False, help_text="Whether it holds what people wrote in their own words."
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(("sealed_key", ""), ("state", "ready"), _connector="OR"),
                name="export_only_a_ready_one_has_a_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="recounting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")),
                fields=("state",),
                name="recount_one_at_a_time",
            ),
        ),
    ]

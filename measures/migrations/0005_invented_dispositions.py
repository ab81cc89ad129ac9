"""Outcomes of cases that were made by code for the demonstration can be told from others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measures", "0004_released_results_stay")]

    operations = [
        migrations.AddField(
            model_name="disposition",
            name="is_synthetic",
            field=models.BooleanField(default=False),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0010_answering_safely"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="kept_nonce",
            field=models.UUIDField(editable=False, null=True),
        ),
    ]

"""Registers the app with Django."""

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = "Surveys"

    def ready(self) -> None:
        # After this app's own migrations only, not once for each app. Codes of places are facts
        # that figures and answers point to: without them nothing can be imported, so they belong
        # to a migrated database, also after a test has emptied it.
        post_migrate.connect(load_places_after_migrate, sender=self, dispatch_uid="load-places")


def load_places_after_migrate(using: str = DEFAULT_DB_ALIAS, **kwargs: object) -> None:
    """Loads surveys/content/places.csv, unless the table is gone (`migrate surveys zero`)."""
    # Models can't be imported before the apps are ready.
    from surveys.models.places import Place, load_places

    tables = connections[using].introspection.table_names()
    if using == DEFAULT_DB_ALIAS and Place._meta.db_table in tables:
        load_places()

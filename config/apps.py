"""The house itself as an app: roles and the demonstration."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class HouseConfig(AppConfig):
    name = "config"
    label = "house"
    verbose_name = "House"

    def ready(self) -> None:
        from config.roles import sync_roles  # models are there only once all apps are loaded

        # The signal comes once for each app with models; after the last one all permissions exist.
        post_migrate.connect(sync_roles, sender=apps.get_app_config("measures"))

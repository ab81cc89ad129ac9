"""The house itself as an app: roles, the demonstration and the public site's count of visits."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HouseConfig(AppConfig):
    name = "config"
    label = "house"
    verbose_name = "House"

    def ready(self) -> None:
        from config.roles import sync_roles  # models are there only once all apps are loaded

        # The signal comes once for each app with models; after the last one all permissions exist.
        post_migrate.connect(sync_roles, sender=self)

"""The house itself as an app: roles and the demonstration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HouseConfig(AppConfig):
    name = "config"
    label = "house"
    verbose_name = "House"

    def ready(self) -> None:
        from config.roles import sync_roles  # models are there only once all apps are loaded

        # This app comes last, so permissions exist by then.
        post_migrate.connect(sync_roles, sender=self)

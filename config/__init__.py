"""Settings, entry points and the addresses of the whole site."""

from config.celery import app

__all__ = ["app"]

"""The bare limit: Django without middleware, and a view that inserts one row and commits."""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from psycopg.conninfo import conninfo_to_dict

TABLE = "CREATE TABLE bare (id uuid PRIMARY KEY, answers jsonb NOT NULL)"
INSERT = "INSERT INTO bare VALUES (gen_random_uuid(), %s::jsonb)"


def insert(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return HttpResponse(b"ready\n", content_type="text/plain")
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [request.body.decode()])
    return HttpResponse(b"stored\n", status=201, content_type="text/plain")


urlpatterns = [path("", insert)]


def _configure() -> None:
    parts = conninfo_to_dict(os.environ["DATABASE_URL"])
    settings.configure(
        SECRET_KEY="bare",  # noqa: S106  # signs nothing
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": parts.pop("dbname"),
                "USER": parts.pop("user", ""),
                "PASSWORD": parts.pop("password", ""),
                "HOST": parts.pop("host", ""),
                "PORT": parts.pop("port", ""),
                "CONN_MAX_AGE": None,
            }
        },
    )
    django.setup()


if not settings.configured:
    _configure()
    application = WSGIHandler()

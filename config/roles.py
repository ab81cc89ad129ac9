"""Who may do what: the groups of staff, as data."""

from django.contrib.auth.models import Group, Permission

# Group: permissions by app label and codename.
ROLES: dict[str, tuple[str, ...]] = {
    "viewer": (
        "surveys.view_survey",
        "surveys.view_version",
        "surveys.view_place",
        "measures.view_release",
        "measures.view_series",
        "measures.view_figure",
        "measures.view_statement",
        "measures.view_resultsrelease",
        "house.view_visitmonth",
    ),
    # Who sees the counts also decides which of the answers that were set aside belong in them.
    "analyst": (
        "surveys.view_tally",
        # To have the totals counted anew; nobody changes a number by hand.
        "surveys.change_tally",
        "surveys.add_judgement",
        "surveys.view_ownwords",
        # To ask for a file of records; somebody else lets it be made.
        "surveys.add_export",
        "measures.view_savedview",
        "measures.add_savedview",
        "measures.delete_savedview",
        "measures.add_population",
        "measures.add_target",
        "measures.add_disposition",
    ),
    "editor": ("surveys.add_version", "surveys.change_survey", "measures.add_statement"),
    # To edit and to approve are two roles: the database refuses an approver who edited.
    "publisher": (
        "surveys.approve_version",
        "surveys.publish_version",
        "surveys.change_survey",
        "measures.change_statement",
        "measures.add_resultsrelease",
    ),
    "data-protection officer": (
        "surveys.view_auditentry",
        "surveys.view_export",
        "surveys.approve_export",
    ),
    # Alone with what somebody said who may be in danger.
    "safeguarding lead": ("surveys.view_concern", "surveys.change_concern"),
    "system administrator": (
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "auth.view_group",
        "rest_framework_api_key.view_apikey",
        "rest_framework_api_key.add_apikey",
        "rest_framework_api_key.change_apikey",
    ),
}


def sync_roles(**_: object) -> None:
    """Makes the groups hold exactly the permissions above; runs after each migration."""
    for name, wanted in ROLES.items():
        # Everyone on the staff may see what a viewer sees.
        codes = {*wanted, *ROLES["viewer"]} if name != "system administrator" else set(wanted)
        group, _created = Group.objects.get_or_create(name=name)
        found = Permission.objects.select_related("content_type").filter(
            codename__in=[code.split(".")[1] for code in codes]
        )
        group.permissions.set(
            [p for p in found if f"{p.content_type.app_label}.{p.codename}" in codes]
        )

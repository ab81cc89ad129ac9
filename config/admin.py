"""Accounts on the desk, who may sign in and in which group; and visits to the public site."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from config.models import VisitMonth
from measures.admin.read_only import ReadOnlyAdmin
from measures.stats.rounding import with_commas
from surveys.models.audit import record

admin.site.site_title = "Heard"
admin.site.index_title = "The desk"

admin.site.unregister([Group, User])

# Only a command on the server gives these: on the desk they would let an account rise by itself.
NEVER_HERE = ("is_superuser", "user_permissions")
NOT_ONES_OWN = ("groups", "is_staff", "is_active")


@admin.register(User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fixed = (
            *super().get_readonly_fields(request, obj),
            *NEVER_HERE,
            "last_login",
            "date_joined",
        )
        if obj is not None:
            # Who edited, approved and published stands in the records by this name, and who
            # edited must not approve.
            fixed = (*fixed, "username")
        return (*fixed, *NOT_ONES_OWN) if obj is not None and obj == request.user else fixed

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A superuser's account is changed by a superuser only."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        _record(request, "add account", obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        """Django comes here with a password that was set for somebody, too."""
        _record(request, "change account", obj, message)
        return super().log_change(request, obj, message)


def _record(request: HttpRequest, action: str, user: User, message: list[dict[str, Any]]) -> None:
    fields = [name for told in message for name in told.get("changed", {}).get("fields", ())]
    groups = sorted(user.groups.values_list("name", flat=True))
    actor = request.user.get_username()
    record(actor, action, subject=user.get_username(), fields=fields, groups=groups)


@admin.register(VisitMonth)
class VisitMonthAdmin(ReadOnlyAdmin):
    """Whoever did not agree is in none of these numbers, which the page says too."""

    change_list_template = "admin/visits.html"
    how_to_fill = "Nobody who agreed to be counted has come yet. Nothing has to be done."
    list_display = ["in_words", "all_of_them", "new", "back"]
    list_display_links = None

    @admin.display(description="month", ordering="month")
    def in_words(self, visits: VisitMonth) -> str:
        return f"{visits.month:%B %Y}"

    @admin.display(description="counted")
    def all_of_them(self, visits: VisitMonth) -> str:
        return with_commas(visits.first_time + visits.returning)

    @admin.display(description="for the first time", ordering="first_time")
    def new(self, visits: VisitMonth) -> str:
        return with_commas(visits.first_time)

    @admin.display(description="been here before", ordering="returning")
    def back(self, visits: VisitMonth) -> str:
        return with_commas(visits.returning)

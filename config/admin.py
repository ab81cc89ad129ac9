"""Accounts on the desk: who may sign in, and in which group; never more than that."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

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

"""Accounts on the desk: who may sign in, and in which group; never more than that."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from surveys.models.audit import record

admin.site.site_title = "Heard"
admin.site.index_title = "The desk"

admin.site.unregister(Group)
admin.site.unregister(get_user_model())

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

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        groups = sorted(form.instance.groups.values_list("name", flat=True))
        record(
            request.user.get_username(),
            "change account" if change else "add account",
            subject=form.instance.get_username(),
            fields=form.changed_data,
            groups=groups,
        )

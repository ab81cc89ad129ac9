"""Pages of the desk that show and never change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from surveys.admin.desk import NOTHING


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """What only a function of the product may write."""

    empty_value_display = NOTHING

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

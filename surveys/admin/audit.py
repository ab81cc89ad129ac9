"""The audit trail on the desk."""

from django.contrib import admin

from surveys.admin.desk import moment
from surveys.admin.read_only import ReadOnlyAdmin
from surveys.models.audit import AuditEntry
from surveys.models.places import Place


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["when", "actor", "action", "subject"]
    list_filter = ["action"]
    search_fields = ["actor", "subject"]

    @admin.display(description="at", ordering="at")
    def when(self, entry: AuditEntry) -> str:
        return moment(entry.at)


@admin.register(Place)
class PlaceAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "kind", "parent"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["code", "name"]

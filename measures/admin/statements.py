"""Statements on the desk: what was built, and what was published."""

import json

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from measures.admin.read_only import ReadOnlyAdmin
from measures.admin.words import NOTHING, desk_moment
from measures.models.statements import Statement


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin):
    how_to_fill = (
        "No statement has been built yet. Build one with manage.py build_statement --period "
        "2022-11, where the period is the last month of its twelve."
    )
    list_display = ["__str__", "state", "known_on", "built_by", "approver", "published"]
    list_filter = ["state", "period"]
    exclude = ["bundle", "as_of", "built_at", "published_at"]
    readonly_fields = ["known_on", "built", "published", "page", "what_it_says"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        """Statements without their bundles, which only a statement's own page opens."""
        return super().get_queryset(request).defer("bundle")

    @admin.display(description="as known on", ordering="as_of")
    def known_on(self, statement: Statement) -> str:
        return desk_moment(statement.as_of)

    @admin.display(description="built")
    def built(self, statement: Statement) -> str:
        return desk_moment(statement.built_at)

    @admin.display(description="published", ordering="published_at")
    def published(self, statement: Statement) -> str:
        return desk_moment(statement.published_at)

    @admin.display(description="approved by", ordering="approved_by")
    def approver(self, statement: Statement) -> str:
        return statement.approved_by or NOTHING

    @admin.display(description="page")
    def page(self, statement: Statement) -> SafeString:
        address = reverse("statement-edition", args=[statement.period, statement.edition])
        return format_html('<a href="{}">{}</a>', address, address)

    @admin.display(description="what it says")
    def what_it_says(self, statement: Statement) -> SafeString:
        told = [(one["sentence"],) for one in json.loads(statement.bundle)["measures"]]
        return format_html_join("", "<p>{}</p>", told)

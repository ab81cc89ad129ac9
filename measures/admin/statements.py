"""Statements on the desk: what was published, and the exact counts for those who may see them."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from measures.admin.read_only import ReadOnlyAdmin
from measures.admin.words import NOTHING, desk_moment
from measures.models.statements import Statement
from surveys.models.audit import record

SEE_INPUTS = "measures.view_inputs"
PERIODS = {"current": "This year", "previous-year": "The year before", "baseline": "Baseline"}


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin):
    how_to_fill = (
        "No statement has been built yet. Build one with manage.py build_statement --period "
        "2022-11, where the period is the last month of its twelve."
    )
    list_display = ["__str__", "state", "known_on", "built_by", "approver", "published"]
    list_filter = ["state", "period"]
    exclude = ["bundle", "inputs", "as_of", "built_at", "published_at"]
    readonly_fields = ["known_on", "built", "published", "page", "what_it_says"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        """Statements without their bundles, which only a statement's own page opens."""
        return super().get_queryset(request).defer("bundle", "inputs")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = [*super().get_readonly_fields(request, obj)]
        return [*fields, "exact_inputs"] if _may_see_inputs(request) else fields

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The statement; that somebody saw its exact counts is put on record first."""
        statement = self.get_object(request, object_id)
        if statement and statement.inputs and self._shows_inputs(request, statement):
            actor = request.user.get_username()
            record(actor, "see exact inputs", subject=str(statement), sha256=statement.sha256)
        return super().change_view(request, object_id, form_url, extra_context)

    def _shows_inputs(self, request: HttpRequest, statement: Statement) -> bool:
        return _may_see_inputs(request) and self.has_view_permission(request, statement)

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

    @admin.display(description="exact counts of answers")
    def exact_inputs(self, statement: Statement) -> SafeString | str:
        if not statement.inputs:
            return "No survey was counted"
        # In the order of the statement: stored as JSON, the inputs have lost theirs.
        rows = [
            {
                "title": measure["title"],
                "counts": [statement.inputs[measure["slug"]].get(name) for name in PERIODS],
            }
            for measure in json.loads(statement.bundle)["measures"]
            if measure["slug"] in statement.inputs
        ]
        context = {"periods": PERIODS.values(), "rows": rows}
        return render_to_string("measures/exact_inputs.html", context)


def _may_see_inputs(request: HttpRequest) -> bool:
    return request.user.has_perm(SEE_INPUTS)

"""Releases, series and figures on the desk."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from measures.admin.read_only import ReadOnlyAdmin
from measures.admin.words import desk_moment, desk_period
from measures.models.figures import Figure, Release, Series
from measures.publications.sources import NOT_STATED
from measures.stats.periods import Period
from measures.stats.rounding import with_commas

IMPORT_FIRST = (
    "Nothing has been imported yet. Import a file with manage.py import_figures FILE --source "
    "SOURCE; manage.py import_figures --help lists the sources."
)


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    how_to_fill = IMPORT_FIRST
    list_display = ["title", "source", "released", "figures_taken", "revised", "not_taken"]
    list_filter = ["source", "released_at"]
    search_fields = ["title", "file_name", "sha256"]
    exclude = ["licence", "released_at", "imported_at", "set_aside", "warnings"]
    readonly_fields = [
        "stated_licence",
        "released",
        "imported",
        "what_was_set_aside",
        "what_was_odd",
    ]

    @admin.display(description="licence")
    def stated_licence(self, release: Release) -> str:
        return release.licence or NOT_STATED

    @admin.display(description="released", ordering="released_at")
    def released(self, release: Release) -> str:
        return desk_moment(release.released_at)

    @admin.display(description="imported", ordering="imported_at")
    def imported(self, release: Release) -> str:
        return desk_moment(release.imported_at)

    @admin.display(description="figures", ordering="taken")
    def figures_taken(self, release: Release) -> str:
        return with_commas(release.taken)

    @admin.display(description="revised", ordering="replaced")
    def revised(self, release: Release) -> str:
        return with_commas(release.replaced)

    @admin.display(description="set aside")
    def not_taken(self, release: Release) -> str:
        return with_commas(len(release.set_aside))

    @admin.display(description="set aside")
    def what_was_set_aside(self, release: Release) -> SafeString | str:
        return _remarks(release.set_aside)

    @admin.display(description="warnings")
    def what_was_odd(self, release: Release) -> SafeString | str:
        return _remarks(release.warnings)


def _remarks(remarks: list[dict[str, Any]]) -> SafeString | str:
    rows = [(remark.get("where", ""), remark.get("why", "")) for remark in remarks]
    return format_html_join("", "<div>{}: {}</div>", rows) or "Nothing"


@admin.register(Series)
class SeriesAdmin(ReadOnlyAdmin):
    how_to_fill = IMPORT_FIRST
    list_display = ["category", "category_code", "area", "source"]
    list_filter = ["source", "area__kind"]
    list_select_related = ["area"]
    search_fields = ["category", "category_code", "area__name", "area__code"]


@admin.register(Figure)
class FigureAdmin(ReadOnlyAdmin):
    how_to_fill = IMPORT_FIRST
    list_display = ["number", "area", "category", "period", "source", "file_name"]
    list_filter = ["series__source", "ends"]
    list_select_related = ["series__area", "release"]
    search_fields = ["series__category", "series__area__name"]
    # Counting millions of rows for a heading would be slower than the page.
    show_full_result_count = False

    @admin.display(description="value", ordering="value")
    def number(self, figure: Figure) -> str:
        return with_commas(figure.value)

    @admin.display(description="area", ordering="series__area__name")
    def area(self, figure: Figure) -> str:
        return figure.series.area.name

    @admin.display(description="category", ordering="series__category")
    def category(self, figure: Figure) -> str:
        return figure.series.category

    @admin.display(description="period", ordering="ends")
    def period(self, figure: Figure) -> str:
        return desk_period(Period(figure.starts, figure.ends))

    @admin.display(description="source", ordering="series__source")
    def source(self, figure: Figure) -> str:
        return figure.series.source

    @admin.display(description="release", ordering="release__file_name")
    def file_name(self, figure: Figure) -> str:
        return figure.release.file_name

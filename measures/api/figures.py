"""Imported figures and the areas they are about, as rows."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request

from measures.api.asked import (
    AREA,
    AS_OF,
    AskedView,
    asked_area,
    asked_moment,
    asked_month,
    unknown,
)
from measures.models.figures import Figure, Series
from measures.publications.sources import NOT_STATED
from measures.stats.periods import month_of
from surveys.models.places import Place


class Pages(LimitOffsetPagination):
    default_limit = 1000
    max_limit = 10_000


class FigureSerializer(serializers.ModelSerializer[Figure]):
    source = serializers.CharField(source="series.source")  # type: ignore[assignment]  # its name
    area = serializers.CharField(source="series.area_id", help_text="An ONS code.")
    category = serializers.CharField(source="series.category", help_text="The publisher's name.")
    category_code = serializers.CharField(source="series.category_code")
    period_start = serializers.DateField(source="starts")
    period_end = serializers.DateField(source="ends")
    released = serializers.SerializerMethodField()
    publisher = serializers.CharField(source="release.publisher")
    title = serializers.CharField(source="release.title")
    licence = serializers.SerializerMethodField()
    sha256 = serializers.CharField(source="release.sha256", help_text="Of the file.")

    class Meta:
        model = Figure
        fields = [
            "source",
            "area",
            "category",
            "category_code",
            "period_start",
            "period_end",
            "value",
            "released",
            "sha256",
            "label",
            "where",
            "note",
            "publisher",
            "title",
            "licence",
        ]

    def get_released(self, figure: Figure) -> str:
        """The day on which the file became known."""
        return timezone.localdate(figure.release.released_at).isoformat()

    def get_licence(self, figure: Figure) -> str:
        """Of the file; where its publisher states none, this says so."""
        return figure.release.licence or NOT_STATED


class PlaceSerializer(serializers.ModelSerializer[Place]):
    parent = serializers.CharField(  # type: ignore[assignment]  # its name
        source="parent_id", allow_null=True
    )
    population = serializers.SerializerMethodField()

    class Meta:
        model = Place
        fields = ["code", "name", "kind", "parent", "population"]

    def get_population(self, place: Place) -> int | None:
        """People who live there; null until populations are imported."""
        return None


def _named(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, description=description)


@extend_schema_view(
    get=extend_schema(
        operation_id="figures_list",
        parameters=[
            _named("source", "Which importer read it, such as ons-pfa."),
            AREA,
            _named("category", "The publisher's name or code, such as Robbery."),
            _named("from", "Periods that end in this month or later, such as 2022-01."),
            _named("to", "Periods that end in this month or earlier, such as 2022-11."),
            AS_OF,
        ],
    )
)
class FigureList(AskedView, ListAPIView[Figure]):
    """Imported crime figures as they were known at a moment, one row a figure."""

    parameters = ("source", "area", "category", "from", "to", "as_of", "limit", "offset")
    serializer_class = FigureSerializer
    pagination_class = Pages
    queryset = Figure.objects.select_related("series", "release")

    def get_queryset(self) -> QuerySet[Figure]:
        request: Request = self.request
        figures = super().get_queryset().filter(known__contains=asked_moment(request))
        figures = figures.filter(series__in=_series(request))
        first, last = _asked_months(request)
        if first:
            figures = figures.filter(ends__gte=first)
        if last:
            figures = figures.filter(ends__lte=month_of(last).ends)
        return figures.order_by(
            "series__source", "series__area_id", "series__category", "starts", "ends", "id"
        )


def _asked_months(request: Request) -> tuple[date | None, date | None]:
    """The months in which a period may end, first and last. Raises a 400 where they are swapped."""
    first, last = asked_month(request, "from"), asked_month(request, "to")
    if first and last and first > last:
        expected = f"expected a month no later than to, which is {last:%Y-%m}"
        raise ValidationError({"from": [f"{first:%Y-%m} is too late; {expected}"]})
    return first, last


def _series(request: Request) -> QuerySet[Series]:
    """The series asked for; a 400 that lists what there is for a name that none has.

    A place without figures is no wrong question: it has no series.
    """
    series = Series.objects.all()
    if request.query_params.get("area"):
        series = series.filter(area_id=asked_area(request))
        if not series.exists():
            return series
    for name, field in (("source", "source"), ("category", "category")):
        value = request.query_params.get(name)
        if not value:
            continue
        wanted = Q(**{field: value})
        if name == "category":
            wanted |= Q(category_code=value)
        found = series.filter(wanted)
        if not found.exists():
            known = series.order_by(field).values_list(field, flat=True).distinct()
            raise unknown(name, value, known=[str(one) for one in known])
        series = found
    return series


@extend_schema_view(get=extend_schema(operation_id="areas_list"))
class AreaList(AskedView, ListAPIView[Place]):
    """Places: code, name, kind and the place they are part of."""

    serializer_class = PlaceSerializer
    pagination_class = None
    queryset = Place.objects.order_by("kind", "code")

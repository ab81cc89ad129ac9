"""Measures as data: definitions, and what is known of each over time."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from measures.api.asked import AREA, AS_OF, AskedView, asked_area, asked_moment, unknown
from measures.compute.series import kind_of, series_of
from measures.compute.values import CountFound
from measures.definitions.loader import definitions
from measures.definitions.schema import Measure
from measures.publications.read import published_shares


class MeasureSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    title = serializers.CharField()
    priority = serializers.CharField()
    kind = serializers.CharField(help_text="count, or share of a survey's answers.")
    plain = serializers.CharField(help_text="What is counted, in plain words.")


class MeasureDetailSerializer(MeasureSerializer):
    definition = serializers.JSONField(help_text="The whole definition, as its YAML has it.")


class PointSerializer(serializers.Serializer[Any]):
    period = serializers.CharField(help_text="The last month, such as 2022-11.")
    kind = serializers.CharField(help_text="month, quarter, rolling-year or other.")
    starts = serializers.DateField()
    ends = serializers.DateField()
    value = serializers.IntegerField(allow_null=True, help_text="A count, or whole percent.")
    low = serializers.IntegerField(allow_null=True, help_text="Of the 95% interval of a share.")
    high = serializers.IntegerField(allow_null=True)
    status = serializers.ChoiceField(["value", "bound", "suppressed", "not-available"])
    shown = serializers.CharField(help_text="As the page shows it.")
    released = serializers.DateField(allow_null=True)
    source = serializers.CharField(  # type: ignore[assignment]  # its name
        help_text="Of a share: the statement that published it."
    )
    sha256 = serializers.CharField(help_text="Of the file or the statement.")


class MeasureList(AskedView):
    @extend_schema(responses=MeasureSerializer(many=True), operation_id="measures_list")
    def get(self, request: Request) -> Response:
        """Every measure, in the order of a statement."""
        return Response([_summary(measure) for measure in definitions().measures])


class MeasureDetail(AskedView):
    @extend_schema(responses=MeasureDetailSerializer, operation_id="measures_retrieve")
    def get(self, request: Request, slug: str) -> Response:
        """One measure's definition: what it counts, compares and stands in for."""
        measure = _measure(slug)
        definition = measure.model_dump(mode="json", by_alias=True, exclude_none=True)
        return Response(_summary(measure) | {"definition": definition})


class MeasureSeries(AskedView):
    parameters = ("area", "as_of")

    @extend_schema(
        parameters=[AREA, AS_OF],
        responses=PointSerializer(many=True),
        operation_id="measures_series",
    )
    def get(self, request: Request, slug: str) -> Response:
        """A count's months, quarters and rolling years; of a share, what statements published."""
        measure = _measure(slug)
        if measure.share:
            area = request.query_params.get("area", settings.FORCE_AREA)
            if area != settings.FORCE_AREA:
                raise unknown("area", area, known=[settings.FORCE_AREA])
            return Response(published_shares(measure.slug, as_of=asked_moment(request)))
        found = series_of(measure, area=asked_area(request), as_of=asked_moment(request))
        return Response([_point(one) for one in found])


def _measure(slug: str) -> Measure:
    measure = definitions().measure(slug)
    if measure is None:
        raise Http404
    return measure


def _summary(measure: Measure) -> dict[str, Any]:
    return {
        "slug": measure.slug,
        "title": str(measure.title),
        "priority": measure.priority,
        "kind": measure.kind,
        "plain": str(measure.plain),
    }


def _point(found: CountFound) -> dict[str, Any]:
    files = list(dict.fromkeys(reading.file for reading in found.readings))
    return {
        "period": found.period.key,
        "kind": kind_of(found.period),
        "starts": found.period.starts,
        "ends": found.period.ends,
        "value": found.count,
        "low": None,
        "high": None,
        "status": "value",
        "shown": f"{found.count:,}",
        # A sum is known when the last of its parts is.
        "released": timezone.localdate(max(file.released for file in files)),
        "source": files[0].source,
        "sha256": "; ".join(file.sha256 for file in files),
    }

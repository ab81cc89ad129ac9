"""What a request asks for, or a 400 that lists what there is."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from measures.api.csv_rows import CSVRenderer
from measures.compute.moments import parse_as_of
from measures.models.figures import Series
from measures.stats.periods import parse_month
from surveys.models.places import Place

AREA = OpenApiParameter(
    "area",
    OpenApiTypes.STR,
    description="An ONS code, such as E23000032. A place without figures gives an empty list, "
    "a code that is no place an error that lists the areas with figures.",
)
AS_OF = OpenApiParameter(
    "as_of",
    OpenApiTypes.STR,
    description="As known at the end of a day (2023-02-01) or at a moment; now without it.",
)


class KnownFormats(DefaultContentNegotiation):
    """Another `format` than there is gets a 400 that names those there are, not a bare 404."""

    def filter_renderers(
        self,
        renderers: Iterable[BaseRenderer],
        format: str,  # noqa: A002  # DRF's name
    ) -> list[BaseRenderer]:
        by_format = {str(renderer.format): renderer for renderer in renderers}
        if format not in by_format:
            raise unknown("format", format, known=list(by_format))
        return [by_format[format]]


class AskedView(APIView):
    """A view that answers in JSON or CSV, and refuses a parameter that it would have to ignore."""

    renderer_classes = [JSONRenderer, CSVRenderer]
    content_negotiation_class = KnownFormats
    parameters: tuple[str, ...] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        known = [*self.parameters, "format"]
        for name, text in request.query_params.items():
            if name not in known:
                there_is = ", ".join(known)
                raise ValidationError({name: [f"this parameter is not known; there is {there_is}"]})
            if "\0" in text:
                # PostgreSQL can hold no such text, and so not look it up either.
                raise ValidationError({name: ["expected text, found a NUL character"]})


def asked_area(request: Request) -> str:
    """The area asked for, or the force's own. Raises a 400 for a code that is no place."""
    area = request.query_params.get("area", settings.FORCE_AREA)
    if "area" in request.query_params and not Place.objects.filter(code=area).exists():
        raise unknown("area", area, known=areas_with_figures())
    return area


def areas_with_figures() -> list[str]:
    """The codes of all areas that have figures."""
    return list(Series.objects.order_by("area_id").values_list("area_id", flat=True).distinct())


def asked_moment(request: Request) -> datetime:
    """The moment of `as_of`, or now."""
    text = request.query_params.get("as_of")
    if not text:
        return timezone.now()
    try:
        return parse_as_of(text)
    except ValueError as error:
        raise ValidationError({"as_of": [str(error)]}) from None


def asked_month(request: Request, name: str) -> date | None:
    """The first day of the month in a parameter, or None without it."""
    text = request.query_params.get(name)
    return month_in(text, name=name) if text else None


def month_in(text: str, *, name: str) -> date:
    """The first day of the month that a request names, or a 400 that says how to write it."""
    try:
        return parse_month(text)
    except ValueError as error:
        raise ValidationError({name: [str(error)]}) from None


NO_FIGURES = "there is nothing, since no figures have been published or supplied"


def unknown(
    name: str, value: str, *, known: list[str], nothing: str = NO_FIGURES
) -> ValidationError:
    """A 400 that says what there is instead, or why there is `nothing`."""
    there_is = f"there is {', '.join(known)}" if known else nothing
    return ValidationError({name: [f"{value!r} is not known; {there_is}"]})

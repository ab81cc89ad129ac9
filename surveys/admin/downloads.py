"""Taking a version along as a file."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from surveys.admin.desk import SEE, require
from surveys.admin.reading import version_or_404
from surveys.versions.export import CannotExportError, export
from surveys.versions.read import definition_of


@dataclass(frozen=True)
class Kind:
    """One form in which a version is taken along; `has_languages` where each has a file."""

    key: str
    name: str
    ending: str
    content_type: str
    has_languages: bool = False


KINDS = (
    Kind("yaml", "Definition (YAML)", "yaml", "application/yaml"),
    Kind(
        "xlsform",
        "XLSForm",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    Kind("pdf", "Form on paper (PDF)", "pdf", "application/pdf", has_languages=True),
    Kind("codebook-html", "Codebook (HTML)", "html", "text/html", has_languages=True),
    Kind("codebook-csv", "Codebook (CSV)", "csv", "text/csv", has_languages=True),
    Kind("ddi", "Codebook (DDI 2.5)", "xml", "application/xml"),
    Kind("jsonschema", "Schema of answers", "json", "application/schema+json"),
)


@require_safe
def send(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """The version in the form that is asked for, to be saved and never shown in place."""
    require(request, SEE)
    version = version_or_404(pk)
    kind = next((kind for kind in KINDS if kind.key == what), None)
    language = request.GET.get("language")
    if kind is None or (language and language not in definition_of(version).languages):
        raise Http404
    site = f"{request.scheme}://{request.get_host()}"
    try:
        content = export(version, kind.key, language=language, site=site)
    except CannotExportError as error:
        return HttpResponse(f"{error}\n", status=409, content_type="text/plain; charset=utf-8")
    tongue = f"-{language}" if language and kind.has_languages else ""
    name = f"{version.survey.slug}-{version.number}{tongue}.{kind.ending}"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        content, content_type=kind.content_type, headers={"Content-Disposition": disposition}
    )

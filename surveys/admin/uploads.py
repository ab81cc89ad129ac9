"""Bringing a questionnaire to the desk as a file, and reading everything that is wrong with it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from surveys.admin.desk import EDIT, counted, go, in_words, moment, name_of, page, page_of, require
from surveys.admin.reading import last_stored, problems_counted
from surveys.definitions.fingerprint import canonical
from surveys.definitions.schema import Definition
from surveys.models.audit import AuditEntry, record
from surveys.models.versions import Survey, Version
from surveys.versions.numbers import numbered
from surveys.versions.publish import CannotPublishError, store_version
from surveys.versions.upload import (
    ENDINGS,
    MOST_BYTES,
    Upload,
    UploadProblem,
    is_of_ours,
    read_upload,
)

UPLOADED = "upload questionnaire"
# What was left out is told on the version's page for as long as the version is there.
MOST_DROPPED_TOLD = 500
# A form has some bytes around its file.
AROUND = 64 * 1024


@dataclass(frozen=True)
class Refused:
    """A file that was not stored, and everything that is wrong with it."""

    file_name: str
    upload: Upload


# The token is checked by the inner view: reading it here would read a file of any size first.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def upload_new(request: HttpRequest) -> HttpResponse:
    """A questionnaire whose survey may be new: the file says which."""
    require(request, EDIT)
    return _within_size(request, None)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version of a survey, or another draft of it."""
    require(request, EDIT)
    return _within_size(request, get_object_or_404(Survey, pk=pk))


def _within_size(request: HttpRequest, survey: Survey | None) -> HttpResponse:
    told = request.META.get("CONTENT_LENGTH") or ""
    length = int(told) if told.isdecimal() else 0
    if length > MOST_BYTES + AROUND:
        return _form(request, survey, Refused("", _too_large(length)), status=413)
    return _upload(request, survey)


@csrf_protect
def _upload(request: HttpRequest, survey: Survey | None) -> HttpResponse:
    if request.method != "POST":
        return _form(request, survey)
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        problem = UploadProblem("error", "the file", "Choose a file first")
        return _form(request, survey, Refused("", Upload(None, (problem,))), status=400)
    found = read_upload(
        sent.read(),
        sent.name or "",
        survey=survey.slug if survey else None,
        lenient="lenient" in request.POST,
    )
    if found.definition is None:
        return _form(request, survey, Refused(sent.name or "", found), status=400)
    is_ours = is_of_ours(sent.name or "")
    definition = found.definition if is_ours else numbered(found.definition)
    try:
        version = _store(
            found, definition, sent.name or "", request, replace="replace" in request.POST
        )
    except CannotPublishError as error:
        problem = UploadProblem("error", "the file", str(error))
        refused = Upload(None, (problem, *found.problems), found.dropped, found.remarks)
        return _form(request, survey, Refused(sent.name or "", refused), status=400)
    messages.success(request, _stored(version, found))
    return go(page_of(version))


@transaction.atomic
def _store(
    found: Upload, definition: Definition, file_name: str, request: HttpRequest, *, replace: bool
) -> Version:
    """Stores the draft and what was left out of it; raises CannotPublishError."""
    there = (
        Version.objects.select_for_update(of=("self",))
        .filter(survey__slug=definition.survey, number=definition.version, published_at=None)
        .first()
    )
    if there and there.document != canonical(definition) and not replace:
        raise CannotPublishError(
            f"version {there.number} is a draft already, {_last_change(there)}: tick “Put it in "
            f"place of the draft”, or give the file `version: {there.number + 1}`"
        )
    version = store_version(definition, actor=name_of(request), source=Version.Source.DESK)
    # Some say in which file, which stands in the record once.
    dropped, remarks = (
        [str(trouble).removeprefix(f"{file_name}: ") for trouble in troubles]
        for troubles in (found.dropped, found.remarks)
    )
    record(
        name_of(request),
        UPLOADED,
        subject=str(version),
        file=file_name,
        sha256=version.sha256,
        left_out=len(dropped),
        dropped=dropped[:MOST_DROPPED_TOLD],
        changed=len(remarks),
        remarks=remarks[:MOST_DROPPED_TOLD],
    )
    return version


def carried_over(version: Version) -> dict[str, list[str]]:
    """What an import left out of, and what it changed in, the draft from which this comes."""
    entry = AuditEntry.objects.filter(action=UPLOADED, subject=str(version)).first()
    told = entry.detail if entry else {}
    return {"left_out": list(told.get("dropped", ())), "changed": list(told.get("remarks", ()))}


def _last_change(version: Version) -> str:
    stored = last_stored(version)
    return f"last changed by {stored.actor} on {moment(stored.at)}" if stored else "changed before"


def _stored(version: Version, found: Upload) -> str:
    to_fix = found.count("publication")
    told = f"Stored as a draft of version {version.number}."
    if to_fix:
        told += f" {counted(to_fix, 'problem').capitalize()} to put right before publication."
    if found.dropped:
        told += f" Left out: {counted(len(found.dropped), 'thing')}, listed below."
    if found.remarks:
        told += f" Changed on the way: {counted(len(found.remarks), 'thing')}, listed below."
    return told


def _too_large(length: int) -> Upload:
    message = f"{length / 1024 / 1024:.1f} MiB, of which there can be {MOST_BYTES // 1024 // 1024}"
    return Upload(None, (UploadProblem("error", "the file", message),))


def _form(
    request: HttpRequest,
    survey: Survey | None,
    refused: Refused | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        "upload.html",
        title=f"Upload: {in_words(survey.slug)}" if survey else "Upload a questionnaire",
        status=status,
        survey=survey,
        refused=refused,
        counts=problems_counted(p.level for p in refused.upload.problems) if refused else "",
        endings=",".join(ENDINGS),
        # What is too large is not to be read, not even for this.
        lenient=status == 400 and "lenient" in request.POST,
    )

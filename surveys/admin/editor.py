"""Editing a version without a file: all its parts, and one part in all languages at once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from surveys.admin.desk import EDIT, go, moment, name_of, page, require, version_in_words
from surveys.admin.editor_form import PartForm, form_of, form_sent
from surveys.admin.editor_page import shown
from surveys.admin.reading import last_stored, version_or_404, versions_of
from surveys.admin.standing import successor_of
from surveys.definitions.editable_parts import Part, part_of, parts_of
from surveys.definitions.editable_texts import data_of
from surveys.definitions.places import DefinitionError
from surveys.definitions.schema import Definition
from surveys.definitions.whereabouts import in_words, message_in_words
from surveys.models.versions import Version
from surveys.respond.language import own_name
from surveys.versions.edit import ConflictError, edit_part, newer_draft, next_number
from surveys.versions.publish import CannotPublishError
from surveys.versions.read import definition_of


@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Every part of a version, with how many texts each language lacks."""
    require(request, EDIT)
    version = version_or_404(pk)
    if (draft := newer_draft(version)) is not None:
        return _to_draft(request, draft)
    definition = definition_of(version)
    parts = parts_of(definition)
    missing = [[part.missing(tag) for tag in definition.languages] for part in parts]
    return page(
        request,
        "editor.html",
        title=f"Edit: {version_in_words(version)}",
        version=version,
        survey=version.survey,
        languages=[own_name(tag) for tag in definition.languages],
        rows=[
            (part, "" if part.key.startswith("page-") else part.key.partition("-")[2], lacks)
            for part, lacks in zip(parts, missing, strict=True)
        ],
        totals=[sum(column) for column in zip(*missing, strict=True)],
        **_effect(version),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One part: its words in all languages, its options and their order."""
    require(request, EDIT)
    version = version_or_404(pk)
    if request.method != "POST" and (draft := newer_draft(version)) is not None:
        return _to_draft(request, draft, key)
    definition = definition_of(version)
    part = part_of(definition, key)
    if part is None:
        raise Http404
    if request.method != "POST":
        form = form_of(
            part,
            definition.languages,
            reason=_reason(definition, part),
            all_languages=" ".join(definition.languages) if key == "about" else "",
        )
        return _show(request, version, form)
    form = form_sent(part, definition.languages, request.POST)
    doing = request.POST.get("do", "save")
    if "|" in doing:
        form.move(doing)
        return _show(request, version, form)
    return _save(request, version, form, and_next=doing == "next")


def _save(
    request: HttpRequest, version: Version, form: PartForm, *, and_next: bool
) -> HttpResponse:
    if form.wordless:
        form.problems = form.wordless
        return _show(request, version, form, status=400)
    try:
        stored = edit_part(
            version,
            form.part.key,
            begun=form.begun,
            wanted=lambda definition, part: form.changes(part, _reason(definition, part)),
            actor=name_of(request),
        )
    except ConflictError as conflict:
        return _show_conflict(request, conflict, form)
    except DefinitionError as error:
        data = data_of(definition_of(version))
        told = [
            f"{in_words(data, problem.path)}: {message_in_words(problem.message, problem.path)}"
            for problem in error.problems
        ]
        # What a shared list lacks is found again at each question that uses it.
        form.problems = list(dict.fromkeys(told))
        return _show(request, version, form, status=400)
    except CannotPublishError as error:
        form.problems = [str(error)]
        return _show(request, version, form, status=400)
    if stored is None:
        messages.info(request, "Nothing was changed, so nothing was saved.")
        stored = version
    else:
        messages.success(request, f"Saved in the draft of version {stored.number}.")
    return go(_after(stored, form.part.key, and_next=and_next))


def _show(
    request: HttpRequest,
    version: Version,
    form: PartForm,
    *,
    status: int = 200,
    conflict: dict[str, Any] | None = None,
) -> HttpResponse:
    return page(
        request,
        "edit_part.html",
        title=f"Edit: {form.part.heading}",
        status=status,
        version=version,
        survey=version.survey,
        part=form.part,
        form=form,
        is_about=form.part.key == "about",
        asks_for_reason=_has_been_asked(version, form.part),
        conflict=conflict,
        **shown(form),
        **_effect(version),
    )


def _show_conflict(request: HttpRequest, conflict: ConflictError, form: PartForm) -> HttpResponse:
    """The form with all that was typed, and what the other person made of the part."""
    theirs = None
    if conflict.part is not None:
        # Saving again puts this text in place of theirs, knowingly.
        form.begun = conflict.part.mark
        languages = definition_of(conflict.version).languages
        theirs = shown(form_of(conflict.part, languages, reason="", all_languages=""))
    last = last_stored(conflict.version)
    told = {
        "by": last.actor if last else "Somebody",
        "at": moment(last.at) if last else "",
        "is_gone": conflict.part is None,
        "theirs": theirs,
    }
    return _show(request, conflict.version, form, status=409, conflict=told)


def _to_draft(request: HttpRequest, draft: Version, key: str = "") -> HttpResponseRedirect:
    messages.info(request, f"Version {draft.number} is being prepared: this is its draft.")
    if key:
        return go(reverse("admin:version-edit-part", args=[draft.pk, key]))
    return go(reverse("admin:version-edit", args=[draft.pk]))


def _after(version: Version, key: str, *, and_next: bool) -> str:
    """The address after saving: the next part, or the overview at the one that was saved."""
    keys = [part.key for part in parts_of(definition_of(version))]
    at = keys.index(key) if key in keys else -1
    if and_next and 0 <= at < len(keys) - 1:
        return reverse("admin:version-edit-part", args=[version.pk, keys[at + 1]])
    return f"{reverse('admin:version-edit', args=[version.pk])}#{key}"


def _effect(version: Version) -> dict[str, Any]:
    """What saving will do, for the top of the page."""
    return {
        "successor": successor_of(version, versions_of(version.survey)),
        "is_published": version.published_at is not None,
        "next_number": next_number(version),
        "undoes": version.state if version.state in ("checked", "approved") else "",
    }


def _reason(definition: Definition, part: Part) -> str:
    """Why the part still means the same as before it was reworded, where somebody said so."""
    return next((r for name in part.fields if (r := definition.continuity.get(name))), "")


def _has_been_asked(version: Version, part: Part) -> bool:
    """Whether answers to what the part asks may exist from an earlier version."""
    earlier = version.survey.versions.filter(published_at__isnull=False).order_by("-number").first()
    if earlier is None:
        return False
    asked = definition_of(earlier).by_name
    return any(name in asked for name in part.fields)

"""How many responses a survey is to have in a quarter, set on the desk."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from measures.admin.desk import go, name_of
from measures.models.weighting import Target
from surveys.models.audit import record
from surveys.models.versions import Survey

SET_TARGET = "measures.add_target"
MOST = 1_000_000


class TargetForm:
    """The number in the box, and what is wrong with it."""

    def __init__(self, survey: Survey, *, given: str | None = None, error: str = "") -> None:
        known = Target.objects.filter(survey=survey).first()
        self.target = known
        self.value = given if given is not None else (str(known.a_quarter) if known else "")
        self.error = error


@transaction.atomic
def set_target(survey: Survey, a_quarter: int | None, *, actor: str) -> None:
    """Sets how many responses are wanted in a quarter, or with None that none are named."""
    before = Target.objects.filter(survey=survey).values_list("a_quarter", flat=True).first()
    if before == a_quarter:
        return
    if a_quarter is None:
        Target.objects.filter(survey=survey).delete()
    else:
        Target.objects.update_or_create(
            survey=survey, defaults={"a_quarter": a_quarter, "set_by": actor}
        )
    record(actor, "set target", subject=survey.slug, a_quarter=a_quarter, before=before)


def set_target_of(request: HttpRequest, survey: Survey) -> HttpResponse | TargetForm:
    """Stores the number that was sent and goes back to the page; or the form with its error."""
    given = request.POST.get("a-quarter", "").strip().replace(",", "")
    if not given:
        set_target(survey, None, actor=name_of(request))
        messages.success(request, "No target is set any more.")
        return go(request.get_full_path())
    if not (given.isascii() and given.isdecimal() and 1 <= int(given) <= MOST):
        error = f"Give a whole number from 1 to {MOST:,}, or nothing for no target."
        return TargetForm(survey, given=given[:20], error=error)
    set_target(survey, int(given), actor=name_of(request))
    messages.success(request, "The target is set. Quotas follow it at once.")
    return go(request.get_full_path())

"""Asking for a release and deciding on it: two acts by two people, then a worker makes it."""

import logging
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from measures.models.results import ReleaseRequest, ResultsRelease
from measures.publications.results import CannotReleaseError, quarter_over, release_results
from surveys.models.audit import record
from surveys.models.versions import Survey

State = ReleaseRequest.State
# Longer than the task may take: whoever began so long ago is dead.
TAKEN_ON_FOR = timedelta(minutes=25)
BROKE = "it failed, and not by the rules: whoever runs the system finds why in the log"
logger = logging.getLogger(__name__)


def ask_for_release(survey: str, quarter: str, *, by: str) -> ReleaseRequest:
    """A request that somebody else may decide on. Raises CannotReleaseError, in words."""
    span = quarter_over(quarter)
    found = Survey.objects.filter(slug=survey).first()
    if found is None:
        raise CannotReleaseError(f"there is no survey called {survey!r}")
    if ResultsRelease.objects.filter(survey=found, quarter=span.key).exists():
        raise CannotReleaseError(f"the results of {survey} for {span.key} were released before")
    try:
        with transaction.atomic():
            request = ReleaseRequest.objects.create(survey=found, quarter=span.key, asked_by=by)
            record(by, "ask for release", subject=f"{survey}, {span.key}")
    except IntegrityError:
        raise CannotReleaseError(f"{survey} for {span.key} is asked for already") from None
    return request


@transaction.atomic
def decide(request_pk: int, *, approve: bool, by: str) -> ReleaseRequest:
    """Lets a waiting release be made, or declines it.

    Raises CannotReleaseError where it was decided before, or asked for by the same person.
    """
    request = ReleaseRequest.objects.select_for_update(of=("self",)).get(pk=request_pk)
    if request.state != State.WAITING:
        raise CannotReleaseError(f"it was decided before, by {request.decided_by}")
    if request.asked_by == by:
        raise CannotReleaseError(f"{by} asked for it: another person has to decide")
    request.state = State.APPROVED if approve else State.DECLINED
    request.decided_at, request.decided_by = timezone.now(), by
    request.save(update_fields=["state", "decided_at", "decided_by"])
    act = "approve release" if approve else "decline release"
    record(by, act, subject=f"{request.survey}, {request.quarter}")
    return request


def release_approved() -> int:
    """Makes the releases that were approved; returns how many. Safe to run twice and at once."""
    made = 0
    while (request := _taken_on()) is not None:
        try:
            release_results(request.survey.slug, request.quarter, by=request.decided_by)
        except CannotReleaseError as error:
            _end(request, str(error))
        except Exception:
            # A worker that is killed leaves the request to the next; this would only fail again.
            logger.exception("the release of %s broke", request)
            _end(request, BROKE)
        else:
            made += 1
            _end(request)
    return made


def _taken_on() -> ReleaseRequest | None:
    """An approved request that nobody else is at, now ours."""
    now = timezone.now()
    free = Q(begun_at__isnull=True) | Q(begun_at__lt=now - TAKEN_ON_FOR)
    for pk in ReleaseRequest.objects.filter(free, state=State.APPROVED).values_list(
        "pk", flat=True
    ):
        ours = ReleaseRequest.objects.filter(free, pk=pk, state=State.APPROVED)
        if ours.update(begun_at=now):
            return ReleaseRequest.objects.select_related("survey").get(pk=pk)
    return None


def _end(request: ReleaseRequest, why: str = "") -> None:
    # Whoever died after releasing left a release and no word of it.
    is_there = ResultsRelease.objects.filter(
        survey=request.survey, quarter=request.quarter
    ).exists()
    state = State.RELEASED if is_there else State.REFUSED
    message = "" if is_there else why
    ReleaseRequest.objects.filter(pk=request.pk, state=State.APPROVED).update(
        state=state, message=message
    )

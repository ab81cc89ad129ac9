"""The steps of a version as the desk offers them: what each will do, to how many, and who may."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from surveys.admin.desk import APPROVE, EDIT, PUBLISH, counted, may, moment, name_of
from surveys.admin.reading import to_put_right, versions_of
from surveys.admin.standing import current_of
from surveys.models.drafts import Draft
from surveys.models.versions import Version
from surveys.responses.drafts import expired
from surveys.versions.publish import (
    approve_version,
    check_version,
    publish_version,
    withdraw_version,
)
from surveys.versions.read import current_version, definition_of

Told = Callable[[Version], list[str]]


@dataclass(frozen=True)
class Step:
    """One button: who may press it, in which state, what it says it will do, and the act.

    `done` is what is said afterwards; `needs_reason` asks for words first.
    """

    key: str
    button: str
    done: str
    state: str
    permissions: tuple[str, ...]
    says: Told
    act: Callable[[Version, str, str], object]
    needs_reason: bool = False

    def pressed(self, version: Version) -> str:
        """What the button says that does it: `Mark version 2 as checked`."""
        verb, _, rest = self.button.partition(" ")
        return f"{verb} version {version.number} {rest}".strip()


@dataclass(frozen=True)
class Offer:
    """A step for one person: possible, or why it is not."""

    step: Step
    refused: str = ""


def offer_of(request: HttpRequest, version: Version) -> Offer | None:
    """The step that comes next, and for whoever is asking, why they can't take it."""
    step = next((step for step in STEPS.values() if step.state == version.state), None)
    if step is None:
        return None
    refused = why_not(request, version, step)
    # What nobody waits for is offered to those alone who may.
    return None if refused and step.key == "withdraw" else Offer(step, refused)


def why_not(request: HttpRequest, version: Version, step: Step) -> str:
    """Why this person can't take this step now, in words; nothing where they can."""
    if version.state != step.state:
        return f"It is {version.state} and not {step.state}, so this can’t be done now."
    if not may(request, *step.permissions):
        who = "An editor or a publisher" if EDIT in step.permissions else "A publisher"
        return f"{who} must do this."
    if step.key == "approve" and name_of(request) in version.editors:
        return (
            "You edited this version, so somebody else must approve it. "
            "Ask another publisher to look at it."
        )
    if step.key == "check" and (n := to_put_right(version)):
        return f"First put right {counted(n, 'problem')}."
    return ""


def _check_says(version: Version) -> list[str]:
    return [
        "Nothing stands in the way of publication. Checking says that you have read it through "
        "and previewed it in every language.",
        "Then a publisher who did not edit it can approve it. Any change afterwards takes the "
        "check away again.",
    ]


def _approve_says(version: Version) -> list[str]:
    return [
        f"You say that version {version.number}, as it stands now, may be shown to the public. "
        f"It was edited by {', '.join(version.editors) or version.created_by or 'nobody known'}.",
        "Nothing is published yet. Any change afterwards takes the approval away again.",
    ]


def _publish_says(version: Version) -> list[str]:
    survey, before = version.survey, current_version(version.survey)
    told = [
        "From now on this version can’t be changed, by anybody: the database refuses it. "
        "To change a word later, edit it into the next version."
    ]
    now = timezone.now()
    if survey.closes_at and survey.closes_at <= now:
        told.append("The survey is closed, so nobody can answer until you open it again.")
    elif survey.opens_at and survey.opens_at > now:
        told.append(f"People can answer it from {moment(survey.opens_at)}.")
    else:
        told.append("Everybody who starts the survey from this moment on answers this version.")
    if before is not None:
        told.append(
            f"In the middle of version {before.number} now: "
            f"{counted(_answering(before), 'person', 'people')}. Who is, finishes on it."
        )
    return told


def _withdraw_says(version: Version) -> list[str]:
    instead = current_of([other for other in versions_of(version.survey) if other != version])
    if instead is None:
        after = "No other version is published, so the survey takes no answers until one is."
    else:
        again = "again" if instead.number < version.number else "as before"
        after = f"People who start from now on answer version {instead.number} {again}."
    return [
        f"Version {version.number} takes no more answers, for good: a withdrawal can’t be undone.",
        f"In the middle of it now: {counted(_answering(version), 'person', 'people')}. Who is, "
        "reads “These questions were withdrawn” on the next page; what was not sent is deleted.",
        after,
        "What was sent until now stays, and is counted as before.",
    ]


def _answering(version: Version) -> int:
    """How many people have begun this version and neither sent it nor let it go."""
    return (
        Draft.objects.filter(state=Draft.State.ANSWERING, version=version)
        .exclude(expired())
        .count()
    )


def _publish(version: Version, actor: str, reason: str) -> object:
    return publish_version(version, definition_of(version), actor=actor)


STEPS = {
    step.key: step
    for step in (
        Step(
            "check",
            "Mark as checked",
            "is checked: somebody who did not edit it can approve it now",
            "draft",
            (EDIT, APPROVE),
            _check_says,
            lambda version, actor, reason: check_version(version, actor=actor),
        ),
        Step(
            "approve",
            "Approve",
            "is approved: it can be published now",
            "checked",
            (APPROVE,),
            _approve_says,
            lambda version, actor, reason: approve_version(version, actor=actor),
        ),
        Step(
            "publish",
            "Publish",
            "is published",
            "approved",
            (PUBLISH,),
            _publish_says,
            _publish,
        ),
        Step(
            "withdraw",
            "Withdraw",
            "is withdrawn",
            "published",
            (PUBLISH,),
            _withdraw_says,
            lambda version, actor, reason: withdraw_version(version, actor=actor, reason=reason),
            needs_reason=True,
        ),
    )
}

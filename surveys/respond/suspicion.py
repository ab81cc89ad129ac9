"""What about a submission looks like a machine's: it is set aside for a person, never dropped.

docs/decisions/0011-set-aside-never-dropped.md says why, and what each sign costs honest people.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from surveys.models.drafts import Draft
from surveys.respond.addresses import address_of
from surveys.responses.buckets import take

# The field that people are told to leave empty, templates/components/honeypot.html. No question can
# be called so, since their names begin with a letter.
HONEYPOT = ".subject"
BUCKET = "submissions"
# What a visit costs that was too short to read the questions.
COST_OF_HASTE = 2


def signs_of(request: HttpRequest, draft: Draft) -> tuple[str, ...]:
    """The signs of a machine in what is being sent: none for a person, as a rule.

    `honeypot`: the field that nobody sees was filled. `flood`: more came from this address than a
    library or a shared telephone line sends; with it `fast` where the visit was also over too soon,
    which alone is none: somebody may know the questions, or have kept the answers until now. Call
    it before the transaction that stores them: it must last even if that does not.
    """
    if request.POST.get(HONEYPOT, "").strip():
        # Takes nothing from the neighbours behind the same address.
        return ("honeypot",)
    is_fast = timezone.now() - draft.started_at < timedelta(seconds=settings.FASTEST_SECONDS)
    if _may_send(address_of(request), cost=COST_OF_HASTE if is_fast else 1):
        return ()
    return ("flood", "fast") if is_fast else ("flood",)


def _may_send(address: str, *, cost: int) -> bool:
    # Where the server does not know who asks, all of them would share one bucket.
    return not address or take(
        BUCKET,
        address,
        capacity=settings.SUBMISSIONS_CAPACITY,
        an_hour=settings.SUBMISSIONS_AN_HOUR,
        cost=cost,
    )

"""How a survey stands, and what to do next with it: the words at the top of its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from surveys.admin.desk import counted, moment
from surveys.admin.reading import to_put_right
from surveys.models.versions import Survey, Version

# The tag of each state, and the colour it is drawn in beside its word.
TONES = {
    "draft": "plain",
    "checked": "plain",
    "approved": "ready",
    "published": "live",
    "withdrawn": "over",
}


@dataclass(frozen=True)
class Standing:
    """One line: the tag, its tone, and a sentence after it."""

    tag: str
    tone: str
    words: str


def standing(survey: Survey, versions: Sequence[Version]) -> Standing:
    """Whether the survey takes answers, of which version, and from when until when."""
    now = timezone.now()
    current = current_of(versions)
    if current is None:
        if any(version.state == "withdrawn" for version in versions):
            return Standing("Withdrawn", "over", "No version takes answers.")
        return Standing("Not published", "plain", "Nobody can answer it yet.")
    if survey.closes_at and survey.closes_at <= now:
        return Standing("Closed", "over", f"It closed on {moment(survey.closes_at)}.")
    if survey.opens_at and survey.opens_at > now:
        return Standing("Opens later", "ready", f"It opens on {moment(survey.opens_at)}.")
    until = f", until {moment(survey.closes_at)}" if survey.closes_at else ""
    return Standing("Open", "live", f"Version {current.number} takes answers{until}.")


def current_of(versions: Sequence[Version]) -> Version | None:
    """The version that a new respondent answers, of a survey's versions."""
    published = [version for version in versions if version.state == "published"]
    return max(published, key=lambda version: version.number, default=None)


def open_draft_of(versions: Sequence[Version]) -> Version | None:
    """The newest version that is not published yet."""
    drafts = [version for version in versions if version.published_at is None]
    return max(drafts, key=lambda version: version.number, default=None)


def successor_of(version: Version, versions: Sequence[Version]) -> Version | None:
    """The published version that replaced this one, or None where none did."""
    later = [v for v in versions if v.state == "published" and v.number > version.number]
    return min(later, key=lambda one: one.number, default=None)


def state_in_words(version: Version, versions: Sequence[Version]) -> str:
    """ "published", or "published, replaced by version 2" where another took its place."""
    newer = successor_of(version, versions) if version.state == "published" else None
    return f"published, replaced by version {newer.number}" if newer else version.state


def tone_of(version: Version, versions: Sequence[Version]) -> str:
    """The colour of its state; that of a replaced version is not the one of what runs."""
    is_replaced = version.state == "published" and successor_of(version, versions)
    return "plain" if is_replaced else TONES[version.state]


def way_of(version: Version) -> list[tuple[str, datetime | None, str]]:
    """The steps of a version, each with when it was taken, if it was, and by whom."""
    way = [
        ("Draft", version.created_at, version.created_by),
        ("Checked", version.checked_at, version.checked_by),
        ("Approved", version.approved_at, version.approved_by),
        ("Published", version.published_at, version.published_by),
    ]
    if version.state == "withdrawn":
        way.append(("Withdrawn", version.withdrawal.at, version.withdrawal.by))
    return way


def survey_next(versions: Sequence[Version]) -> str:
    """What a survey waits for, in a sentence."""
    if (draft := open_draft_of(versions)) is not None:
        return f"Version {draft.number}: {what_next(draft, versions)}"
    if not versions:
        return "Upload its first questionnaire."
    return "Nothing waits." if current_of(versions) else _after_withdrawal(versions)


def what_next(version: Version, versions: Sequence[Version]) -> str:
    """What a version waits for, among all of its survey, in a sentence."""
    current = current_of(versions)
    match version.state:
        case "draft":
            if n := to_put_right(version):
                return f"Put right {counted(n, 'problem')}, then mark it as checked."
            return "Preview it in every language, then mark it as checked."
        case "checked":
            editors = ", ".join(version.editors) or version.created_by or "its editors"
            return f"A publisher other than {editors} must approve it."
        case "approved":
            return "A publisher can publish it."
        case "published" if current and current.number != version.number:
            return f"Nothing: version {current.number} takes the answers now."
        case "published":
            return "To change a word, edit it: that makes the next version."
        case _:
            if current is not None:
                return f"Nothing: version {current.number} takes the answers."
            if (draft := open_draft_of(versions)) is not None:
                return f"It takes no answers, for good. Version {draft.number} is being prepared."
            return _after_withdrawal(versions)


def _after_withdrawal(versions: Sequence[Version]) -> str:
    newest = max(versions, key=lambda version: version.number).number
    return (
        f"No version takes answers. Edit version {newest} into the next one or upload one; "
        "then check, approve and publish that."
    )

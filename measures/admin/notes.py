"""What stands beside a table: how it was weighted, what it may claim, what it leaves out."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.admin.asked import Asked
from measures.compute.tables import ResultTable
from measures.compute.weighting import Weighting
from measures.stats.claims import may_claim


@dataclass(frozen=True)
class Note:
    """A thing to know about a table: what it is about, it in words, and where there is more."""

    about: str
    words: str
    address: str = ""


def notes_of(
    table: ResultTable, asked: Asked, *, aside: int, is_weighted: bool, channels: str = ""
) -> list[Note]:
    """The notes of a table.

    `aside` are the responses that wait for somebody to decide, `channels` warns where the way in
    which people answered matters.
    """
    found = [
        Note(
            _("Weights"),
            _weights(table, is_weighted=is_weighted),
            _more("results-weighting", table) if isinstance(table.weighting, Weighting) else "",
        ),
        Note(_("What may be claimed"), may_claim(table.design).words),
    ]
    if table.broke and table.since != table.span:
        words = _("Counted are only the months %(months)s, since before them %(why)s.")
        told = words % {"months": table.since.label, "why": table.broke}
        found.append(Note(_("Comparability"), told))
    if channels:
        found.append(Note(_("How people answered"), channels, _more("results-fieldwork", table)))
    if not asked.is_single:
        words = _(
            "People could give more than one answer: the shares may add up to more than 100%."
        )
        found.append(Note(_("Several answers"), words))
    if any(answer.kind == "missing" for answer in table.answers):
        words = _(
            "Answers such as “I do not know” and “does not apply” are counted and left out of the "
            "base: a share is of those who gave an answer that counts."
        )
        found.append(Note(_("Base"), words))
    if aside:
        words = ngettext(
            "%(n)s response to this survey, of any month, looked like a machine’s and waits for "
            "somebody to decide. It is left out.",
            "%(n)s responses to this survey, of any month, looked like a machine’s and wait for "
            "somebody to decide. They are left out.",
            aside,
        )
        found.append(Note(_("Set aside"), words % {"n": f"{aside:,}"}))
    return found


def _more(name: str, table: ResultTable) -> str:
    """The page of this name about the same survey and months."""
    about = urlencode({"survey": table.survey, "period": table.span.key})
    return f"{reverse(name)}?{about}"


def _weights(table: ResultTable, *, is_weighted: bool) -> str:
    weighting = table.weighting
    if isinstance(weighting, Weighting):
        fields = [field.replace("-", " ") for field in weighting.margins]
        by = ", ".join(fields[:-1]) + (_(" and ") if fields[1:] else "") + fields[-1]
        words = _(
            "Weighted by %(by)s to %(source)s. Intervals and tests allow for the weights; counts "
            "are of people as they came."
        )
        return words % {"by": by, "source": weighting.source}
    if not is_weighted:
        return _("Not weighted, as you picked: every answer counts the same.")
    return _("Not weighted: %(reason)s.") % {"reason": weighting.reason}

"""What waits for who signed in, what came today and the ways on, on the desk's front page."""

from typing import Any

from django import template

from config.front import RESULTS, sections_for
from config.waits import waiting_for
from measures.admin.overview import lately

register = template.Library()


@register.inclusion_tag("admin/front.html", takes_context=True)
def front(context: dict[str, Any]) -> dict[str, Any]:
    """The sections of the desk that this member of staff may open."""
    user = context["request"].user
    return {
        "waits": waiting_for(user),
        "lately": lately() if user.has_perm(RESULTS) else [],
        "sections": list(sections_for(user)),
    }

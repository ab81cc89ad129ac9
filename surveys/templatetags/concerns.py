"""How many concerns wait, on the front page of the desk, for who may see them."""

from typing import Any

from django import template

from surveys.admin.concerns import SEE
from surveys.admin.waiting import counts

register = template.Library()


@register.inclusion_tag("admin/surveys/concerns_waiting.html", takes_context=True)
def concerns_waiting(context: dict[str, Any]) -> dict[str, Any]:
    """The numbers for a safeguarding lead, nothing for anybody else."""
    return {"numbers": counts() if context["request"].user.has_perm(SEE) else None}

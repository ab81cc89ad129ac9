"""Which helplines must be looked at again, on the front page of the desk."""

from typing import Any

from django import template
from django.utils import timezone

from surveys.versions.helplines import helplines_due

register = template.Library()


@register.inclusion_tag("admin/surveys/helplines_due.html")
def helplines_to_check() -> dict[str, Any]:
    """The lines whose number nobody has looked at in time."""
    return {"lines": helplines_due(timezone.localdate())}

"""Views of results that somebody kept under a name."""

import secrets

from django.db import models


def new_view_code() -> str:
    return secrets.token_urlsafe(9)


class SavedView(models.Model):
    """A page of the results explorer under a name: what was picked, never what it showed."""

    code = models.CharField(max_length=12, unique=True, default=new_view_code, editable=False)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=500, help_text="The page and what was picked on it.")
    saved_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["name"]
        constraints = [
            # Two views of one person with one name can't be told apart.
            models.UniqueConstraint(fields=["saved_by", "name"], name="saved_view_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

"""Surveys and their sealed versions.

A version is a draft, then checked, then approved by somebody who did not edit it, then published
and sealed. What happens to it after that stands beside it, since nothing of it can change.
"""

import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


def new_code() -> str:
    """A random public id: it says nothing about the survey and can't be guessed (96 bits)."""
    return secrets.token_urlsafe(12)


class SurveyQuerySet(models.QuerySet["Survey"]):
    def open_now(self) -> "SurveyQuerySet":
        """Surveys that take answers at this moment: published, opened and not closed."""
        now = timezone.now()
        return self.filter(
            models.Q(opens_at__isnull=True) | models.Q(opens_at__lte=now),
            models.Q(closes_at__isnull=True) | models.Q(closes_at__gt=now),
            versions__published_at__isnull=False,
            versions__withdrawal__isnull=True,
        ).distinct()


class Survey(models.Model):
    """One questionnaire through all its versions."""

    slug = models.SlugField(unique=True, max_length=60)
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    is_listed = models.BooleanField(
        default=False, help_text="Shown on the public site and in the API's list."
    )
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class Version(models.Model):
    """One definition of a survey; from publication on, a database trigger refuses any change."""

    class Source(models.TextChoices):
        # On the desk two people are needed; who runs commands on the server needs nobody.
        DESK = "desk"
        COMMAND = "command"

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    document = models.TextField(help_text="The definition as canonical JSON.")
    sha256 = models.CharField(max_length=64)
    # A response stores positions in these two lists, so they are sealed with the definition.
    cells = ArrayField(models.TextField())
    groups = ArrayField(models.TextField())
    source = models.CharField(max_length=7, choices=Source.choices, default=Source.COMMAND)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.CharField(max_length=150, blank=True)
    editors = ArrayField(models.CharField(max_length=150), default=list, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=150, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["survey", "-number"]
        permissions = [
            ("approve_version", "Can approve a version that somebody else edited"),
            ("publish_version", "Can publish and withdraw a version"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="version_number_is_unique"),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{done}_at__isnull": True, f"{done}_by": ""})
                    | (models.Q(**{f"{done}_at__isnull": False}) & ~models.Q(**{f"{done}_by": ""})),
                    name=f"version_{done}_at_goes_with_by",
                )
                for done in ("checked", "approved", "published")
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True) | models.Q(checked_at__isnull=False),
                name="version_is_checked_before_approved",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True)
                | models.Q(source="command")
                | models.Q(approved_at__isnull=False),
                name="version_from_the_desk_is_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey.slug} {self.number}"

    @property
    def state(self) -> str:
        """How far it has come: draft, checked, approved, published or withdrawn."""
        if self.published_at is not None:
            return "withdrawn" if hasattr(self, "withdrawal") else "published"
        if self.approved_at is not None:
            return "approved"
        return "draft" if self.checked_at is None else "checked"


class Withdrawal(models.Model):
    """A published version that was taken back: it takes no answers; those it has stay."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.CharField(max_length=150)
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.version} withdrawn"

"""Surveys and their sealed versions."""

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

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    document = models.TextField(help_text="The definition as canonical JSON.")
    sha256 = models.CharField(max_length=64)
    # A response stores positions in these two lists, so they are sealed with the definition.
    cells = ArrayField(models.TextField())
    groups = ArrayField(models.TextField())
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["survey", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="version_number_is_unique"),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True, published_by="")
                | (models.Q(published_at__isnull=False) & ~models.Q(published_by="")),
                name="version_published_at_goes_with_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey.slug} {self.number}"

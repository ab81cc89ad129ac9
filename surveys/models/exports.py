"""Records asked for as a file: who asked, who approved, and the sealed file itself."""

import uuid

from django.db import models

from surveys.models.versions import Version


class Export(models.Model):
    """One file of records: asked for by one, approved by another, fetched once, gone in a day."""

    class State(models.TextChoices):
        WAITING = "waiting"  # for somebody else to approve
        REFUSED = "refused"
        APPROVED = "approved"  # and being made
        READY = "ready"
        FETCHED = "fetched"
        EXPIRED = "expired"
        FAILED = "failed"

    class Format(models.TextChoices):
        CSV = "csv"
        XLSX = "xlsx"
        SAV = "sav"
        PARQUET = "parquet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="exports")
    format = models.CharField(max_length=7, choices=Format.choices)
    with_words = models.BooleanField(
        default=False, help_text="Whether it holds what people wrote in their own words."
    )
    reason = models.TextField(help_text="What the records are needed for.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.CharField(max_length=150)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    # How far the worker is: records written of those there are.
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    # How often a worker began: whatever kills it each time is given up in the end.
    tries = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(blank=True, help_text="Why it failed or was refused.")
    # The key of this file alone, sealed with the service's own; deleted with the file.
    sealed_key = models.TextField(blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes of the whole file.")
    ready_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "files of records"
        ordering = ["-asked_at"]
        permissions = [("approve_export", "Can approve an export that somebody else asked for")]
        constraints = [
            # Whoever asks can't be the one who approves.
            models.CheckConstraint(
                condition=models.Q(decided_by="") | ~models.Q(decided_by=models.F("asked_by")),
                name="export_decided_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by="", decided_at__isnull=True)
                | (~models.Q(decided_by="") & models.Q(decided_at__isnull=False)),
                name="export_decided_at_goes_with_by",
            ),
            # Nothing opens what was fetched, refused or left lying: its key is gone.
            models.CheckConstraint(
                condition=models.Q(sealed_key="") | models.Q(state="ready"),
                name="export_only_a_ready_one_has_a_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} as {self.format}, asked for by {self.asked_by}"


class ExportPart(models.Model):
    """A piece of the file, encrypted and bound to its place in it."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["export", "number"], name="export_part_once"),
        ]

    def __str__(self) -> str:
        return f"part {self.number} of {self.export_id}"

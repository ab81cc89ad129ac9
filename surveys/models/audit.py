"""Who did what: rows that can only be added, each sealed to the one before."""

import hashlib
import json

from django.db import connection, models, transaction
from django.utils import timezone

# Any constant does: it makes writers of the chain wait for each other.
CHAIN_LOCK = 7_205_759


class AuditEntry(models.Model):
    """One act of a member of staff or of a command; a trigger refuses change and deletion."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "audit entries"
        indexes = [
            # The history of one version, on each page of the desk that shows it.
            models.Index(fields=["subject", "-id"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.action} {self.subject}"


@transaction.atomic
def record(actor: str, action: str, *, subject: str, **detail: object) -> AuditEntry:
    """Adds an entry to the chain, in the caller's transaction where there is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = AuditEntry.objects.order_by("-id").values_list("digest", flat=True).first()
    entry = AuditEntry(
        at=timezone.now(),
        actor=actor,
        action=action,
        subject=subject,
        detail=detail,
        previous=last or "",
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    return entry


def digest_of(entry: AuditEntry) -> str:
    """SHA-256 over the entry and the digest before it."""
    parts = [
        entry.previous,
        entry.at.isoformat(),
        entry.actor,
        entry.action,
        entry.subject,
        entry.detail,
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def first_broken_entry() -> AuditEntry | None:
    """The oldest entry that no longer follows from the one before it, or None."""
    previous = ""
    for entry in AuditEntry.objects.order_by("id").iterator():
        if entry.previous != previous or entry.digest != digest_of(entry):
            return entry
        previous = entry.digest
    return None

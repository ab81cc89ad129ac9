"""What the surveys side stores; other code imports from the module it needs."""

from surveys.models import (
    addresses,
    audit,
    consultations,
    contacts,
    drafts,
    exports,
    fieldwork,
    places,
    recounts,
    responses,
    safeguarding,
    tallies,
    versions,
)

__all__ = [
    "addresses",
    "audit",
    "consultations",
    "contacts",
    "drafts",
    "exports",
    "fieldwork",
    "places",
    "recounts",
    "responses",
    "safeguarding",
    "tallies",
    "versions",
]

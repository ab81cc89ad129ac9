"""What the surveys side stores; other code imports from the module it needs."""

from surveys.models import (
    audit,
    consultations,
    contacts,
    fieldwork,
    places,
    responses,
    tallies,
    versions,
)

__all__ = [
    "audit",
    "consultations",
    "contacts",
    "fieldwork",
    "places",
    "responses",
    "tallies",
    "versions",
]

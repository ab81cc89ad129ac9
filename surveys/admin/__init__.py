"""The surveys' part of the desk."""

from surveys.admin import audit, surveys

__all__ = ["audit", "surveys"]

"""The surveys' part of the desk."""

from surveys.admin import audit, concerns, surveys, versions

__all__ = ["audit", "concerns", "surveys", "versions"]

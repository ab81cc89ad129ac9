"""The surveys' part of the desk."""

from surveys.admin import audit, surveys, versions

__all__ = ["audit", "surveys", "versions"]

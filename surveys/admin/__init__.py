"""The surveys' part of the desk."""

from surveys.admin import audit, concerns, exports, own_words, recounts, surveys, versions

__all__ = ["audit", "concerns", "exports", "own_words", "recounts", "surveys", "versions"]

"""The measures' part of the desk."""

from measures.admin import figures, statements

__all__ = ["figures", "statements"]

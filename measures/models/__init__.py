"""What the measures side stores; other code imports from the module it needs."""

from measures.models import figures, statements

__all__ = ["figures", "statements"]

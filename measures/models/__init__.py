"""What the measures side stores; other code imports from the module it needs."""

from measures.models import figures, results, statements, views, weighting

__all__ = ["figures", "results", "statements", "views", "weighting"]

"""Versions of a survey: stored, published, read."""

"""Counting responses and reading the counts."""

"""Searching the answers that lead to a place in a survey."""

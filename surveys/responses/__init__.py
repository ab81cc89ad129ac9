"""Answers: on their way, stored, forgotten."""

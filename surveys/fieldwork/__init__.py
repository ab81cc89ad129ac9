"""Whom a survey asks and how they are reached; so far, what people leave to be reached by."""

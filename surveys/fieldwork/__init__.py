"""Whom a survey asks and how they are reached: nothing is collected for it yet."""

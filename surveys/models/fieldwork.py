"""Waves, cases and invitations. Nothing is stored yet."""

"""Whom a survey asks, how they are reached, and who is worried about them."""

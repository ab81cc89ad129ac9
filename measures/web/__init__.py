"""The public pages of statements and measures."""

"""The public side of a consultation: none beyond its survey yet."""

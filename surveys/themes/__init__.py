"""What people's own words have in common: nothing is worked out yet."""

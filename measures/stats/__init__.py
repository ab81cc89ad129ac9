"""Statistics as pure functions: no Django, no database, nothing read from a clock."""

"""What changed between two versions of a survey, and what it does to figures over time."""

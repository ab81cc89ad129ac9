"""The surveys' part of /api/v1/."""

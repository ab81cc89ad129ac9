"""What is published, as data under /api/v1/."""

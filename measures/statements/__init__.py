"""What a statement claims, and the words for it."""

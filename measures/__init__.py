"""Crime figures, national measures and the statements made of them."""

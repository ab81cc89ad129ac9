"""What a consultation publishes beside its survey. Nothing is stored yet."""

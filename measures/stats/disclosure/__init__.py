"""What may be told of people's answers, and an attacker who tries to get back more than that."""

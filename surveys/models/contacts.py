"""How a person may safely be reached; never joined to an answer. Nothing is stored yet."""

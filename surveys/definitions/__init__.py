"""A survey as a document: its schema, its rules, the path through it."""

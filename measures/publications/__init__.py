"""A statement as a frozen bundle: building it, signing it, reading it, drawing its charts."""

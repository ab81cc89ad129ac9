"""Question kinds, one file each: configuration, cleaning an answer, showing it, counting it."""

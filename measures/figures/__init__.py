"""Crime figures that others publish: parsers turn files into rows, load stores them."""

"""NOUNS: frozen shapes that cross a boundary. No I/O, no clock, no decisions."""

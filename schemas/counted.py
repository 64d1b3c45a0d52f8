"""How far a long list is counted."""

MOST_COUNTED = 5_000
"""A list is counted up to here; a count above it says that there is more, and not how much.

To count everything that was ever owed takes longer with every year, and nobody turns that many pages."""

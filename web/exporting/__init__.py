"""Everything that somebody of the office may see, as one file."""

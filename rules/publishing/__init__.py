"""What becomes public, when, and what is withheld from it."""

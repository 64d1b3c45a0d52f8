"""OTHER PEOPLE: mail and files. Each knows the shapes, says which Protocol it needs, and nothing else."""

"""What-if, in sums: what may be supposed, what was owed in each of two runs, and what misses what."""

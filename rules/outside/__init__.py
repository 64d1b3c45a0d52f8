"""What follows from something that happens outside, by rules that are data."""

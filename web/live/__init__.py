"""What is new, told to every browser that looks at it: topics only, never content."""

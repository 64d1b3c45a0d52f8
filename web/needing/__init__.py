"""What needs somebody, in the order of need."""

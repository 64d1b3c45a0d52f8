"""Who may act: by role, by appointment, for somebody else, and for which body."""

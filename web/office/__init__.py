"""The office's own settings: people and roles, what is set and kept, who did what, and how the system is."""

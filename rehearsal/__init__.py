"""The same engine in skipped time: what would happen in a cycle if people did as a script says."""

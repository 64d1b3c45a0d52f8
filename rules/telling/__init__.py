"""Who is told what: because of an act, by the engine itself, and in the days to come."""

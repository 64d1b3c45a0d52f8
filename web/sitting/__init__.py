"""A session while it sits: what is typed while it is spoken, seen by all in the room at once."""

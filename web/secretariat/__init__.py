"""Pages for whoever watches over deadlines, and the calendars that follow them home."""

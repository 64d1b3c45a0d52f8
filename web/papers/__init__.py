"""The same record for paper, feed readers and calendars."""

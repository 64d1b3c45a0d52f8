"""Meetings: forums, notice, agenda, votes and minutes."""

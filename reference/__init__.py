"""Data: plans, calendars, local standards, sessions that took place, and the register of sources."""

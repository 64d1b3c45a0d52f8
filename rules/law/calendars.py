"""The calendars that rules count by, by the names under which reference/calendars/ has them."""

ENGLAND = "england-and-wales"
UNION = "uk-union"
"""Every bank holiday of any part of the United Kingdom."""

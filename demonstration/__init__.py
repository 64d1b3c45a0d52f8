"""Three sessions that really took place: told with moved dates as far as today, or to their ends."""

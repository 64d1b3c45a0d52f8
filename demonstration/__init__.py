"""Three sessions that really took place, as cycles with moved dates: one of them is in flight now."""

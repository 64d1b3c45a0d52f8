"""How cycles run, the calendar, and the delivery of the plan: what is looked at beside the daily work."""

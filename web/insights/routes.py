"""Every address of what is looked at beside the daily work."""

from web.insights import calendar, delivery, running

ROUTERS = (running.router, calendar.router, delivery.router)
"""They stand before the public ones: `/plan/manage` is no commitment of the plan."""

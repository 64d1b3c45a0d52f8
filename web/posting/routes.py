"""The routers of this room."""

from web.posting import calendars, choosing, coming_back, letters, receipts

ROUTERS = (receipts.router, calendars.router, choosing.router, coming_back.router, letters.router)

"""The addresses of the emailed link."""

from web.linking import entering, overseeing, wishing

ROUTERS = (entering.router, wishing.router, overseeing.router)

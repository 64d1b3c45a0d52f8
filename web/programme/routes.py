"""Every address of the programme."""

from web.programme import adopting, coverage, moving, planning, proposals, slots, year

ROUTERS = (
    year.router,
    coverage.router,
    planning.router,
    slots.router,
    moving.router,
    adopting.router,
    proposals.router,
)

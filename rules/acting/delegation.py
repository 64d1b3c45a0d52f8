"""Delegation: who may answer a request beside its lead on a day. The lead stays answerable."""

from datetime import date

from schemas.cycle import Delegation, Request


def in_force(request: Request, today: date) -> tuple[Delegation, ...]:
    """The delegations that hold on a day, the newest to each colleague counting.

    Source: process.commands
    """
    newest = {one.to: one for one in request.delegations}
    return tuple(one for one in newest.values() if one.until_on is None or today <= one.until_on)


def delegates(request: Request, today: date) -> tuple[str, ...]:
    """Those who may answer beside the lead on a day, by their ids.

    Source: process.commands
    """
    return tuple(one.to for one in in_force(request, today))

"""Who may read what the engine keeps, in Temporal's own pages: restricted cycles are among it, so few may."""

from datetime import datetime, timedelta

from rules.acting.restricting import MAY_OPEN, reasoned
from schemas.decoding import Decoding
from schemas.outcomes import Refused
from schemas.people import Person

MAY_DECODE = MAY_OPEN
"""Whoever may open every restricted cycle: the office's statutory officers."""
LASTS = timedelta(minutes=30)
A_MINUTE = 600
"""How many answers Temporal's pages get within a minute; a long history asks for some hundred."""


def decode_for(by: Person, reason: str, at: datetime) -> Decoding | Refused:
    """That somebody reads what the engine keeps for thirty minutes, or why they may not.

    Units: thirty minutes.

    Source: local.access
    """
    if by.role not in MAY_DECODE:
        return Refused(
            code="may_not_decode",
            message="Only the chief executive or the chief finance officer can read what the engine keeps. "
            "Ask one of them.",
            source="local.access",
        )
    if refused := reasoned(reason):
        return refused
    return Decoding(person=by.id, role=by.role, reason=reason.strip(), at=at, until=at + LASTS)

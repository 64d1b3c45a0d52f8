"""Joining: whether a session may become part of a meeting that several cycles share."""

from collections.abc import Iterable

from rules.clocks import london
from schemas.commands import AnyCommand, MoveSession
from schemas.cycle import Cycle, Session
from schemas.outcomes import Refused


def others_of(cycles: Iterable[Cycle], meeting: str, but: str) -> tuple[Session, ...]:
    """The sessions of a meeting in the other cycles that are still to come.

    Source: process.commands
    """
    return tuple(
        one
        for cycle in cycles
        if cycle.reference != but
        for one in cycle.sessions
        if one.meeting == meeting and one.coming
    )


def check_joining(command: AnyCommand, cycles: Iterable[Cycle], cycle: Cycle | None) -> Refused | None:
    """A refusal where a session would join a meeting that is not there, at another hour or in another forum.

    `cycles` are those on the meeting as they stand now.

    Source: process.wrong-input
    """
    if not isinstance(command, MoveSession) or command.meeting is None:
        return None
    others = others_of(cycles, command.meeting, command.cycle)
    if not others:
        return _wrong(
            "no_such_meeting",
            f"No session of another cycle is still to be held at {command.meeting}. "
            "Choose one of the meetings that are listed.",
            "meeting",
        )
    first = others[0]
    if command.starts_at != first.starts_at:
        return _wrong(
            "not_the_meetings_hour",
            f"{command.meeting} is on {london(first.starts_at):%A %-d %B %Y at %H:%M}. "
            "Give the session that day and hour, so that it can be part of it.",
            "starts_at",
        )
    session = cycle.session(command.session) if cycle else None
    if session is None or session.forum == first.forum:
        return None
    return _wrong(
        "not_the_meetings_forum",
        f"{command.meeting} is a meeting of another forum. Join a meeting of the session's own forum.",
        "meeting",
    )


def _wrong(code: str, message: str, field: str) -> Refused:
    return Refused(code=code, message=message, source="process.wrong-input", field=field)

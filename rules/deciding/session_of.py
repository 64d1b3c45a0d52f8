"""Which session a command is about, and what every act on a session has to mind."""

from rules.clocks import civil
from schemas.commands import ForSession
from schemas.cycle import Cycle, Session
from schemas.outcomes import Refused
from schemas.people import Role


def standing(cycle: Cycle, command: ForSession) -> Session | Refused:
    """The session of a command, where it exists, was not called off, and is of the actor's own forum.

    Source: process.wrong-input
    """
    session = cycle.session(command.session)
    if session is None:
        return Refused(
            code="no_session",
            message=f"{cycle.reference} has no session {command.session} yet. Fix its day first.",
            source="process.wrong-input",
            field="session",
        )
    if session.cancelled_at:
        return Refused(
            code="session_cancelled",
            message=f"That session was called off on {civil(session.cancelled_at):%A %-d %B %Y}. "
            "Fix another session.",
            source="process.wrong-input",
            field="session",
        )
    if command.actor.role == Role.PANEL_SECRETARIAT and session.forum != "panel":
        return not_the_panels()
    return session


def unheld(cycle: Cycle, command: ForSession) -> Session | Refused:
    """The session of a command that is still to be held.

    Source: process.wrong-input
    """
    session = standing(cycle, command)
    if isinstance(session, Session) and session.held_at:
        return Refused(
            code="session_held",
            message=f"That session was held on {civil(session.held_at):%A %-d %B %Y}, "
            "so it can be neither moved nor held again. Fix another session.",
            source="process.wrong-input",
            field="session",
        )
    return session


def held(cycle: Cycle, command: ForSession) -> Session | Refused:
    """The session of a command that has been held.

    Source: process.commands
    """
    session = standing(cycle, command)
    if isinstance(session, Session) and session.held_at is None:
        return Refused(
            code="session_not_held",
            message=f"The session of {cycle.reference} is not recorded as held. Record who attended first.",
            source="process.commands",
        )
    return session


def not_the_panels() -> Refused:
    """The panel's secretariat keeps to the panel's own sessions.

    Source: process.commands
    """
    return Refused(
        code="not_your_forum",
        message="The panel's secretariat acts for sessions of the panel only. Ask a policy officer.",
        source="process.commands",
    )


def no_such_request(cycle: Cycle, number: int) -> Refused:
    """There is no open request of this number.

    Source: process.wrong-input
    """
    return Refused(
        code="no_such_request",
        message=f"{cycle.reference} has no open item {number}. Choose one of its requests.",
        source="process.wrong-input",
        field="request",
    )

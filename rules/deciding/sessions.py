"""Sessions: fixed, moved, called off; and how assured the Commissioner was after them."""

from datetime import date, datetime

from rules.acting.authority import COMMISSIONERS
from rules.clocks import civil, london
from rules.deciding.moment import Moment, moved_by_session, needs_day, next_session, replanned
from rules.deciding.session_of import held, no_such_request, not_the_panels, unheld
from rules.meeting.noticing import next_day, no_time
from schemas.changes import MovedDue, PlannedRequest
from schemas.commands import CancelSession, ConfirmAssurance, FixSession, JudgeAssurance, MoveSession
from schemas.cycle import Cycle, Session
from schemas.events import (
    AssuranceConfirmed,
    AssuranceJudged,
    SessionCancelled,
    SessionFixed,
    SessionMoved,
)
from schemas.outcomes import Allowed, Decision, Refused
from schemas.people import Role
from schemas.sessions import SessionDraft

Moves = tuple[tuple[MovedDue, ...], tuple[PlannedRequest, ...]]
"""What a session's day moves: due days of requests, and when planned ones go out."""


def fix_session(cycle: Cycle, command: FixSession, moment: Moment) -> Decision:
    """Fix a session; every request that waited for its day gets a due instant.

    A session beside one that is still to come moves nothing: requests follow the next session.

    Source: local.back-planning
    """
    if command.actor.role == Role.PANEL_SECRETARIAT and command.session.forum != "panel":
        return not_the_panels()
    draft = command.session
    if refused := check_draft(draft, moment, cycle.standards.due_hour):
        return refused
    number = len(cycle.sessions) + 1
    if next_session(cycle):
        return Allowed(events=(SessionFixed(session=number, draft=draft),))
    moves = _moves(cycle, moment, civil(draft.starts_at))
    if isinstance(moves, Refused):
        return moves
    event = SessionFixed(session=number, draft=draft, moved=moves[0], planned=moves[1])
    return Allowed(events=(event,))


def move_session(cycle: Cycle, command: MoveSession, moment: Moment) -> Decision:
    """Move a session that has not been held; what is planned backwards from it moves too.

    Source: local.back-planning
    """
    session = unheld(cycle, command)
    if isinstance(session, Refused):
        return session
    if command.starts_at == session.starts_at and command.meeting not in (None, session.meeting):
        return _joined(session, command)
    if refused := check_session_day(command.starts_at, moment, confirmed=command.confirmed):
        return refused
    if command.starts_at == session.starts_at:
        return Refused(
            code="same_day",
            message="The session already starts at that time. Choose another day or hour.",
            source="process.wrong-input",
            field="starts_at",
        )
    hour = cycle.standards.due_hour
    if refused := no_time(session.rules, command.starts_at, hour, moment, command.urgency):
        return refused
    follow = next_session(cycle) == session
    moves = _moves(cycle, moment, civil(command.starts_at)) if follow else ((), ())
    if isinstance(moves, Refused):
        return moves
    event = SessionMoved(
        session=session.number,
        starts_at=command.starts_at,
        was=session.starts_at,
        reason=command.reason,
        moved=moves[0],
        planned=moves[1],
        urgency=command.urgency,
        meeting=command.meeting,
    )
    return Allowed(events=(event,))


def _joined(session: Session, command: MoveSession) -> Allowed:
    """The session stays on its day, and nothing that hangs on the day moves."""
    event = SessionMoved(
        session=session.number,
        starts_at=session.starts_at,
        was=session.starts_at,
        reason=command.reason,
        meeting=command.meeting,
    )
    return Allowed(events=(event,))


def cancel_session(cycle: Cycle, command: CancelSession, moment: Moment) -> Decision:
    """Call a session off; what was planned backwards from it follows the next one, or waits for one.

    Source: local.back-planning
    """
    session = unheld(cycle, command)
    if isinstance(session, Refused):
        return session
    moves: Moves | Refused = ((), ())
    if next_session(cycle) == session:
        moves = _moves(cycle, moment, next_day(cycle, session.number))
    if isinstance(moves, Refused):
        return moves
    event = SessionCancelled(session=session.number, reason=command.reason, moved=moves[0], planned=moves[1])
    return Allowed(events=(event,))


def judge_assurance(cycle: Cycle, command: JudgeAssurance, _moment: Moment) -> Decision:
    """Record how assured the Commissioner is on one item of a session that was held.

    Source: process.commands
    """
    session = held(cycle, command)
    if isinstance(session, Refused):
        return session
    request = cycle.request(command.request)
    if request is None or request.state == "withdrawn":
        return no_such_request(cycle, command.request)
    event = AssuranceJudged(
        session=session.number,
        request=request.number,
        judgement=command.judgement,
        reasons=command.reasons,
    )
    return Allowed(events=(event,))


def confirm_assurance(cycle: Cycle, command: ConfirmAssurance, _moment: Moment) -> Decision:
    """The Commissioner makes a judgement their own that an officer recorded.

    Source: process.commands
    """
    about = (command.session, command.request)
    found = next((one for one in cycle.judgements if (one.session, one.request) == about), None)
    if found is None or found.confirmed_by or found.by.role in COMMISSIONERS:
        return Refused(
            code="nothing_to_confirm",
            message=f"There is no judgement on request {command.request} that waits to be confirmed. "
            "Record how assured the Commissioner is first.",
            source="process.commands",
            field="request",
        )
    return Allowed(events=(AssuranceConfirmed(session=found.session, request=found.request),))


def check_draft(draft: SessionDraft, moment: Moment, hour: str) -> Refused | None:
    """A refusal where a session cannot be fixed for its day: past, unusual, or too soon for its notice.

    Source: process.wrong-input
    """
    return check_session_day(draft.starts_at, moment, confirmed=draft.confirmed) or no_time(
        draft.rules, draft.starts_at, hour, moment, draft.urgency
    )


def check_session_day(starts_at: datetime, moment: Moment, *, confirmed: bool) -> Refused | None:
    """A refusal where a session's day is past, unknown, or unusual and not confirmed.

    Source: process.wrong-input
    """
    on = civil(starts_at)
    if starts_at <= moment.now:
        return Refused(
            code="session_in_past",
            message=f"{london(starts_at):%A %-d %B %Y at %H:%M} is past. Choose a later day for the session.",
            source="process.wrong-input",
            field="starts_at",
        )
    known = moment.calendar.after(on, 0)
    if isinstance(known, Refused):
        return known.model_copy(update={"field": "starts_at"})
    why = moment.calendar.why_not(on)
    if why and not confirmed:
        return Refused(
            code="session_on_non_working_day",
            message=f"{on:%A %-d %B %Y} is {why}. Confirm that the session is really on that day, "
            "or choose a working day.",
            source="process.wrong-input",
            field="confirmed",
        )
    return None


def _moves(cycle: Cycle, moment: Moment, on: date | None) -> Moves | Refused:
    moved = moved_by_session(cycle, moment, on)
    if isinstance(moved, Refused):
        return moved
    planned = replanned(cycle, moment, on) if on else _waiting(cycle)
    return planned if isinstance(planned, Refused) else (moved, planned)


def _waiting(cycle: Cycle) -> tuple[PlannedRequest, ...]:
    """The requests not yet sent, those that need a session's day waiting until there is one."""
    return tuple(
        one.model_copy(update={"ask_at": None}) if needs_day(one.draft.due) else one for one in cycle.planned
    )

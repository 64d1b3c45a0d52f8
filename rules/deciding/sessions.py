"""Sessions and what is said in them: fix, move, attendance, assurance, decisions."""

from datetime import datetime

from rules.clocks import civil, london
from rules.deciding.moment import Moment, moved_by_session, next_session, replanned
from schemas.commands import FixSession, JudgeAssurance, MoveSession, RecordAttendance, RecordDecision
from schemas.cycle import Cycle, Session
from schemas.events import AssuranceJudged, DecisionRecorded, SessionFixed, SessionHeld, SessionMoved
from schemas.outcomes import Allowed, Decision, Refused
from schemas.people import Role


def fix_session(cycle: Cycle, command: FixSession, moment: Moment) -> Decision:
    """Fix a session; every request that waited for its day gets a due instant.

    A session beside one that is still to come moves nothing: requests follow the next session.

    Source: local.back-planning
    """
    if command.actor.role == Role.PANEL_SECRETARIAT and command.session.forum != "panel":
        return _not_the_panels()
    draft = command.session
    if refused := check_session_day(draft.starts_at, moment, confirmed=draft.confirmed):
        return refused
    number = len(cycle.sessions) + 1
    if next_session(cycle):
        return Allowed(events=(SessionFixed(session=number, draft=draft),))
    moved = moved_by_session(cycle, moment, civil(draft.starts_at))
    if isinstance(moved, Refused):
        return moved
    planned = replanned(cycle, moment, civil(draft.starts_at))
    if isinstance(planned, Refused):
        return planned
    event = SessionFixed(session=number, draft=draft, moved=moved, planned=planned)
    return Allowed(events=(event,))


def move_session(cycle: Cycle, command: MoveSession, moment: Moment) -> Decision:
    """Move a session that has not been held; what is planned backwards from it moves too.

    Source: local.back-planning
    """
    session = _unheld(cycle, command.session)
    if isinstance(session, Refused):
        return session
    if command.actor.role == Role.PANEL_SECRETARIAT and session.forum != "panel":
        return _not_the_panels()
    if refused := check_session_day(command.starts_at, moment, confirmed=command.confirmed):
        return refused
    if command.starts_at == session.starts_at:
        return Refused(
            code="same_day",
            message="The session already starts at that time. Choose another day or hour.",
            source="process.wrong-input",
            field="starts_at",
        )
    moves = next_session(cycle) == session
    moved = moved_by_session(cycle, moment, civil(command.starts_at)) if moves else ()
    planned = replanned(cycle, moment, civil(command.starts_at)) if moves else ()
    if isinstance(moved, Refused):
        return moved
    if isinstance(planned, Refused):
        return planned
    event = SessionMoved(
        session=session.number,
        starts_at=command.starts_at,
        was=session.starts_at,
        reason=command.reason,
        moved=moved,
        planned=planned,
    )
    return Allowed(events=(event,))


def record_attendance(cycle: Cycle, command: RecordAttendance, moment: Moment) -> Decision:
    """Record who was there; with this the session has been held.

    Source: process.commands
    """
    session = _unheld(cycle, command.session)
    if isinstance(session, Refused):
        return session
    held_at = command.held_at or session.starts_at
    if civil(held_at) > moment.today or civil(session.starts_at) > moment.today:
        return Refused(
            code="not_yet_held",
            message=f"The session is on {civil(session.starts_at):%A %-d %B %Y}. "
            "Record who attended on that day or after it, or move the session first.",
            source="process.wrong-input",
            field="held_at",
        )
    if not command.present:
        return Refused(
            code="nobody_present",
            message="Name at least one person who was there.",
            source="process.wrong-input",
            field="present",
        )
    event = SessionHeld(
        session=session.number, held_at=held_at, present=command.present, apologies=command.apologies
    )
    return Allowed(events=(event,))


def judge_assurance(cycle: Cycle, command: JudgeAssurance, _moment: Moment) -> Decision:
    """Record how assured the Commissioner is on one item of a session that was held.

    Source: process.commands
    """
    session = cycle.session(command.session)
    if session is None or session.held_at is None:
        return _needs_session(cycle)
    request = cycle.request(command.request)
    if request is None or request.state == "withdrawn":
        return Refused(
            code="no_such_request",
            message=f"{cycle.reference} has no open item {command.request}. Choose one of its requests.",
            source="process.wrong-input",
            field="request",
        )
    event = AssuranceJudged(
        session=session.number,
        request=request.number,
        judgement=command.judgement,
        reasons=command.reasons,
    )
    return Allowed(events=(event,))


def record_decision(cycle: Cycle, command: RecordDecision, _moment: Moment) -> Decision:
    """Record a formal decision with its options, reasons and statutory basis.

    Source: process.commands
    """
    if not command.basis.strip():
        return Refused(
            code="no_basis",
            message="Name the statutory basis of the decision, from the register of sources: "
            "for example prsra-2011.s1.",
            source="process.commands",
            field="basis",
        )
    event = DecisionRecorded(
        decision=len(cycle.decisions) + 1,
        title=command.title,
        options=command.options,
        reasons=command.reasons,
        basis=command.basis,
    )
    return Allowed(events=(event,))


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


def _unheld(cycle: Cycle, number: int) -> Session | Refused:
    session = cycle.session(number)
    if session is None:
        return Refused(
            code="no_session",
            message=f"{cycle.reference} has no session {number} yet. Fix its day first.",
            source="process.wrong-input",
            field="session",
        )
    if session.held_at:
        return Refused(
            code="session_held",
            message=f"That session was held on {civil(session.held_at):%A %-d %B %Y}, "
            "so it can be neither moved nor held again. Fix another session.",
            source="process.wrong-input",
            field="session",
        )
    return session


def _needs_session(cycle: Cycle) -> Refused:
    return Refused(
        code="session_not_held",
        message=f"The session of {cycle.reference} is not recorded as held. Record who attended first.",
        source="process.commands",
    )


def _not_the_panels() -> Refused:
    return Refused(
        code="not_your_forum",
        message="The panel's secretariat fixes and moves sessions of the panel only. Ask a policy officer.",
        source="process.commands",
    )

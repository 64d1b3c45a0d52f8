"""Opening a cycle and steering it: open, pause, resume, cancel."""

from datetime import date

from rules.clocks import civil
from rules.deciding.moment import Moment, ask_at, ask_clock, future_due, moved_to, session_day
from rules.deciding.sessions import check_draft
from rules.deciding.succeeding import taking_over
from rules.deciding.windows_open import checks_moved
from rules.publishing.commenting import report_to_come
from schemas.changes import PlannedRequest
from schemas.clocks import Resumed
from schemas.commands import Cancel, OpenCycle, Pause, Resume
from schemas.cycle import Cycle
from schemas.events import (
    AnyEvent,
    CycleCancelled,
    CycleOpened,
    CyclePaused,
    CycleResumed,
    EvidenceRequested,
    SessionFixed,
)
from schemas.outcomes import Allowed, Decision, Refused


def open_cycle(command: OpenCycle, moment: Moment) -> Decision:
    """The first events of a cycle: opened, its session fixed, its requests asked or planned.

    Source: process.commands
    """
    if not command.commitments:
        return Refused(
            code="no_commitment",
            message="Choose at least one commitment of the plan that this cycle asks about.",
            source="process.commands",
            field="commitments",
        )
    if refused := report_to_come(command.report, moment.today):
        return refused
    session = command.session
    if session and (refused := check_draft(session, moment, command.standards.due_hour)):
        return refused
    on = civil(session.starts_at) if session else None
    fixed: tuple[AnyEvent, ...] = (SessionFixed(session=1, draft=session),) if session else ()
    taken = tuple(taking_over(one) for one in command.taking_over)
    if command.ask == "planned":
        planned = _planned(command, moment, on)
        if isinstance(planned, Refused):
            return planned
        return Allowed(events=(_opened(command, planned), *fixed, *taken))
    asked = _asked(command, moment, on)
    return asked if isinstance(asked, Refused) else Allowed(events=(_opened(command), *fixed, *asked, *taken))


def pause(cycle: Cycle, command: Pause, _moment: Moment) -> Decision:
    """Stop the local clocks.

    Source: process.stages
    """
    if cycle.paused_at:
        return Refused(
            code="already_paused",
            message=f"{cycle.reference} has been paused since {civil(cycle.paused_at):%A %-d %B %Y}. "
            "Resume it when it can go on.",
            source="process.stages",
        )
    return Allowed(events=(CyclePaused(reason=command.reason),))


def resume(cycle: Cycle, _command: Resume, moment: Moment) -> Decision:
    """Let the local clocks run again, with the time given back.

    Source: process.clocks
    """
    if not cycle.paused_at:
        return Refused(
            code="not_paused",
            message=f"{cycle.reference} is not paused, so there is nothing to resume.",
            source="process.stages",
        )
    still_open = [request for request in cycle.requests if request.open and not request.held]
    moved = moved_to(still_open, moment, session_day(cycle), Resumed(at=moment.now))
    if isinstance(moved, Refused):
        return moved
    checks = checks_moved(cycle, moment, Resumed(at=moment.now))
    if isinstance(checks, Refused):
        return checks
    return Allowed(events=(CycleResumed(moved=moved, fact_checks=checks),))


def cancel(cycle: Cycle, command: Cancel, _moment: Moment) -> Decision:
    """End a cycle that has not been published.

    Source: process.stages
    """
    if cycle.published():
        return Refused(
            code="already_published",
            message=f"The findings of {cycle.reference} are published, so the cycle cannot be cancelled. "
            "Correct or withdraw the findings instead.",
            source="process.stages",
        )
    return Allowed(events=(CycleCancelled(reason=command.reason),))


def _opened(command: OpenCycle, planned: tuple[PlannedRequest, ...] = ()) -> CycleOpened:
    return CycleOpened(
        title=command.title,
        theme=command.theme,
        commitments=command.commitments,
        question=command.question,
        standards=command.standards,
        calendar=command.calendar,
        body=command.body,
        set_back=command.set_back,
        planned=planned,
        called=command.called,
        slot=command.slot,
        report=command.report,
    )


def _planned(command: OpenCycle, moment: Moment, on: date | None) -> tuple[PlannedRequest, ...] | Refused:
    planned = []
    for number, draft in enumerate(command.requests, start=1):
        at = ask_at(draft, command.standards, moment, on)
        if isinstance(at, Refused):
            return at
        planned.append(PlannedRequest(request=number, draft=draft, ask_at=at))
    return tuple(planned)


def _asked(command: OpenCycle, moment: Moment, on: date | None) -> tuple[EvidenceRequested, ...] | Refused:
    asked = []
    for number, draft in enumerate(command.requests, start=1):
        clock = ask_clock(draft, command.standards, moment)
        due = future_due(clock, moment, on)
        if isinstance(due, Refused):
            return due.model_copy(update={"field": f"requests.{number}.due"})
        asked.append(EvidenceRequested(request=number, draft=draft, clock=clock, due=due))
    return tuple(asked)

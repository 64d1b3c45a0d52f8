"""Clarification: the lead asks what is meant, and the clock waits for the office's answer."""

from datetime import datetime

from rules.acting.authority import answers_for
from rules.clocks import due, suspended
from rules.deciding.moment import Moment, session_day
from rules.deciding.naming import named, not_accepted, too_late
from schemas.clocks import Due, Extended, Resumed
from schemas.commands import AnswerClarification, AskClarification
from schemas.cycle import Cycle, Request
from schemas.events import (
    AnyEvent,
    ClarificationAnswered,
    ClarificationAsked,
    ClockResumed,
    ClockSuspended,
)
from schemas.outcomes import Allowed, Decision, Refused


def ask_clarification(cycle: Cycle, command: AskClarification, moment: Moment) -> Decision:
    """Ask what is meant, while a return is owed; one question at a time.

    The clock stops, unless it has run out already, or stands still because the cycle is paused.

    Source: process.clocks
    """
    request = named(cycle, command)
    if isinstance(request, Refused):
        return request
    if refused := answers_for(command.actor, request, moment.today):
        return refused
    if not request.open:
        return too_late(request, "no return is owed, so there is nothing to clarify")
    if request.unanswered:
        return Refused(
            code="clarification_open",
            message="The office has not answered your last question yet. Ask again when it has.",
            source="process.commands",
        )
    ran_out = request.late or (_due_at(request) <= moment.now and not suspended(request.clock))
    asked = ClarificationAsked(
        request=request.number,
        clarification=len(request.clarifications) + 1,
        question=command.question,
        stops=not ran_out,
    )
    if ran_out or suspended(request.clock):
        return Allowed(events=(asked,))
    return Allowed(events=(asked, ClockSuspended(request=request.number)))


def answer_clarification(cycle: Cycle, command: AnswerClarification, moment: Moment) -> Decision:
    """Say what is meant. The clock runs again with the time given back, unless the cycle is paused too.

    Source: process.clocks
    """
    request = not_accepted(cycle, command, "clarified any more")
    if isinstance(request, Refused):
        return request
    asked = request.unanswered
    if asked is None:
        return too_late(request, "nobody waits for an answer")
    events: tuple[AnyEvent, ...] = (
        ClarificationAnswered(request=request.number, clarification=asked.number, answer=command.answer),
    )
    if not asked.stops or cycle.paused_at or not suspended(request.clock):
        return Allowed(events=events)
    resumed = _resumed(cycle, request, moment)
    return resumed if isinstance(resumed, Refused) else Allowed(events=(*events, resumed))


def stands_still_again(request: Request) -> tuple[AnyEvent, ...]:
    """The clock waits for the office where a question that came after the day was missed is still open.

    With a new day there is a clock again that the question stops.

    Source: process.clocks
    """
    asked = request.unanswered
    return (ClockSuspended(request=request.number),) if asked and not asked.stops else ()


def _due_at(request: Request) -> datetime:
    """When it is due; where it has no day yet, an instant that has not come."""
    return request.due.at if request.due else datetime.max.replace(tzinfo=request.asked_at.tzinfo)


def _resumed(cycle: Cycle, request: Request, moment: Moment) -> ClockResumed | Refused:
    """The clock runs again; where the due hour passed meanwhile, to the next working day at least."""
    if not request.open:
        return ClockResumed(request=request.number, due=request.due, was=request.due)
    entries = (*request.clock.entries, Resumed(at=moment.now))
    clock = request.clock.model_copy(update={"entries": entries})
    found = due(clock, moment.calendar, session_day(cycle))
    if not isinstance(found, Due) or found.at > moment.now:
        return (
            found
            if isinstance(found, Refused)
            else ClockResumed(request=request.number, due=found, was=request.due)
        )
    to = moment.calendar.after(moment.today, 1)
    if isinstance(to, Refused):
        return to
    entries = (*entries, Extended(at=moment.now, to=to))
    extended = due(clock.model_copy(update={"entries": entries}), moment.calendar, session_day(cycle))
    if isinstance(extended, Refused):
        return extended
    return ClockResumed(request=request.number, due=extended, was=request.due, extended_to=to)

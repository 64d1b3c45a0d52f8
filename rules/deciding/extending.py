"""More time: asked for by the lead, decided by the office, within its limits."""

from datetime import date

from rules.acting.authority import answers_for, second_person
from rules.clocks import due
from rules.deciding.clarifying import stands_still_again
from rules.deciding.moment import Moment, session_day
from rules.deciding.naming import named, too_late
from schemas.clocks import Due, Extended
from schemas.commands import DecideExtension, RequestExtension
from schemas.cycle import Cycle, Request
from schemas.events import ExtensionGranted, ExtensionRefused, ExtensionRequested
from schemas.outcomes import Allowed, Decision, Refused
from schemas.people import Role


def request_extension(cycle: Cycle, command: RequestExtension, moment: Moment) -> Decision:
    """Ask for more time, to a later day, within the office's limit.

    Source: local.extension
    """
    request = named(cycle, command)
    if isinstance(request, Refused):
        return request
    if refused := answers_for(command.actor, request, moment.today):
        return refused
    if not request.open or request.due is None:
        return too_late(request, "no return is owed, so there is nothing to extend")
    if request.extension:
        return too_late(request, "more time has been asked for already. The office has to decide first")
    to = _asked_day(command, request.due.on, moment)
    if isinstance(to, Refused):
        return to
    if to <= request.due.on or to <= moment.today:
        return Refused(
            code="not_later",
            message=f"{to:%A %-d %B %Y} is not later than the present day, "
            f"{request.due.on:%A %-d %B %Y}. Choose a later one.",
            source="local.extension",
            field="to",
        )
    if refused := _over_limit(cycle, request, to, moment):
        return refused
    return Allowed(events=(ExtensionRequested(request=request.number, to=to, reason=command.reason),))


def decide_extension(cycle: Cycle, command: DecideExtension, moment: Moment) -> Decision:
    """Grant or refuse the time that was asked for. The old day is kept beside the new one.

    Source: local.extension
    """
    request = named(cycle, command)
    if isinstance(request, Refused):
        return request
    asked = request.extension
    if asked is None or request.due is None:
        return too_late(request, "nobody has asked for more time")
    if refused := second_person(command.actor, asked.by, "asked for more time"):
        return refused
    if not command.granted:
        return Allowed(events=(ExtensionRefused(request=request.number, to=asked.to, reason=command.reason),))
    if refused := _not_the_officers(cycle, request, command):
        return refused
    entry = Extended(at=moment.now, to=asked.to)
    clock = request.clock.model_copy(update={"entries": (*request.clock.entries, entry)})
    found = due(clock, moment.calendar, session_day(cycle))
    if not isinstance(found, Due):
        return found or too_late(request, "its session has no day yet")
    event = ExtensionGranted(
        request=request.number, to=asked.to, due=found, was=request.due, reason=command.reason
    )
    return Allowed(events=(event, *stands_still_again(request)))


def beyond_times(cycle: Cycle, request: Request) -> bool:
    """Whether the request has been extended as often as the office's standard says.

    Source: local.extension
    """
    return request.extensions >= cycle.standards.extension.most_times


def _not_the_officers(cycle: Cycle, request: Request, command: DecideExtension) -> Refused | None:
    if not beyond_times(cycle, request) or command.actor.role == Role.CHIEF_EXECUTIVE:
        return None
    times = f"{request.extensions} time{'' if request.extensions == 1 else 's'}"
    return Refused(
        code="needs_chief_executive",
        message=f"This request has been extended {times}, the most that an officer grants. "
        "Only the chief executive can grant more time; you can refuse it.",
        source="local.extension",
        field="granted",
    )


def _first_due(cycle: Cycle, request: Request, moment: Moment) -> date | None:
    """The day that was first or last set, without the extensions since."""
    entries = tuple(one for one in request.clock.entries if not isinstance(one, Extended))
    clock = request.clock.model_copy(update={"entries": entries})
    found = due(clock, moment.calendar, session_day(cycle))
    if isinstance(found, Due):
        return found.on
    return request.due.on if request.due else None


def _asked_day(command: RequestExtension, due_on: date, moment: Moment) -> date | Refused:
    if (command.to is None) == (command.days is None):
        return Refused(
            code="day_or_days",
            message="Give either the day to which you need more time, or a number of working days.",
            source="process.wrong-input",
            field="to",
        )
    return command.to or moment.calendar.after(due_on, command.days or 0)


def _over_limit(cycle: Cycle, request: Request, to: date, moment: Moment) -> Refused | None:
    limit = cycle.standards.extension
    days = moment.calendar.between(_first_due(cycle, request, moment) or to, to)
    if isinstance(moment.calendar.after(to, 0), Refused):
        return Refused(
            code="beyond_horizon",
            message=f"Bank holidays are known to {moment.calendar.horizon_on:%-d %B %Y} only. "
            "Choose an earlier day.",
            source="process.clocks",
            field="to",
        )
    if days <= limit.most_days:
        return None
    return Refused(
        code="extension_limit",
        message=f"That is {days} working days more than at first; this office allows at most "
        f"{limit.most_days}. Speak to the policy officer, or return what you have by "
        f"{request.due.on if request.due else moment.today:%A %-d %B %Y} as a partial return.",
        source="local.extension",
        field="to",
    )

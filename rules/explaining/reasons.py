"""Why a deadline of a running cycle is the day it is: the sum of `explain`, with the clock's ledger."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from rules.clocks import civil, london
from rules.counting import due as counting
from rules.counting.running import Running, work_out
from rules.counting.table import Table
from rules.counting.words import KINDS, MARKS
from rules.deciding.moment import session_day
from rules.law.register import RULES
from rules.meeting.notice_rule import notice_rule
from rules.windows import by_standards
from schemas.clocks import Clock, Due
from schemas.counting import Clock as Counted
from schemas.counting import CountedDay, Explanation, Rule
from schemas.counting import Due as CountedDue
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from schemas.standards import StandardsEdition

Calendars = Callable[[str], Table | Refused]
"""The arrays of a calendar by its version."""
RULE_OF = {
    "return": "evidence-request",
    "action": "action",
    "session": "session",
    "panel-notice": "panel-papers",
    "fact-check": "fact-check",
    "findings": "findings-published",
    "answer": "written-answer",
    "comments": "inspection-comments",
}
"""Which rule each kind of deadline follows."""
LONGEST_NUMBER = 4
Shown = tuple[tuple[CountedDay, ...], list[str]]
"""The days of a sum, and its sentences."""


def why(clock: Clock, due: Due, calendar: Table, session_on: date | None) -> Explanation | Refused:
    """Why a running clock's day is that day: its budget and each entry of its ledger, in words and by days.

    Source: process.clocks
    Units: the clock's own budget; the hour is in London.
    """
    place = calendar.place(due.on)
    if isinstance(place, Refused):
        return place
    found = replace(RULES.get(clock.rule, RULES["evidence-request"]), kind=clock.kind, hour=clock.hour)
    sum_ = work_out(clock, calendar, session_on)
    if sum_ is None or isinstance(sum_, Refused) or sum_.end != place:
        return _explained(found, due, calendar, _as_recorded(clock, calendar, place))
    return _explained(found, due, calendar, _shown(sum_))


def reason(
    cycle: Cycle, key: str, calendars: Calendars, followed: StandardsEdition | None = None
) -> Explanation | Refused | None:
    """Why a deadline of a cycle is that day, by its key; None where there is none, or no day for it yet.

    `followed` says who made the standards that the cycle follows; the numbers are the cycle's own either way.

    Source: process.clocks
    """
    what, _, number = key.partition("/")
    if what == "return" and number.isdecimal() and len(number) <= LONGEST_NUMBER:
        request = cycle.request(int(number))
        if request and request.due and request.state != "withdrawn":
            return _running(request.clock, request.due, cycle, calendars)
    action = cycle.action(number) if what == "action" else None
    if action:
        return _running(action.clock, action.due, cycle, calendars)
    if what == "fact-check":
        checks = [one.fact_check for one in cycle.findings if str(one.version) == number]
        return _running(checks[0].clock, checks[0].due, cycle, calendars) if checks and checks[0] else None
    if what in ("session", "notice", "panel-notice"):
        return _session(cycle, what, number, calendars)
    if what == "answer":
        return _answer(cycle, number, calendars)
    if key == "comments" and cycle.report:
        return _of_rule(RULES["inspection-comments"], cycle.report.published_on, cycle, calendars)
    return _findings(cycle, calendars, followed) if key == "findings" else None


def _running(clock: Clock, due: Due, cycle: Cycle, calendars: Calendars) -> Explanation | Refused:
    calendar = calendars(due.calendar)
    return calendar if isinstance(calendar, Refused) else why(clock, due, calendar, session_day(cycle))


def _session(cycle: Cycle, what: str, number: str, calendars: Calendars) -> Explanation | Refused | None:
    found = next((one for one in cycle.sessions if str(one.number) == number), None)
    if found is None:
        return None
    if what != "session":
        if found.rules is None or found.rules.notice_days == 0:
            return None
        rule = notice_rule(found.rules, cycle.standards.due_hour)
        return _of_rule(rule, civil(found.starts_at), cycle, calendars)
    hour = f"{london(found.starts_at):%H:%M}"
    return _of_rule(replace(RULES["session"], hour=hour), civil(found.starts_at), cycle, calendars)


def _answer(cycle: Cycle, number: str, calendars: Calendars) -> Explanation | Refused | None:
    promised = {
        f"{session.number}/{one.number}": one.promised_for
        for session in cycle.sessions
        for one in session.questions
    }
    on = promised.get(number)
    rule = replace(RULES["written-answer"], hour=cycle.standards.due_hour)
    return _of_rule(rule, on, cycle, calendars) if on else None


def _findings(
    cycle: Cycle, calendars: Calendars, followed: StandardsEdition | None
) -> Explanation | Refused | None:
    held = [one.held_at for one in cycle.sessions if one.held_at]
    if not held:
        return None
    made = followed or StandardsEdition(standards=cycle.standards, changed_by="")
    made = made.model_copy(update={"standards": cycle.standards})
    window = by_standards(RULES["findings-published"], made)
    return _of_rule(window, civil(held[-1]), cycle, calendars)


def _of_rule(rule: Rule, start: date, cycle: Cycle, calendars: Calendars) -> Explanation | Refused:
    calendar = calendars(cycle.calendar)
    if isinstance(calendar, Refused):
        return calendar
    found = counting.due(Counted(rule, start), calendar)
    return found if isinstance(found, Refused) else Explanation(rule, found)


def _shown(found: Running) -> Shown:
    days = tuple(CountedDay(found.table.dates[n], *said) for n, said in sorted(found.days.items()))
    return days, found.said


def _as_recorded(clock: Clock, calendar: Table, place: int) -> Shown:
    """A day that stands though the sum would now give another, as when a session moved after the return."""
    start = calendar.place(civil(clock.starts_at))
    first = place if isinstance(start, Refused) else min(start, place)
    days = tuple(
        CountedDay(calendar.dates[n], counted=False, why="not counted: the day stands as it was recorded")
        for n in range(first, place + 1)
    )
    said = (
        "The day stands as it was recorded. What it was counted from, such as the day of a session, "
        "has changed since; a change moves only what is still owed."
    )
    return days, [said]


def _explained(rule: Rule, due: Due, calendar: Table, shown: Shown) -> Explanation | Refused:
    place, (days, said) = due.on.toordinal() - calendar.first, shown
    advice, act_by = None, []
    if not calendar.is_working(place):
        advice = calendar.working_before(place, 1)
        if advice is None:
            return calendar.unknown()
        act_by = [
            f"That is {calendar.why_not(place)}; the date does not move, so act by {calendar.words(advice)}."
        ]
    words = [
        f"{rule.title}.",
        *said,
        f"Due on {calendar.words(place)} at {rule.hour}.",
        *act_by,
        f"{KINDS[rule.kind]}; its source is marked: {MARKS[rule.mark]}. Calendar {due.calendar}.",
    ]
    return Explanation(
        rule,
        CountedDue(
            due_on=due.on,
            due_at=due.at,
            advice_on=None if advice is None else calendar.dates[advice],
            days=days,
            counted=sum(one.counted for one in days),
            words=" ".join(words),
            calendar=due.calendar,
        ),
    )

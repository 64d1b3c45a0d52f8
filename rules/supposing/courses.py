"""What was owed in one run and when it was done: everything with a day, from the cycle at the run's end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant
from rules.deadlines import deadlines
from rules.meeting.noticing import notice_of
from schemas.cycle import Cycle, Request, Session
from schemas.events import ReturnAccepted, ReturnSentBack
from schemas.notices import Notice
from schemas.records import Deadline, Entry
from schemas.supposing import Mark

Sent = tuple[Notice, tuple[str, ...]]
"""A notice and whom it reached."""


@dataclass(frozen=True)
class Course:
    """One run to its end: the cycle then, its ledger, its post, and the calendar by which it counted.

    Source: process.clocks
    """

    cycle: Cycle
    entries: tuple[Entry, ...]
    sent: tuple[Sent, ...]
    calendar: WorkingCalendar

    @property
    def ended_at(self) -> datetime:
        """When the last thing happened."""
        return self.entries[-1].at


def marks(course: Course) -> dict[str, Mark]:
    """Everything owed in a run, by its key: what the boards show, the reviews of returns and the papers.

    Source: process.clocks
    """
    found = [_mark(course, one) for one in deadlines(course.cycle, course.calendar)]
    return {one.key: one for one in (*found, *_reviews(course), *_papers(course))}


def _mark(course: Course, owed: Deadline) -> Mark:
    return Mark(
        key=owed.key,
        what=owed.what,
        number=owed.number,
        owner=owed.owner,
        due_at=owed.due_at,
        done_at=_to_the_minute(DONE[owed.what](course, owed.number)),
    )


def _to_the_minute(at: datetime | None) -> datetime | None:
    """An instant without its seconds: two engines never do the same thing in the same one."""
    return at and at.replace(second=0, microsecond=0)


def returned_at(request: Request) -> datetime | None:
    """When everything that is owed had come: the newest version that was whole; None while some is owed.

    Source: process.clocks
    """
    if request.open:
        return None
    return next((one.received_at for one in reversed(request.returns) if not one.partial), None)


def _return(course: Course, number: str) -> datetime | None:
    request = course.cycle.request(int(number))
    return returned_at(request) if request else None


def _session_of(course: Course, number: str) -> Session | None:
    return course.cycle.session(int(number))


def _session(course: Course, number: str) -> datetime | None:
    session = _session_of(course, number)
    return session.held_at if session else None


def _notice(course: Course, number: str) -> datetime | None:
    session = _session_of(course, number)
    due = notice_of(course.cycle, session, course.calendar) if session else None
    if session is None or due is None:
        return None
    return next((one.at for one in session.agendas if one.due and one.due.on == due.on), None)


def _action(course: Course, number: str) -> datetime | None:
    action = course.cycle.action(number)
    return action.claimed_at if action and action.state in ("claimed_done", "verified") else None


def _fact_check(course: Course, number: str) -> datetime | None:
    checks = (one.fact_check for one in course.cycle.findings if str(one.version) == number)
    check = next(checks, None)
    return (check.received_at or check.deemed_at) if check else None


def _findings(course: Course, _number: str) -> datetime | None:
    published = (one.published_at for one in course.cycle.findings if one.published_at)
    return next(published, None)


def _answer(course: Course, number: str) -> datetime | None:
    session, _, question = number.partition("/")
    held = _session_of(course, session)
    asked = held.question(int(question)) if held else None
    return asked.answered_at if asked and asked.in_writing_by is None else None


DONE: dict[str, Callable[[Course, str], datetime | None]] = {
    "return": _return,
    "session": _session,
    "notice": _notice,
    "action": _action,
    "fact_check": _fact_check,
    "findings": _findings,
    "answer": _answer,
    "comments": _findings,
}
"""When each kind of thing owed was done; None where it was not."""


def looked_at(course: Course) -> dict[int, datetime]:
    """When the newest return of each request was accepted or sent back.

    Source: process.clocks
    """
    return {
        one.event.request: one.at
        for one in course.entries
        if isinstance(one.event, ReturnAccepted | ReturnSentBack)
    }


def _reviews(course: Course) -> Iterator[Mark]:
    """Each return that came, to be looked at within the standard's days."""
    cycle, seen = course.cycle, looked_at(course)
    for request in cycle.requests:
        came = request.returns[-1].received_at if request.returns else None
        on = course.calendar.after(civil(came), cycle.standards.review_days) if came else None
        if came is None or not isinstance(on, date) or request.state == "withdrawn":
            continue
        done = seen.get(request.number)
        yield Mark(
            key=f"review/{request.number}",
            what="review",
            number=str(request.number),
            owner=None,
            due_at=instant(on, cycle.standards.due_hour),
            done_at=_to_the_minute(done) if done and done >= came else None,
        )


def _papers(course: Course) -> Iterator[Mark]:
    """The papers of each session that owes notice, open with it; none where one was held without any."""
    for session in course.cycle.sessions:
        due = notice_of(course.cycle, session, course.calendar)
        if due is None or session.cancelled_at or (session.held_at and not session.papers):
            continue
        yield Mark(
            key=f"papers/{session.number}",
            what="papers",
            number=str(session.number),
            owner=None,
            due_at=due.at,
            done_at=_to_the_minute(
                next((one.at for one in session.papers if one.due and one.due.on == due.on), None)
            ),
        )

"""What misses what: where one thing would come after another that it was for, in one sentence each."""

from collections.abc import Iterator
from datetime import date, datetime

from rules.clocks import civil
from rules.supposing.comparing import Both
from rules.supposing.courses import Course, looked_at, marks, returned_at
from schemas.cycle import Request, Session
from schemas.supposing import Row


def misses(both: Both, rows: tuple[Row, ...]) -> tuple[str, ...]:
    """What would miss what, and does not as things stand; the most telling first.

    Source: process.clocks
    Units: working days, by the calendar of the run.
    """
    before = set(_of(both.before))
    told = [one for one in _of(both.after) if one not in before]
    named = {row.key for row in rows if any(one.startswith(_named(row)) for one in told)}
    left = tuple(row for row in rows if row.key not in named)
    return tuple(dict.fromkeys([*told, *_owed(both.after, left)]))


def _named(row: Row) -> str:
    """How a sentence about a row begins."""
    return f"{NAMED[row.what].format(row.number)} would" if row.what in NAMED else row.key


def _of(course: Course) -> Iterator[str]:
    for session in course.cycle.sessions:
        if session.cancelled_at is None:
            yield from _around(course, session)


def _around(course: Course, session: Session) -> Iterator[str]:
    day = civil(session.starts_at)
    if why := course.calendar.why_not(day):
        yield f"The session on {_on(day)} would fall on a day on which nobody works: {why}."
    opened = marks(course).get(f"papers/{session.number}")
    out = opened.done_at or opened.due_at if opened else None
    seen = looked_at(course)
    for request in course.cycle.requests:
        if request.state == "withdrawn" or not _for_session(request, session):
            continue
        yield from _of_return(course, request, out, session)
        if (done := seen.get(request.number)) and civil(done) > day:
            after = _after(course, day, done)
            yield f"The return to request {request.number} would be looked at {after} the session."


def _for_session(request: Request, session: Session) -> bool:
    """Whether a request's evidence is for this session: it was asked before, and is not given after it."""
    return civil(request.asked_at) <= civil(session.starts_at) and request.draft.due.kind not in (
        "at_session",
        "after_session",
    )


def _of_return(course: Course, request: Request, papers: datetime | None, session: Session) -> Iterator[str]:
    came, day = returned_at(request), civil(session.starts_at)
    what = f"The return to request {request.number}"
    if came is None:
        yield f"{what} would not have come by the session on {_on(day)}."
    elif civil(came) > day:
        yield f"{what} would come {_after(course, day, came)} the session on {_on(day)}."
    elif papers and civil(came) > civil(papers):
        out = civil(papers)
        yield f"{what} would come {_after(course, out, came)} the papers go out on {_on(out)}."


def _owed(course: Course, rows: tuple[Row, ...]) -> Iterator[str]:
    """What is owed by a day of its own and would be missed."""
    for row in rows:
        if not row.newly_missed or row.due_after is None or row.what not in NAMED:
            continue
        due, what = civil(row.due_after), NAMED[row.what].format(row.number)
        if row.done_after is None:
            yield f"{what} would not be there by {_on(due)}, when it is owed."
        else:
            late = _after(course, due, row.done_after)
            yield f"{what} would come {late} the day on which it is owed, {_on(due)}."


NAMED = {
    "return": "The return to request {}",
    "notice": "Notice of session {}",
    "papers": "What goes out as papers of session {}",
    "action": "The proof of action {}",
    "fact_check": "The fact check of version {}",
    "findings": "The publication of the findings",
    "comments": "The comments on the inspection report",
    "answer": "The answer in writing to question {}",
    "review": "The review of the return to request {}",
}


def _after(course: Course, day: date, at: datetime) -> str:
    """How long after a day something comes: `4 working days after`, or `later on the same day as`."""
    count = course.calendar.between(day, civil(at))
    if count:
        return "1 working day after" if count == 1 else f"{count} working days after"
    return "after the hour that is set on" if civil(at) == day else "after"


def _on(day: date) -> str:
    return f"{day:%A %-d %B %Y}"

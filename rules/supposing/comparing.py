"""Both runs side by side: each thing owed with its days before and after, and what moved it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from rules.clocks import civil, follows_session, london
from rules.publishing.due import last_held
from rules.supposing.courses import Course, marks
from schemas.cycle import Session
from schemas.shape import TextRef
from schemas.supposing import Mark, Row, Supposition

FROM_SESSION = ("notice", "papers", "findings")
"""What is counted from the day of a session."""


@dataclass(frozen=True)
class Both:
    """The two runs, and what is supposed in the second.

    Source: process.clocks
    """

    before: Course
    after: Course
    supposed: Supposition

    @property
    def moved(self) -> tuple[Session, Session] | None:
        """The session that moves, as it is in each run; None where none does."""
        pairs = zip(self.before.cycle.sessions, self.after.cycle.sessions, strict=False)
        return next((pair for pair in pairs if pair[0].starts_at != pair[1].starts_at), None)


def rows(both: Both) -> tuple[Row, ...]:
    """Everything owed in either run, soonest first as it would then be.

    Source: process.clocks
    """
    before, after = marks(both.before), marks(both.after)
    made = [_row(both, key, before.get(key), after.get(key)) for key in dict.fromkeys((*before, *after))]
    return tuple(sorted(made, key=lambda one: one.due_after or one.due_before or both.before.ended_at))


def _row(both: Both, key: str, before: Mark | None, after: Mark | None) -> Row:
    known = after or before
    assert known is not None, key
    row = Row(
        key=key,
        what=known.what,
        number=known.number,
        title=_title(both, known),
        owner=known.owner,
        due_before=before and before.due_at,
        due_after=after and after.due_at,
        done_before=before and before.done_at,
        done_after=after and after.done_at,
        before=before.kept if before else "none",
        after=after.kept if after else "none",
    )
    return row.model_copy(update={"because": tuple(because(both, row))}) if row.moved else row


def _title(both: Both, mark: Mark) -> TextRef | None:
    cycle = both.after.cycle
    if mark.what in ("return", "review"):
        request = cycle.request(int(mark.number))
        return request.draft.title if request else None
    action = cycle.action(mark.number) if mark.what == "action" else None
    return action.what if action else None


def because(both: Both, row: Row) -> Iterable[str]:
    """What moved a row, one sentence for each supposition that did; at least one where something moved.

    Source: process.clocks
    """
    said = [*_why_owed(both, row), *_why_done(both, row)]
    return said or ["It follows from what comes before it, which is at another time."]


def _why_owed(both: Both, row: Row) -> list[str]:
    if row.due_before == row.due_after or row.due_before is None or row.due_after is None:
        return []
    said = []
    if both.moved and _hangs_on_session(both, row):
        was, will = (f"{london(one.starts_at):%A %-d %B}" for one in both.moved)
        said.append(
            f"The session moves from {was} to {will}."
            if row.what == "session"
            else f"It is counted from the session, which moves from {was} to {will}."
        )
    said += [
        f"{day:%A %-d %B} would be a bank holiday, which is not counted as a working day."
        for day in both.supposed.holidays
        if _spans(both, row, day)
    ]
    return said


def _hangs_on_session(both: Both, row: Row) -> bool:
    if row.what == "return":
        request = both.after.cycle.request(int(row.number))
        return request is not None and follows_session(request.clock)
    if row.what == "findings":
        return True
    moved = both.moved
    return row.what in ("session", *FROM_SESSION) and moved is not None and row.number == str(moved[1].number)


def _spans(both: Both, row: Row, day: date) -> bool:
    """Whether a day lies within what is counted for a row; the day from which it is counted is none of it."""
    start = _counted_from(both, row)
    if start is None or row.due_after is None or row.what == "session":
        return False
    ends = [civil(start), civil(row.due_after), *([civil(row.due_before)] if row.due_before else [])]
    return min(ends) <= day <= max(ends) and day != civil(start)


def _counted_from(both: Both, row: Row) -> datetime | None:
    cycle = both.after.cycle
    if row.what in ("notice", "papers"):
        session = cycle.session(int(row.number))
        return session.starts_at if session else None
    if row.what == "findings":
        held = last_held(cycle)
        return held.held_at if held else None
    if row.what in ("return", "review"):
        request = cycle.request(int(row.number))
        if request is None:
            return None
        if row.what == "review":
            return request.returns[-1].received_at if request.returns else None
        session = next(iter(cycle.sessions), None)
        return session.starts_at if session and follows_session(request.clock) else request.clock.starts_at
    checks = [one.fact_check for one in cycle.findings if str(one.version) == row.number]
    return checks[0].invited_at if row.what == "fact_check" and checks and checks[0] else None


def _why_done(both: Both, row: Row) -> list[str]:
    if row.done_before == row.done_after:
        return []
    force, office = both.supposed.force_late_days, both.supposed.office_late_days
    if row.what == "return" and force == "silent":
        return ["The force would send nothing."]
    if row.what == "return" and isinstance(force, int):
        return [f"The force would send it {_days(force)} after its due day."]
    if row.what == "review" and office:
        return [f"The office would look at it {_days(office)} later than its standard."]
    if row.what == "review":
        return ["What is looked at would come at another time, or not at all."]
    if row.what == "findings" and row.due_before == row.due_after:
        return ["Findings are drafted once every return that came has been looked at."]
    return []


def _days(count: int) -> str:
    return "1 working day" if count == 1 else f"{count} working days"

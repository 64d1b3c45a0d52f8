"""Deadlines: everything that a cycle owes or is owed, for the boards and calendars."""

from typing import Literal

from rules.calendars import WorkingCalendar
from rules.clocks import instant
from rules.meeting.noticing import given, notice_of
from rules.publishing.commenting import comments_due
from rules.publishing.due import findings_due
from schemas.clocks import Due
from schemas.cycle import Cycle
from schemas.records import Deadline


def deadlines(cycle: Cycle, calendar: WorkingCalendar) -> tuple[Deadline, ...]:
    """Every return, session, action and publication with a day, done ones included.

    Source: process.clocks
    """
    return (
        *_returns(cycle),
        *_sessions(cycle),
        *_notices(cycle, calendar),
        *_actions(cycle),
        *_fact_checks(cycle),
        *_findings(cycle, calendar),
        *_comments(cycle, calendar),
        *_answers(cycle),
    )


def _returns(cycle: Cycle) -> list[Deadline]:
    return [
        Deadline(
            key=f"return/{one.number}",
            what="return",
            number=str(one.number),
            title=one.draft.title,
            owner=one.draft.lead,
            due_at=one.due.at,
            missed=one.late,
            done=not one.open or cycle.over,
        )
        for one in cycle.requests
        if one.due and one.state != "withdrawn"
    ]


def _sessions(cycle: Cycle) -> list[Deadline]:
    return [
        Deadline(
            key=f"session/{one.number}",
            what="session",
            number=str(one.number),
            title=cycle.title,
            owner=cycle.opened_by.person,
            due_at=one.starts_at,
            missed=False,
            done=not one.coming or cycle.over,
        )
        for one in cycle.sessions
    ]


def _notices(cycle: Cycle, calendar: WorkingCalendar) -> list[Deadline]:
    return [
        Deadline(
            key=f"{'panel-notice' if one.forum == 'panel' else 'notice'}/{one.number}",
            what="notice",
            number=str(one.number),
            title=cycle.title,
            owner=None if one.forum == "panel" else cycle.opened_by.person,
            due_at=due.at,
            missed=any(notice.late for notice in one.agendas) or due.on in one.notice_missed,
            done=given(one, due) or not one.coming or cycle.over,
        )
        for one in cycle.sessions
        if (due := notice_of(cycle, one, calendar))
    ]


def _actions(cycle: Cycle) -> list[Deadline]:
    return [
        Deadline(
            key=f"action/{one.number}",
            what="action",
            number=one.number,
            title=one.what,
            owner=one.owner,
            due_at=one.due.at,
            missed=one.missed,
            done=one.state in ("claimed_done", "verified") or cycle.over,
        )
        for one in cycle.actions
        if one.state not in ("proposed", "disputed", "withdrawn")
    ]


def _fact_checks(cycle: Cycle) -> list[Deadline]:
    """What the force may say is wrong in fact; owed by whoever speaks for it, so nobody is named."""
    return [
        Deadline(
            key=f"fact-check/{one.version}",
            what="fact_check",
            number=str(one.version),
            title=cycle.title,
            owner=None,
            due_at=one.fact_check.due.at,
            missed=one.fact_check.deemed_at is not None,
            done=not one.fact_check.open or one.published_at is not None or cycle.cancelled_at is not None,
        )
        for one in cycle.findings
        if one.fact_check
    ]


def _findings(cycle: Cycle, calendar: WorkingCalendar) -> list[Deadline]:
    due = findings_due(cycle, calendar)
    return [_until_published(cycle, "findings", due, missed=due.on in cycle.findings_missed)] if due else []


def _comments(cycle: Cycle, calendar: WorkingCalendar) -> list[Deadline]:
    """What the law owes everybody on an inspection report; published, it is done."""
    due = comments_due(cycle, calendar)
    missed = cycle.comments_missed is not None
    return [_until_published(cycle, "comments", due, missed=missed)] if due else []


def _until_published(
    cycle: Cycle, what: Literal["findings", "comments"], due: Due, *, missed: bool
) -> Deadline:
    """What the whole cycle owes the public once: whoever opened it sees to it."""
    return Deadline(
        key=what,
        what=what,
        number="1",
        title=cycle.title,
        owner=cycle.opened_by.person,
        due_at=due.at,
        missed=missed,
        done=cycle.published() is not None or cycle.over,
    )


def _answers(cycle: Cycle) -> list[Deadline]:
    """What was promised in writing, by the day that was named for it."""
    return [
        Deadline(
            key=f"answer/{session.number}/{one.number}",
            what="answer",
            number=f"{session.number}/{one.number}",
            title=one.question,
            owner=one.answered_by,
            due_at=instant(one.promised_for, cycle.standards.due_hour),
            missed=False,
            done=one.in_writing_by is None or cycle.over,
        )
        for session in cycle.sessions
        for one in session.questions
        if one.promised_for
    ]

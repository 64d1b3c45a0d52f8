"""The history of a cycle in words: one line for each entry of its ledger, with the texts that it names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rules.duties.lateness import spelled
from rules.duties.outages import named
from schemas.people import Person
from schemas.rows import TimelineRow
from web.showing import dates, words

TITLES = {
    "CycleOpened": "Cycle opened",
    "EvidenceRequested": "Evidence asked for",
    "RequestWithdrawn": "Request withdrawn",
    "RequestAmended": "Request amended",
    "RequestDelegated": "Request delegated",
    "RequestReassigned": "Request put to another lead",
    "ClarificationAsked": "Question from the lead",
    "ClarificationAnswered": "Question answered",
    "ClockSuspended": "Clock stopped",
    "ClockResumed": "Clock runs again",
    "ReturnCertified": "Return certified",
    "SensitivityClaimed": "Claimed sensitive",
    "SensitivityDecided": "Claim of sensitivity decided",
    "SensitivityLapsed": "Claim of sensitivity lapsed",
    "RequestAcknowledged": "Request seen by the lead",
    "ReturnSubmitted": "Return received",
    "ReturnSentBack": "Return sent back",
    "ReturnAccepted": "Return accepted",
    "ExtensionRequested": "More time asked for",
    "ExtensionGranted": "More time granted",
    "ExtensionRefused": "More time refused",
    "SessionFixed": "Session fixed",
    "SessionMoved": "Session moved",
    "SessionHeld": "Session held",
    "SessionCancelled": "Session called off",
    "AgendaPublished": "Agenda published",
    "PapersPublished": "Papers published",
    "InterestDeclared": "Interest declared",
    "QuestionAsked": "Question put",
    "AnswerRecorded": "Answer recorded",
    "AssuranceConfirmed": "Assurance confirmed by the Commissioner",
    "VoteRecorded": "Vote recorded",
    "AssuranceJudged": "Assurance judged",
    "DecisionRecorded": "Decision recorded",
    "ActionProposed": "Action proposed",
    "ActionConfirmed": "Action confirmed",
    "ActionClaimedDone": "Action said to be done",
    "ActionVerified": "Action checked and done",
    "ActionDisputed": "Action disputed",
    "ActionWithdrawn": "Action taken back",
    "ActionDateAsked": "Later day asked for",
    "ActionDateMoved": "Day of an action moved",
    "ActionDateKept": "Later day refused",
    "ActionSlipped": "Action slipped",
    "ProgressReported": "Progress reported",
    "ActionReopened": "Action reopened",
    "ActionPassedOn": "Action given another owner",
    "BodySucceeded": "Somebody else takes over",
    "FindingsDrafted": "Findings drafted",
    "FindingsApproved": "Findings signed",
    "FindingsPublished": "Findings published",
    "FactCheckInvited": "Fact check invited",
    "FactCheckReceived": "Fact check answered",
    "ItemRedacted": "Findings redacted",
    "RedactionsChecked": "Redactions checked",
    "ReleaseScheduled": "Release scheduled",
    "FindingsSentBack": "Findings sent back",
    "ReleaseHeldBack": "Release held back",
    "FindingsCorrected": "Correction published",
    "FindingsWithdrawn": "Findings withdrawn",
    "ReminderDelivered": "Reminder delivered",
    "ReminderBounced": "Reminder bounced",
    "DutyMissed": "Due day missed",
    "CommentsReminded": "Reminded of the comments on the inspection report",
    "DutyFiredLate": "Done late by the system",
    "NonResponseDeemed": "Taken as no response",
    "FactCheckDeemed": "Fact check over: nothing was said",
    "ProgressAsked": "Asked how it stands",
    "RequestReminded": "Reminder sent by hand",
    "ActionReminded": "Reminder sent by hand",
    "RequestEscalated": "Escalated",
    "ActionEscalated": "Escalated",
    "WakeSet": "Somebody asked to be reminded",
    "WakeDelivered": "Reminded, as was asked",
    "CyclePaused": "Cycle paused",
    "CycleResumed": "Cycle resumed",
    "CalendarChanged": "Calendar changed",
    "StandardsChanged": "Local standards changed",
    "CycleCancelled": "Cycle cancelled",
    "CycleClosed": "Cycle closed",
}

ROUTES = {
    "lead": "To the lead",
    "deputy": "To the lead's deputy",
    "coordination": "To force coordination",
}
"""Whom a reminder was put to."""

MISSED = {
    "notice": "notice of session {0.session}",
    "findings": "findings after session {0.session}",
    "comments": "comments on the inspection report",
}
"""What was missed beside a return or an action."""

TEXTS = ("title", "what", "question", "gap", "reason", "reasons", "statement", "answer", "account", "why")


@dataclass(frozen=True)
class Happened:
    """One entry as a person reads it."""

    title: str
    by: str
    at: datetime
    facts: tuple[str, ...]
    said: tuple[str, ...]


def history(rows: Iterable[TimelineRow], people: dict[str, Person]) -> list[Happened]:
    """The entries, newest first, with who did each."""
    return [_happened(row, people) for row in rows]


def title(kind: str) -> str:
    """What an event is called."""
    return TITLES.get(kind, kind)


def _happened(row: TimelineRow, people: dict[str, Person]) -> Happened:
    event: Any = row.entry.event
    by = row.entry.actor
    person = people.get(by.person)
    draft = getattr(event, "draft", None)
    named = [getattr(event, name, None) for name in TEXTS] + [getattr(draft, "title", None)]
    return Happened(
        title=title(event.kind) + _about(event),
        by=person.title if person else words.role(by.role),
        at=row.entry.at,
        facts=tuple(_facts(event)),
        said=tuple(row.words[ref] for ref in named if isinstance(ref, str) and ref in row.words),
    )


def _about(event: Any) -> str:
    if event.kind == "DutyMissed" and event.duty in MISSED:
        return f": {MISSED[event.duty].format(event)}"
    for name, called in (("action", "action"), ("request", "request"), ("decision", "decision")):
        number = getattr(event, name, None)
        if isinstance(number, int | str):
            return f": {called} {number}"
    return ""


def _facts(event: Any) -> Iterable[str]:
    due = getattr(event, "due", None)
    if due is not None and hasattr(due, "at"):
        yield f"Due {dates.moment(due.at)}"
    starts_at = getattr(event, "starts_at", None) or getattr(getattr(event, "draft", None), "starts_at", None)
    if starts_at:
        yield f"On {dates.moment(starts_at)}"
    if getattr(event, "late", False):
        yield "After the due day"
    if route := getattr(event, "route", None):
        yield ROUTES[route]
    if late_by := getattr(event, "late_by", None):
        yield named(event.duty)
        yield f"Planned {dates.moment(event.planned_at)}, done {spelled(late_by)} later"
    moved = getattr(event, "moved", ())
    yield from (f"Request {one.request} is now due {_day(one.due)}" for one in moved)


def _day(due: Any) -> str:
    return dates.day(due.on) if due else "when its session has a day"

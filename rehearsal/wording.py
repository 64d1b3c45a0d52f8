"""What happened, in one sentence per event: for the rehearsal's calendar and the command line's timeline."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from rules.clocks import LONDON
from schemas.events import AnyEvent

Say = Callable[[str | None], str]
"""The words of a text by its reference."""


def sentence(event: AnyEvent, words: Mapping[str, str]) -> str:
    """One event in plain words."""

    def say(ref: str | None) -> str:
        return words.get(ref or "", "")

    return SAID[event.kind](event, say)


def _on(day: date) -> str:
    return f"{day:%a %-d %b %Y}"


def _at(at: datetime) -> str:
    return f"{at.astimezone(LONDON):%a %-d %b %Y %H:%M}"


def _asked(event: Any, say: Say) -> str:
    due = f"due {_on(event.due.on)}" if event.due else "due when the session is fixed"
    return f"Request {event.request} asked of {event.draft.lead}: {say(event.draft.title)}; {due}"


def _submitted(event: Any, say: Say) -> str:
    late = ", late" if event.late else ""
    what = "" if event.answer == "provided" else f": {event.answer.replace('_', ' ')}, {say(event.reason)}"
    return f"Return to request {event.request} received, version {event.version}{late}{what}"


def _sent_back(event: Any, say: Say) -> str:
    due = f"; new date {_on(event.due.on)}" if event.due else ""
    return f"Return to request {event.request} sent back: {say(event.gap)}{due}"


def _reminder(event: Any, say: Say) -> str:  # noqa: ARG001 - every sentence is made of the same two
    steps = {0: "on the day"}
    day = steps.get(
        event.rung, f"{abs(event.rung)} working days {'before' if event.rung < 0 else 'after'} the day"
    )
    told = ", ".join(event.told) or "nobody"
    bounced = ", but it bounced" if event.kind == "ReminderBounced" else ""
    return f"Reminder for request {event.request}, {day}: told {told}{bounced}"


MISSED = {
    "return": "Request {0.request}",
    "action": "Action {0.action}",
    "notice": "Notice of session {0.session}",
    "findings": "The publication after session {0.session}",
    "comments": "The publication of comments on the inspection report",
}


def _missed(event: Any, say: Say) -> str:  # noqa: ARG001 - every sentence is made of the same two
    what = MISSED[event.duty].format(event)
    return f"{what} was due and was not there"


def _moved(event: Any, say: Say) -> str:
    others = f"; {len(event.moved)} due dates moved with it" if event.moved else ""
    return f"Session moved from {_at(event.was)} to {_at(event.starts_at)}: {say(event.reason)}{others}"


SAID: dict[str, Callable[[Any, Say], str]] = {
    "CycleOpened": lambda e, say: f"Cycle opened: {say(e.title)}",
    "EvidenceRequested": _asked,
    "RequestWithdrawn": lambda e, say: f"Request {e.request} withdrawn: {say(e.reason)}",
    "RequestAcknowledged": lambda e, _: f"Request {e.request} acknowledged",
    "ReturnSubmitted": _submitted,
    "ReturnSentBack": _sent_back,
    "ReturnAccepted": lambda e, _: f"Return to request {e.request} accepted",
    "ExtensionRequested": lambda e, say: (
        f"More time asked for request {e.request}, to {_on(e.to)}: {say(e.reason)}"
    ),
    "ExtensionGranted": lambda e, _: f"More time granted for request {e.request}: now due {_on(e.due.on)}",
    "ExtensionRefused": lambda e, say: f"More time refused for request {e.request}. {say(e.reason)}".strip(),
    "SessionFixed": lambda e, _: f"Session fixed for {_at(e.draft.starts_at)}",
    "SessionMoved": _moved,
    "SessionHeld": lambda e, _: f"Session held; present: {', '.join(e.present)}",
    "SessionCancelled": lambda e, say: (
        f"Session called off: {say(e.reason)}; {len(e.moved)} due dates moved or wait"
    ),
    "AgendaPublished": lambda e, _: f"Agenda published{', late' if e.late else ''}: {len(e.items)} items",
    "PapersPublished": lambda e, _: f"Papers published{', late' if e.late else ''}: {len(e.papers)}",
    "InterestDeclared": lambda e, say: f"Interest declared by {e.person}: {say(e.what)}",
    "QuestionAsked": lambda e, say: f"Question {e.question} put by the {e.asked_by}: {say(e.text)}",
    "AnswerRecorded": lambda e, say: f"Question {e.question} answered: {say(e.answer)}",
    "AssuranceConfirmed": lambda e, _: f"Request {e.request}: judgement confirmed by the Commissioner",
    "VoteRecorded": lambda e, say: (
        f"Vote {e.vote} {'carried' if e.carried else 'lost'}, {e.votes_for} to {e.votes_against} "
        f"of {len(e.members)} members: {say(e.question)}"
    ),
    "AssuranceJudged": lambda e, say: (
        f"Request {e.request}: {e.judgement.replace('_', ' ')}. {say(e.reasons)}".strip()
    ),
    "DecisionRecorded": lambda e, say: f"Decision {e.decision} recorded: {say(e.title)}",
    "ActionProposed": lambda e, say: (
        f"Action {e.action} proposed to {e.owner}: {say(e.what)}; due {_on(e.due.on)}"
    ),
    "ActionConfirmed": lambda e, _: f"Action {e.action} confirmed by the other side",
    "ActionClaimedDone": lambda e, _: f"Action {e.action} claimed done, with proof to {_on(e.covers_to)}",
    "ActionVerified": lambda e, _: f"Action {e.action} verified",
    "FindingsDrafted": lambda e, say: f"Findings drafted, version {e.version}: {say(e.answer)}",
    "FindingsApproved": lambda e, _: f"Findings signed, version {e.version}",
    "FindingsPublished": lambda e, _: f"Findings published, version {e.version}",
    "FactCheckInvited": lambda e, _: f"Fact check invited, version {e.version}, by {e.due.on:%-d %B %Y}",
    "FactCheckReceived": lambda e, _: f"Fact check answered{' late' if e.late else ''}, version {e.version}",
    "ItemRedacted": lambda e, _: f"Findings redacted, version {e.version}",
    "RedactionsChecked": lambda e, _: (
        f"Redactions {'agreed' if e.agreed else 'not agreed'}, version {e.version}"
    ),
    "ReleaseScheduled": lambda e, _: f"Release scheduled, version {e.version}",
    "FindingsSentBack": lambda e, _: f"Findings sent back, version {e.version}",
    "ReleaseHeldBack": lambda e, _: f"Release held back, version {e.version}",
    "FindingsCorrected": lambda e, _: f"Correction published, version {e.version}",
    "FindingsWithdrawn": lambda e, _: f"Findings withdrawn, version {e.version}",
    "ReminderDelivered": _reminder,
    "ReminderBounced": _reminder,
    "DutyMissed": _missed,
    "CyclePaused": lambda e, say: f"Cycle paused: {say(e.reason)}",
    "CycleResumed": lambda e, _: f"Cycle resumed; {len(e.moved)} due dates moved",
    "CalendarChanged": lambda e, _: f"Calendar changed to {e.calendar}; {len(e.moved)} due dates moved",
    "StandardsChanged": lambda e, _: (
        f"Local standards changed to edition {e.standards.edition}; {len(e.moved)} due dates moved"
    ),
    "CycleCancelled": lambda e, say: f"Cycle cancelled: {say(e.reason)}",
    "CycleClosed": lambda _e, _: "Cycle closed",
}

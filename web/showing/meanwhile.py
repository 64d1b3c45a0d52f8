"""What somebody else did since a page was made: who, in which role, what, and how long ago."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from schemas.people import Person, Role
from schemas.rows import TimelineRow
from web.showing import dates, words
from web.showing.history import title

DID = {
    "ReturnAccepted": "accepted this",
    "ReturnSentBack": "sent this back",
    "ReturnSubmitted": "sent a return",
    "ReturnCertified": "certified this",
    "RequestWithdrawn": "withdrew this request",
    "RequestAmended": "changed this request",
    "RequestReassigned": "put this request to another lead",
    "RequestAcknowledged": "said that they have seen it",
    "ExtensionRequested": "asked for more time",
    "ExtensionGranted": "granted more time",
    "ExtensionRefused": "refused more time",
    "ClarificationAsked": "asked what is meant",
    "ClarificationAnswered": "answered the question",
    "SensitivityClaimed": "claimed an item sensitive",
    "SensitivityDecided": "decided on the claim",
    "SessionFixed": "fixed a session",
    "SessionMoved": "moved the session",
    "SessionHeld": "recorded the session",
    "SessionCancelled": "called the session off",
    "AssuranceJudged": "recorded a judgement",
    "AssuranceConfirmed": "confirmed the judgement",
    "DecisionRecorded": "recorded a decision",
    "ActionProposed": "proposed an action",
    "ActionConfirmed": "agreed the action",
    "ActionDisputed": "disputed the action",
    "ActionWithdrawn": "took the action back",
    "ActionClaimedDone": "said that the action is done",
    "ActionVerified": "checked the action",
    "ActionReopened": "reopened the action",
    "ActionPassedOn": "gave the action another owner",
    "ActionDateMoved": "moved the action's day",
    "FindingsDrafted": "saved a newer version",
    "FindingsApproved": "signed this version",
    "FindingsSentBack": "sent the findings back",
    "FindingsPublished": "published the findings",
    "FindingsCorrected": "published a correction",
    "FindingsWithdrawn": "withdrew the findings",
    "FactCheckInvited": "asked the force to check the facts",
    "FactCheckReceived": "answered the fact check",
    "ItemRedacted": "redacted the findings",
    "RedactionsChecked": "checked the redactions",
    "ReleaseScheduled": "scheduled the release",
    "ReleaseHeldBack": "held the release back",
    "CyclePaused": "paused the cycle",
    "CycleResumed": "let the cycle go on",
    "CycleCancelled": "cancelled the cycle",
    "CycleClosed": "closed the cycle",
}
"""What somebody did, as a colleague would say it, by the kind of the event."""
LOST_NOTHING = "Nothing was lost: what you typed is below."
MOVED_ON = f"The record has moved on since this page was made. {LOST_NOTHING}"
BESIDE = (
    "ReminderDelivered", "ReminderBounced", "DutyMissed", "DutyFiredLate", "WakeSet", "WakeDelivered",
    "RequestReminded", "ActionReminded", "CommentsReminded",
)  # fmt: skip
"""What changes nothing that a form could stumble over."""


def meanwhile(
    rows: Iterable[TimelineRow], people: Mapping[str, Person], asked: Mapping[str, str], now: datetime
) -> str:
    """One sentence on the newest act about the same request or action, or on the newest of all."""
    told = [row for row in rows if row.entry.event.kind not in BESIDE]
    about = [row for row in told if _same(row.entry.event, asked)]
    newest = next(iter(about or told), None)
    if newest is None:
        return MOVED_ON
    by, event = newest.entry.actor, newest.entry.event
    did, who = DID.get(event.kind), _who(by.person, by.role, people)
    what = f"{who} {did}" if did else f"{title(event.kind)} by {who}"
    return f"{what} {dates.ago(newest.entry.at, now)}. {LOST_NOTHING}"


def _who(person: str, role: Role, people: Mapping[str, Person]) -> str:
    """Somebody by title with the role in which they acted; the engine as what it is."""
    if role == Role.ENGINE:
        return words.role(role).capitalize()
    named = people[person].title if person in people else words.spelled(person)
    said = words.role(role)
    return named if said.casefold() == named.casefold() else f"{named} ({said})"


def _same(event: Any, asked: Mapping[str, str]) -> bool:
    return any(
        asked.get(name) and str(getattr(event, name, "")) == asked[name] for name in ("request", "action")
    )

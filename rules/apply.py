"""What the ledger adds up to: each entry turns a cycle into the next."""

from collections.abc import Callable, Iterable
from typing import Any

from rules.acting.succession import as_of
from rules.applying import (
    actions,
    asking,
    changes,
    engine,
    evidence,
    findings,
    missing,
    outcomes,
    raising,
    sensitivity,
    sessions,
    steering,
    succession,
)
from rules.clocks import civil
from schemas.cycle import Cycle
from schemas.events import CycleOpened
from schemas.records import Entry

APPLIED: dict[str, Callable[[Cycle, Any, Entry], Cycle]] = {
    "EvidenceRequested": evidence.evidence_requested,
    "RequestWithdrawn": evidence.request_withdrawn,
    "RequestAmended": asking.request_amended,
    "RequestDelegated": asking.request_delegated,
    "RequestReassigned": asking.request_reassigned,
    "ClarificationAsked": asking.clarification_asked,
    "ClarificationAnswered": asking.clarification_answered,
    "ClockSuspended": asking.clock_suspended,
    "ClockResumed": asking.clock_resumed,
    "ReturnCertified": sensitivity.return_certified,
    "SensitivityClaimed": sensitivity.sensitivity_claimed,
    "SensitivityDecided": sensitivity.sensitivity_decided,
    "SensitivityLapsed": sensitivity.sensitivity_lapsed,
    "RequestAcknowledged": evidence.request_acknowledged,
    "ReturnSubmitted": evidence.return_submitted,
    "ReturnSentBack": evidence.return_sent_back,
    "ReturnAccepted": evidence.return_accepted,
    "ExtensionRequested": evidence.extension_requested,
    "ExtensionGranted": evidence.extension_granted,
    "ExtensionRefused": evidence.extension_refused,
    "ReminderDelivered": engine.reminder_delivered,
    "ReminderBounced": engine.reminder_bounced,
    "NonResponseDeemed": engine.non_response_deemed,
    "FactCheckDeemed": engine.fact_check_deemed,
    "ProgressAsked": engine.progress_asked,
    "CommentsReminded": engine.comments_reminded,
    "DutyFiredLate": engine.duty_fired_late,
    "WakeSet": raising.wake_set,
    "WakeDelivered": engine.wake_delivered,
    "RequestReminded": raising.request_reminded,
    "ActionReminded": raising.action_reminded,
    "RequestEscalated": raising.request_escalated,
    "ActionEscalated": raising.action_escalated,
    "SessionFixed": sessions.session_fixed,
    "SessionMoved": sessions.session_moved,
    "SessionCancelled": sessions.session_cancelled,
    "AgendaPublished": sessions.agenda_published,
    "PapersPublished": sessions.papers_published,
    "SessionHeld": sessions.session_held,
    "InterestDeclared": sessions.interest_declared,
    "QuestionAsked": sessions.question_asked,
    "AnswerRecorded": sessions.answer_recorded,
    "AssuranceJudged": sessions.assurance_judged,
    "AssuranceConfirmed": sessions.assurance_confirmed,
    "VoteRecorded": sessions.vote_recorded,
    "DecisionRecorded": outcomes.decision_recorded,
    "ActionProposed": outcomes.action_proposed,
    "ActionConfirmed": outcomes.action_confirmed,
    "ActionClaimedDone": outcomes.action_claimed_done,
    "ActionVerified": outcomes.action_verified,
    "ActionDisputed": actions.action_disputed,
    "ActionWithdrawn": actions.action_withdrawn,
    "ActionDateAsked": actions.action_date_asked,
    "ActionDateMoved": actions.action_date_moved,
    "ActionDateKept": actions.action_date_kept,
    "ActionSlipped": actions.action_slipped,
    "ProgressReported": actions.progress_reported,
    "ActionReopened": actions.action_reopened,
    "ActionPassedOn": actions.action_passed_on,
    "FindingsDrafted": findings.findings_drafted,
    "FindingsApproved": findings.findings_approved,
    "FindingsPublished": findings.findings_published,
    "FactCheckInvited": findings.fact_check_invited,
    "FactCheckReceived": findings.fact_check_received,
    "ItemRedacted": findings.item_redacted,
    "RedactionsChecked": findings.redactions_checked,
    "ReleaseScheduled": findings.release_scheduled,
    "FindingsSentBack": findings.findings_sent_back,
    "ReleaseHeldBack": findings.release_held_back,
    "FindingsCorrected": findings.findings_published,
    "FindingsWithdrawn": findings.findings_withdrawn,
    "DutyMissed": missing.duty_missed,
    "CyclePaused": steering.cycle_paused,
    "CycleResumed": steering.cycle_resumed,
    "CalendarChanged": changes.calendar_changed,
    "StandardsChanged": changes.standards_changed,
    "BodySucceeded": succession.body_succeeded,
    "CycleCancelled": steering.cycle_cancelled,
    "CycleClosed": steering.cycle_closed,
}


def apply(cycle: Cycle | None, entry: Entry) -> Cycle:
    """The cycle after one entry of its ledger.

    Source: process.events
    Raises: LookupError: the entry does not follow from the cycle: the ledger is not whole.
    """
    if isinstance(entry.event, CycleOpened):
        return steering.cycle_opened(entry.event, entry)
    if cycle is None or entry.version != cycle.version + 1:
        raise LookupError(f"{entry.cycle}: entry {entry.version} does not follow {cycle and cycle.version}")
    today = as_of(cycle, civil(entry.at))
    after = APPLIED[entry.event.kind](today, entry.event, entry)
    return after.model_copy(update={"version": entry.version, "changed_at": entry.at})


def add_up(entries: Iterable[Entry], cycle: Cycle | None = None) -> Cycle:
    """The cycle that entries add up to, from the beginning or on top of a cycle.

    Source: process.events
    Raises: LookupError: the entries do not follow from one another, or there are none.
    """
    for entry in entries:
        cycle = apply(cycle, entry)
    if cycle is None:
        raise LookupError("an empty ledger adds up to nothing")
    return cycle

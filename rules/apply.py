"""What the ledger adds up to: each entry turns a cycle into the next."""

from collections.abc import Callable, Iterable
from typing import Any

from rules.applying import changes, evidence, outcomes, steering
from schemas.cycle import Cycle
from schemas.events import CycleOpened
from schemas.records import Entry

APPLIED: dict[str, Callable[[Cycle, Any, Entry], Cycle]] = {
    "EvidenceRequested": evidence.evidence_requested,
    "RequestWithdrawn": evidence.request_withdrawn,
    "RequestAcknowledged": evidence.request_acknowledged,
    "ReturnSubmitted": evidence.return_submitted,
    "ReturnSentBack": evidence.return_sent_back,
    "ReturnAccepted": evidence.return_accepted,
    "ExtensionRequested": evidence.extension_requested,
    "ExtensionGranted": evidence.extension_granted,
    "ExtensionRefused": evidence.extension_refused,
    "ReminderDelivered": evidence.reminded,
    "ReminderBounced": evidence.reminded,
    "SessionFixed": outcomes.session_fixed,
    "SessionMoved": outcomes.session_moved,
    "SessionHeld": outcomes.session_held,
    "AssuranceJudged": outcomes.assurance_judged,
    "DecisionRecorded": outcomes.decision_recorded,
    "ActionProposed": outcomes.action_proposed,
    "ActionConfirmed": outcomes.action_confirmed,
    "ActionClaimedDone": outcomes.action_claimed_done,
    "ActionVerified": outcomes.action_verified,
    "FindingsDrafted": outcomes.findings_drafted,
    "FindingsApproved": outcomes.findings_approved,
    "FindingsPublished": outcomes.findings_published,
    "DutyMissed": steering.duty_missed,
    "CyclePaused": steering.cycle_paused,
    "CycleResumed": steering.cycle_resumed,
    "CalendarChanged": changes.calendar_changed,
    "StandardsChanged": changes.standards_changed,
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
    after = APPLIED[entry.event.kind](cycle, entry.event, entry)
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

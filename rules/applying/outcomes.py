"""What decisions and actions do to a cycle."""

from rules.applying.change import on_action
from schemas.cycle import Action, Cycle, DecisionRecord
from schemas.events import (
    ActionClaimedDone,
    ActionConfirmed,
    ActionProposed,
    ActionVerified,
    DecisionRecorded,
)
from schemas.records import Entry


def decision_recorded(cycle: Cycle, event: DecisionRecorded, entry: Entry) -> Cycle:
    """One more decision record.

    Source: process.events
    """
    record = DecisionRecord(
        number=event.decision,
        title=event.title,
        options=event.options,
        reasons=event.reasons,
        basis=event.basis,
        by=entry.actor,
        at=entry.at,
        conditions=event.conditions,
        function=event.function,
        restricted=event.restricted,
    )
    return cycle.model_copy(update={"decisions": (*cycle.decisions, record)})


def action_proposed(cycle: Cycle, event: ActionProposed, entry: Entry) -> Cycle:
    """An undertaking that waits for the other side.

    Source: process.events
    """
    action = Action(
        number=event.action,
        what=event.what,
        owner=event.owner,
        proposed_by=entry.actor,
        clock=event.clock,
        due=event.due,
    )
    return cycle.model_copy(update={"actions": (*cycle.actions, action)})


def action_confirmed(cycle: Cycle, event: ActionConfirmed, entry: Entry) -> Cycle:
    """Both sides agree: the action exists, and a dispute about it has ended.

    Source: process.events
    """
    return on_action(
        cycle,
        event.action,
        state="confirmed",
        confirmed_by=entry.actor,
        confirmed_at=entry.at,
        dispute=None,
        disputed_by=None,
    )


def action_claimed_done(cycle: Cycle, event: ActionClaimedDone, entry: Entry) -> Cycle:
    """The owner says it is done and shows why.

    Source: process.events
    """
    return on_action(
        cycle,
        event.action,
        state="claimed_done",
        proof=event.proof,
        covers_to=event.covers_to,
        claimed_at=entry.at,
        claimed_by=entry.actor,
    )


def action_verified(cycle: Cycle, event: ActionVerified, entry: Entry) -> Cycle:
    """The asker has checked the proof.

    Source: process.events
    """
    return on_action(cycle, event.action, state="verified", verified_at=entry.at)

"""Actions: proposed by one side, confirmed by the other, done with proof, verified by the asker."""

from datetime import date

from rules.acting.authority import acts_as_owner, other_side, second_person
from rules.clocks import due
from rules.deciding.moment import Moment
from rules.stages import open_actions
from schemas.clocks import Clock, Due, OnDate
from schemas.commands import ClaimDone, ConfirmAction, ForAction, ProposeAction, VerifyDone
from schemas.cycle import Action, Cycle
from schemas.events import (
    ActionClaimedDone,
    ActionConfirmed,
    ActionProposed,
    ActionVerified,
    ActionWithdrawn,
    CycleClosed,
)
from schemas.outcomes import Allowed, Decision, Refused

NOT_AGREED = {
    "proposed": "the other side has not confirmed it yet",
    "disputed": "the other side disputes it",
    "withdrawn": "it was taken back by those who proposed it",
    "verified": "it is verified already",
    "claimed_done": "it is said to be done already",
}
"""Why something that needs an agreed action cannot be done, by the state that it is in."""


def propose_action(cycle: Cycle, command: ProposeAction, moment: Moment) -> Decision:
    """Propose an undertaking with an owner and a day.

    Source: process.commands
    """
    if cycle.action(command.action):
        return Refused(
            code="number_taken",
            message=f"Action {command.action} is in this cycle already. Send the proposal again.",
            source="process.wrong-input",
            field="action",
        )
    clock = action_clock(cycle, command.due_on, moment)
    found = coming_due(clock, moment, "due_on")
    if isinstance(found, Refused):
        return found
    event = ActionProposed(
        action=command.action, what=command.what, owner=command.owner, clock=clock, due=found
    )
    return Allowed(events=(event,))


def action_clock(cycle: Cycle, on: date, moment: Moment) -> Clock:
    """The clock of an action that is to be done by a day, from now.

    Source: local.action
    """
    return Clock(
        rule="action",
        kind="commissioner_set",
        starts_at=moment.now,
        budget=OnDate(on=on),
        hour=cycle.standards.due_hour,
        calendar=moment.calendar.version,
    )


def coming_due(clock: Clock, moment: Moment, field: str) -> Due | Refused:
    """When an action's clock runs out; refused where that is past or beyond the calendar.

    Source: process.wrong-input
    """
    found = due(clock, moment.calendar, None)
    if isinstance(found, Refused):
        return found.model_copy(update={"field": field})
    if found is None or found.at <= moment.now:
        day = f"{found.on:%A %-d %B %Y}" if found else "That day"
        return Refused(
            code="due_in_past",
            message=f"{day} is past. Give the action a later day.",
            source="process.wrong-input",
            field=field,
        )
    return found


def confirm_action(cycle: Cycle, command: ConfirmAction, _moment: Moment) -> Decision:
    """Agree, from the other side, that this was undertaken; a dispute ends with it.

    Source: process.commands
    """
    action = named(cycle, command)
    if isinstance(action, Refused):
        return action
    if action.state == "withdrawn":
        return in_state(action, "it was taken back by those who proposed it")
    if action.state not in ("proposed", "disputed"):
        return in_state(action, "both sides have confirmed it already")
    if refused := other_side(command.actor, action.proposed_by):
        return refused
    return Allowed(events=(ActionConfirmed(action=action.number),))


def claim_done(cycle: Cycle, command: ClaimDone, moment: Moment) -> Decision:
    """Say that it is done, with proof and the day to which the proof speaks.

    Source: process.commands
    """
    action = named(cycle, command)
    if isinstance(action, Refused):
        return action
    if action.state not in ("confirmed", "claimed_done"):
        return in_state(action, NOT_AGREED[action.state])
    if refused := acts_as_owner(command.actor, action, "claim it done"):
        return refused
    if not command.proof:
        return Refused(
            code="no_proof",
            message="Add the proof: a file, a written account or a link.",
            source="process.commands",
            field="proof",
        )
    if command.covers_to > moment.today:
        return Refused(
            code="covers_future",
            message=f"Proof cannot speak of {command.covers_to:%-d %B %Y}, which is still to come. "
            "Give the last day that it covers.",
            source="process.wrong-input",
            field="covers_to",
        )
    event = ActionClaimedDone(action=action.number, proof=command.proof, covers_to=command.covers_to)
    return Allowed(events=(event,))


def verify_done(cycle: Cycle, command: VerifyDone, _moment: Moment) -> Decision:
    """The office has checked the proof; never the person who claimed it. The last one closes the cycle.

    Source: local.separation-of-duties
    """
    action = named(cycle, command)
    if isinstance(action, Refused):
        return action
    if action.state != "claimed_done" or action.claimed_by is None:
        return in_state(action, "nobody has claimed it done, so there is no proof to verify")
    if refused := second_person(command.actor, action.claimed_by, "claimed this action done"):
        return refused
    return settled(cycle, ActionVerified(action=action.number))


def settled(cycle: Cycle, event: ActionVerified | ActionWithdrawn) -> Allowed:
    """An action has come to its end; the last one of a published cycle closes the cycle.

    Source: process.stages
    """
    last = cycle.published() is not None and open_actions(cycle) == 1 and not cycle.over
    return Allowed(events=(event, CycleClosed()) if last else (event,))


def named(cycle: Cycle, command: ForAction) -> Action | Refused:
    """The action that a command is about, or a refusal where the cycle has none of that number.

    Source: process.wrong-input
    """
    return cycle.action(command.action) or Refused(
        code="no_such_action",
        message=f"{cycle.reference} has no action {command.action}. Check the number.",
        source="process.wrong-input",
        field="action",
    )


def in_state(action: Action, why: str) -> Refused:
    """The refusal of what cannot be done with an action as it stands.

    Source: process.wrong-input
    """
    return Refused(
        code="action_state",
        message=f"Action {action.number}: {why}.",
        source="process.wrong-input",
        field="action",
    )

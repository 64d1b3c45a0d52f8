"""Actions: proposed by one side, confirmed by the other, done with proof, verified by the asker."""

from rules.authority import other_side, second_person
from rules.clocks import due
from rules.deciding.moment import Moment
from rules.stages import open_actions
from schemas.clocks import Clock, OnDate
from schemas.commands import ClaimDone, ConfirmAction, ForAction, ProposeAction, VerifyDone
from schemas.cycle import Action, Cycle
from schemas.events import ActionClaimedDone, ActionConfirmed, ActionProposed, ActionVerified, CycleClosed
from schemas.outcomes import Allowed, Decision, Refused
from schemas.people import Role


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
    clock = Clock(
        rule="action",
        kind="commissioner_set",
        starts_at=moment.now,
        budget=OnDate(on=command.due_on),
        hour=cycle.standards.due_hour,
        calendar=moment.calendar.version,
    )
    found = due(clock, moment.calendar, None)
    if isinstance(found, Refused):
        return found.model_copy(update={"field": "due_on"})
    if found is None or found.at <= moment.now:
        return Refused(
            code="due_in_past",
            message=f"{command.due_on:%A %-d %B %Y} is past. Give the action a later day.",
            source="process.wrong-input",
            field="due_on",
        )
    event = ActionProposed(
        action=command.action, what=command.what, owner=command.owner, clock=clock, due=found
    )
    return Allowed(events=(event,))


def confirm_action(cycle: Cycle, command: ConfirmAction, _moment: Moment) -> Decision:
    """Agree, from the other side, that this was undertaken.

    Source: process.commands
    """
    action = _named(cycle, command)
    if isinstance(action, Refused):
        return action
    if action.state != "proposed":
        return _state(action, "both sides have confirmed it already")
    if refused := other_side(command.actor, action.proposed_by):
        return refused
    return Allowed(events=(ActionConfirmed(action=action.number),))


def claim_done(cycle: Cycle, command: ClaimDone, moment: Moment) -> Decision:
    """Say that it is done, with proof and the day to which the proof speaks.

    Source: process.commands
    """
    action = _named(cycle, command)
    if isinstance(action, Refused):
        return action
    if action.state == "proposed":
        return _state(action, "the other side has not confirmed it yet")
    if action.state == "verified":
        return _state(action, "it is verified already")
    if command.actor.person != action.owner and command.actor.role != Role.FORCE_COORDINATION:
        return Refused(
            code="not_your_action",
            message=f"Action {action.number} has another owner. Only the owner, or force coordination "
            "for the owner, can claim it done.",
            source="process.commands",
        )
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
    action = _named(cycle, command)
    if isinstance(action, Refused):
        return action
    if action.state != "claimed_done" or action.claimed_by is None:
        return _state(action, "nobody has claimed it done, so there is no proof to verify")
    if refused := second_person(command.actor, action.claimed_by, "claimed this action done"):
        return refused
    verified = ActionVerified(action=action.number)
    last = cycle.published() is not None and open_actions(cycle) == 1
    return Allowed(events=(verified, CycleClosed()) if last else (verified,))


def _named(cycle: Cycle, command: ForAction) -> Action | Refused:
    return cycle.action(command.action) or Refused(
        code="no_such_action",
        message=f"{cycle.reference} has no action {command.action}. Check the number.",
        source="process.wrong-input",
        field="action",
    )


def _state(action: Action, why: str) -> Refused:
    return Refused(
        code="action_state",
        message=f"Action {action.number}: {why}.",
        source="process.wrong-input",
        field="action",
    )

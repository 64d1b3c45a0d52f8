"""What two sides do not agree: an action that is disputed, or taken back before it was confirmed."""

from rules.acting.authority import other_side
from rules.deciding.actions import in_state, named, settled
from rules.deciding.moment import Moment
from schemas.commands import DisputeAction, WithdrawAction
from schemas.cycle import Cycle
from schemas.events import ActionDisputed, ActionWithdrawn
from schemas.outcomes import Allowed, Decision, Refused


def dispute_action(cycle: Cycle, command: DisputeAction, _moment: Moment) -> Decision:
    """Say, from the other side, that this was not undertaken. It stays open, and is shown as disputed.

    Source: process.commands
    """
    action = named(cycle, command)
    if isinstance(action, Refused):
        return action
    if action.state == "disputed":
        return in_state(action, "it is disputed already. It is agreed when the other side confirms it")
    if action.state != "proposed":
        return in_state(action, "only a proposal that nobody has confirmed yet can be disputed")
    if refused := other_side(command.actor, action.proposed_by, "disputes"):
        return refused
    return Allowed(events=(ActionDisputed(action=action.number, reason=command.reason),))


def withdraw_action(cycle: Cycle, command: WithdrawAction, _moment: Moment) -> Decision:
    """Take a proposal back, before it is confirmed. The last open action of a published cycle closes it.

    Source: process.commands
    """
    action = named(cycle, command)
    if isinstance(action, Refused):
        return action
    if action.state == "withdrawn":
        return in_state(action, "it was taken back already")
    if action.state not in ("proposed", "disputed"):
        return in_state(action, "both sides have confirmed it, so neither can take it back alone")
    if command.actor.side != action.proposed_by.side:
        side = "the office" if action.proposed_by.side == "opcc" else "the force"
        return Refused(
            code="not_your_proposal",
            message=f"Action {action.number} was proposed by {side}, and only {side} can take it back. "
            "Dispute it instead.",
            source="process.commands",
        )
    return settled(cycle, ActionWithdrawn(action=action.number, reason=command.reason))

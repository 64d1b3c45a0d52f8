"""Following an action up: how it stands, whose it is, and what was done and no longer holds."""

from rules.acting.authority import acts_as_owner
from rules.deciding.actions import NOT_AGREED, action_clock, coming_due, in_state, named
from rules.deciding.moment import Moment
from schemas.commands import PassOn, Reopen, ReportProgress
from schemas.cycle import Cycle
from schemas.events import ActionPassedOn, ActionReopened, ProgressReported
from schemas.outcomes import Allowed, Decision, Refused


def report_progress(cycle: Cycle, command: ReportProgress, _moment: Moment) -> Decision:
    """Say, as the owner, how it stands. It is the owner's own view, and stands beside what is verified.

    Source: process.commands
    """
    action = named(cycle, command)
    if isinstance(action, Refused):
        return action
    if action.state != "confirmed":
        return in_state(action, NOT_AGREED[action.state])
    if refused := acts_as_owner(command.actor, action, "say how it stands"):
        return refused
    event = ProgressReported(action=action.number, account=command.account, assessment=command.assessment)
    return Allowed(events=(event,))


def reopen(cycle: Cycle, command: Reopen, moment: Moment) -> Decision:
    """The proof does not hold, or no longer: open again to a new day, even after the cycle has closed.

    The one move of its day is not given anew: the office sets this day itself.

    Source: process.commands
    """
    action = named(cycle, command)
    if isinstance(action, Refused):
        return action
    if action.state not in ("claimed_done", "verified"):
        return in_state(action, "nobody has said that it is done, so there is nothing to reopen")
    clock = action_clock(cycle, command.due_on, moment)
    found = coming_due(clock, moment, "due_on")
    if isinstance(found, Refused):
        return found
    event = ActionReopened(action=action.number, reason=command.reason, clock=clock, due=found)
    return Allowed(events=(event,))


def pass_on(cycle: Cycle, command: PassOn, _moment: Moment) -> Decision:
    """Give an agreed action another owner. That both are of one side is checked at the doorway.

    Source: process.commands
    """
    action = named(cycle, command)
    if isinstance(action, Refused):
        return action
    if action.state != "confirmed":
        return in_state(action, NOT_AGREED[action.state])
    if command.to == action.owner:
        return Refused(
            code="same_owner",
            message=f"Action {action.number} has that owner already. Choose somebody else.",
            source="process.wrong-input",
            field="to",
        )
    event = ActionPassedOn(action=action.number, to=command.to, was=action.owner, reason=command.reason)
    return Allowed(events=(event,))

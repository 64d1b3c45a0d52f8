"""A later day for an action: asked for by its owner, decided by the office, once."""

from rules.acting.authority import acts_as_owner, second_person
from rules.deciding.actions import NOT_AGREED, coming_due, in_state, named
from rules.deciding.moment import Moment
from schemas.clocks import Due, OnDate
from schemas.commands import DecideActionDate, MoveActionDate
from schemas.cycle import Action, Cycle
from schemas.events import ActionDateAsked, ActionDateKept, ActionDateMoved, ActionSlipped
from schemas.outcomes import Allowed, Decision, Refused

MOST_MOVES = 1
"""How often an action's day may be moved. What is asked for after that is a slip."""


def move_action_date(cycle: Cycle, command: MoveActionDate, moment: Moment) -> Decision:
    """Ask for a later day, as the owner. After the one move the day stays: it has slipped.

    A slip goes to the chief officer of the owner's side and on the next agenda.

    Source: process.commands
    """
    action = _agreed(cycle, command)
    if isinstance(action, Refused):
        return action
    if refused := acts_as_owner(command.actor, action, "ask for a later day"):
        return refused
    found = _moved_to(action, command, moment)
    if isinstance(found, Refused):
        return found
    if action.moves >= MOST_MOVES:
        return Allowed(events=(ActionSlipped(action=action.number, to=command.to, reason=command.reason),))
    if action.date_asked:
        return Refused(
            code="already_asked",
            message=f"A later day for action {action.number} is asked for already: "
            f"{action.date_asked.to:%A %-d %B %Y}. Wait for the office's decision.",
            source="process.commands",
        )
    return Allowed(events=(ActionDateAsked(action=action.number, to=command.to, reason=command.reason),))


def decide_action_date(cycle: Cycle, command: DecideActionDate, moment: Moment) -> Decision:
    """Grant or refuse the later day; never the person who asked for it.

    Source: local.separation-of-duties
    """
    action = _agreed(cycle, command)
    if isinstance(action, Refused):
        return action
    asked = action.date_asked
    if asked is None:
        return Refused(
            code="not_asked_yet",
            message=f"Nobody asked for a later day for action {action.number}: nothing is to be decided.",
            source="process.commands",
            field="action",
        )
    if refused := second_person(command.actor, asked.by, "asked for this later day"):
        return refused
    if not command.granted:
        return Allowed(events=(ActionDateKept(action=action.number, to=asked.to, reason=command.reason),))
    clock = action.clock.model_copy(
        update={"budget": OnDate(on=asked.to), "calendar": moment.calendar.version}
    )
    found = coming_due(clock, moment, "granted")
    if isinstance(found, Refused):
        return found
    event = ActionDateMoved(action=action.number, due=found, was=action.due, reason=command.reason)
    return Allowed(events=(event,))


def _agreed(cycle: Cycle, command: MoveActionDate | DecideActionDate) -> Action | Refused:
    action = named(cycle, command)
    if isinstance(action, Refused) or action.state == "confirmed":
        return action
    return in_state(action, NOT_AGREED[action.state])


def _moved_to(action: Action, command: MoveActionDate, moment: Moment) -> Due | Refused:
    if command.to <= action.due.on:
        return Refused(
            code="not_later",
            message=f"Action {action.number} is due on {action.due.on:%A %-d %B %Y}. Ask for a later day.",
            source="process.wrong-input",
            field="to",
        )
    clock = action.clock.model_copy(
        update={"budget": OnDate(on=command.to), "calendar": moment.calendar.version}
    )
    return coming_due(clock, moment, "to")

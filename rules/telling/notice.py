"""Telling: a notice that an entry makes, and whom what happens to actions and to the body concerns."""

from collections.abc import Callable
from typing import Any

from schemas.cycle import Cycle
from schemas.events import (
    ActionClaimedDone,
    ActionDateAsked,
    ActionDateKept,
    ActionDateMoved,
    ActionDisputed,
    ActionPassedOn,
    ActionReopened,
    ActionSlipped,
    ActionVerified,
    ActionWithdrawn,
    BodySucceeded,
)
from schemas.notices import Notice, NoticeTemplate
from schemas.people import Role, Side
from schemas.records import Entry

Tell = Callable[[Entry, Cycle, Any], tuple[Notice, ...]]

SPEAKS: dict[Side, Role] = {"opcc": Role.POLICY_OFFICER, "force": Role.FORCE_COORDINATION}
"""Who on each side is told what the other side does with an action."""
CHIEF_OFFICER: dict[Side, Role] = {"opcc": Role.CHIEF_EXECUTIVE, "force": Role.CHIEF_CONSTABLE}
"""To whom an action goes that has slipped, by the side of its owner."""


def notice_of(entry: Entry, template: NoticeTemplate, **facts: Any) -> Notice:
    """A notice of an entry, under a name that no other has.

    Source: process.commands
    """
    about = f"/{facts['request']}" if facts.get("request") else ""
    key = f"{entry.cycle}/v{entry.version}/{template}{about}"
    return Notice(key=key, template=template, cycle=entry.cycle, planned_at=entry.at, **facts)


def _to_owner(template: NoticeTemplate) -> Tell:
    def tell(entry: Entry, cycle: Cycle, event: Any) -> tuple[Notice, ...]:
        action = cycle.action(event.action)
        if action is None:
            return ()
        return (notice_of(entry, template, to=(action.owner,), action=action.number, due_on=action.due.on),)

    return tell


def _claimed(entry: Entry, cycle: Cycle, event: ActionClaimedDone) -> tuple[Notice, ...]:
    """The officer of the cycle; their colleagues where they have claimed it done themselves."""
    officer = cycle.opened_by.person
    own = entry.actor.person == officer
    whom = {"roles": (Role.POLICY_OFFICER,)} if own else {"to": (officer,)}
    return (notice_of(entry, "action_claimed", action=event.action, **whom),)


def _disputed(entry: Entry, cycle: Cycle, event: ActionDisputed) -> tuple[Notice, ...]:
    action = cycle.action(event.action)
    if action is None:
        return ()
    roles = (SPEAKS[action.proposed_by.side],)
    to = (action.proposed_by.person,)
    return (notice_of(entry, "action_disputed", to=to, roles=roles, action=action.number),)


def _withdrawn(entry: Entry, cycle: Cycle, event: ActionWithdrawn) -> tuple[Notice, ...]:
    action = cycle.action(event.action)
    if action is None:
        return ()
    roles = (SPEAKS["force" if action.proposed_by.side == "opcc" else "opcc"],)
    return (notice_of(entry, "action_withdrawn", to=(action.owner,), roles=roles, action=action.number),)


def _date_asked(entry: Entry, cycle: Cycle, event: ActionDateAsked) -> tuple[Notice, ...]:
    to = (cycle.opened_by.person,)
    return (notice_of(entry, "action_date_asked", to=to, action=event.action, due_on=event.to),)


def _slipped(entry: Entry, cycle: Cycle, event: ActionSlipped) -> tuple[Notice, ...]:
    """The owner asks, or force coordination for one: so the side of who asks is the owner's."""
    roles = (CHIEF_OFFICER[entry.actor.side],)
    to = (cycle.opened_by.person,)
    return (notice_of(entry, "action_slipped", to=to, roles=roles, action=event.action, due_on=event.to),)


def _passed_on(entry: Entry, cycle: Cycle, event: ActionPassedOn) -> tuple[Notice, ...]:
    action = cycle.action(event.action)
    if action is None:
        return ()
    to = (event.to, event.was)
    return (notice_of(entry, "action_passed_on", to=to, action=action.number, due_on=action.due.on),)


def _succeeded(entry: Entry, cycle: Cycle, _event: BodySucceeded) -> tuple[Notice, ...]:
    roles = (Role.FORCE_COORDINATION, Role.PANEL_SECRETARIAT)
    return (notice_of(entry, "body_succeeded", to=(cycle.opened_by.person,), roles=roles),)


ACTIONS: dict[type, Tell] = {
    ActionDisputed: _disputed,
    ActionWithdrawn: _withdrawn,
    ActionDateAsked: _date_asked,
    ActionDateMoved: _to_owner("action_date_moved"),
    ActionDateKept: _to_owner("action_date_kept"),
    ActionSlipped: _slipped,
    ActionClaimedDone: _claimed,
    ActionVerified: _to_owner("action_verified"),
    ActionReopened: _to_owner("action_reopened"),
    ActionPassedOn: _passed_on,
    BodySucceeded: _succeeded,
}
"""Whom what happens to actions and to the body concerns, by the event."""

"""What taking something higher, and asking to be reminded, do to a cycle."""

from rules.applying.change import action_of, on_action, on_request, request_of
from schemas.cycle import Chased, Cycle, Escalation, Wake
from schemas.events import ActionEscalated, ActionReminded, RequestEscalated, RequestReminded, WakeSet
from schemas.records import Entry


def request_escalated(cycle: Cycle, event: RequestEscalated, entry: Entry) -> Cycle:
    """A request was taken to somebody higher.

    Source: process.events
    """
    before = request_of(cycle, event.request).escalations
    one = Escalation(to=event.to, by=entry.actor, at=entry.at, reason=event.reason)
    return on_request(cycle, event.request, escalations=(*before, one))


def action_escalated(cycle: Cycle, event: ActionEscalated, entry: Entry) -> Cycle:
    """An action was taken to somebody higher.

    Source: process.events
    """
    before = action_of(cycle, event.action).escalations
    one = Escalation(to=event.to, by=entry.actor, at=entry.at, reason=event.reason)
    return on_action(cycle, event.action, escalations=(*before, one))


def request_reminded(cycle: Cycle, event: RequestReminded, entry: Entry) -> Cycle:
    """A person had whoever owes the return reminded.

    Source: process.events
    """
    before = request_of(cycle, event.request).chased
    one = Chased(by=entry.actor, at=entry.at, due_on=event.due_on)
    return on_request(cycle, event.request, chased=(*before, one))


def action_reminded(cycle: Cycle, event: ActionReminded, entry: Entry) -> Cycle:
    """A person had the owner reminded.

    Source: process.events
    """
    before = action_of(cycle, event.action).chased
    one = Chased(by=entry.actor, at=entry.at, due_on=event.due_on)
    return on_action(cycle, event.action, chased=(*before, one))


def wake_set(cycle: Cycle, event: WakeSet, entry: Entry) -> Cycle:
    """Somebody is to be reminded on a day.

    Source: process.events
    """
    one = Wake(number=event.wake, on=event.on, about=event.about, who=entry.actor)
    return cycle.model_copy(update={"wakes": (*cycle.wakes, one)})

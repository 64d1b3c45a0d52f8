"""What happens to an action once it was proposed: disputed, moved, slipped, reported, reopened, passed on."""

from rules.applying.change import action_of, on_action
from schemas.clocks import OnDate
from schemas.cycle import Cycle, DateAsked, Progress
from schemas.events import (
    ActionDateAsked,
    ActionDateKept,
    ActionDateMoved,
    ActionDisputed,
    ActionPassedOn,
    ActionReopened,
    ActionSlipped,
    ActionWithdrawn,
    ProgressReported,
)
from schemas.records import Entry


def action_disputed(cycle: Cycle, event: ActionDisputed, entry: Entry) -> Cycle:
    """The other side says that this was not undertaken.

    Source: process.events
    """
    return on_action(cycle, event.action, state="disputed", dispute=event.reason, disputed_by=entry.actor)


def action_withdrawn(cycle: Cycle, event: ActionWithdrawn, _entry: Entry) -> Cycle:
    """The side that proposed it took it back.

    Source: process.events
    """
    return on_action(cycle, event.action, state="withdrawn")


def action_date_asked(cycle: Cycle, event: ActionDateAsked, entry: Entry) -> Cycle:
    """A later day waits for the office's decision.

    Source: process.events
    """
    asked = DateAsked(to=event.to, reason=event.reason, by=entry.actor, at=entry.at)
    return on_action(cycle, event.action, date_asked=asked)


def action_date_moved(cycle: Cycle, event: ActionDateMoved, _entry: Entry) -> Cycle:
    """The later day stands, and the one move is used up.

    Source: process.events
    """
    action = action_of(cycle, event.action)
    budget = OnDate(on=event.due.on)
    clock = action.clock.model_copy(update={"budget": budget, "calendar": event.due.calendar})
    return on_action(
        cycle,
        event.action,
        clock=clock,
        due=event.due,
        date_asked=None,
        moves=action.moves + 1,
        missed=False,
    )


def action_date_kept(cycle: Cycle, event: ActionDateKept, _entry: Entry) -> Cycle:
    """The day stays as it was agreed.

    Source: process.events
    """
    return on_action(cycle, event.action, date_asked=None)


def action_slipped(cycle: Cycle, event: ActionSlipped, entry: Entry) -> Cycle:
    """One more slip, kept for the chief officer and the next agenda; the day stays.

    Source: process.events
    """
    slip = DateAsked(to=event.to, reason=event.reason, by=entry.actor, at=entry.at)
    return on_action(cycle, event.action, slips=(*action_of(cycle, event.action).slips, slip))


def progress_reported(cycle: Cycle, event: ProgressReported, entry: Entry) -> Cycle:
    """One more account of how it stands.

    Source: process.events
    """
    told = Progress(account=event.account, assessment=event.assessment, by=entry.actor, at=entry.at)
    return on_action(cycle, event.action, progress=(*action_of(cycle, event.action).progress, told))


def action_reopened(cycle: Cycle, event: ActionReopened, _entry: Entry) -> Cycle:
    """Owed again, to a new day, with new proof. A cycle that had closed goes on.

    Source: process.events
    """
    reopened = on_action(
        cycle,
        event.action,
        state="confirmed",
        clock=event.clock,
        due=event.due,
        missed=False,
        proof=(),
        covers_to=None,
        claimed_at=None,
        claimed_by=None,
        verified_at=None,
        reopened=action_of(cycle, event.action).reopened + 1,
    )
    return reopened.model_copy(update={"closed_at": None})


def action_passed_on(cycle: Cycle, event: ActionPassedOn, _entry: Entry) -> Cycle:
    """Another owner, on the same side; a later day that the owner before asked for is asked for still.

    Source: process.events
    """
    return on_action(cycle, event.action, owner=event.to)

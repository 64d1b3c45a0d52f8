"""What must hold of a ledger when a sequence has ended."""

from itertools import groupby

from rules.apply import apply
from schemas.cycle import Cycle
from schemas.events import ReminderBounced, ReminderDelivered
from schemas.records import Entry
from tests.model.play import MismatchError, Play


async def check(play: Play) -> None:
    """Everything that was acknowledged stands there once, nothing else does, and it adds up."""
    entries, stored = await _at_rest(play)
    _whole(entries)
    _keys(play, entries)
    if _reminders(entries) != stored:
        raise MismatchError("the ledger does not add up to the state that is stored")


async def _at_rest(play: Play) -> tuple[list[Entry], Cycle]:
    """Ledger and state as they stand once the engine has nothing more to write."""
    for _ in range(100):
        await play.settle()
        entries, stored = await play.lane.ledger.entries(play.ref), await play.cycle()
        if entries[-1].version == stored.version:
            return entries, stored
    raise MismatchError("the ledger never comes to rest at the version of the state that is stored")


def _whole(entries: list[Entry]) -> None:
    versions = [one.version for one in entries]
    if [one.at for one in entries] != sorted(one.at for one in entries):
        raise MismatchError("the instants of the ledger go back")
    if versions != list(range(1, len(entries) + 1)):
        raise MismatchError(f"the versions of the ledger are {versions}")


def _keys(play: Play, entries: list[Entry]) -> None:
    runs = [(key, list(of_key)) for key, of_key in groupby(entries, lambda one: one.key)]
    by_people = [(key, of_key) for key, of_key in runs if of_key[0].actor.person != "engine"]
    keys = [key for key, _ in by_people]
    if len(keys) != len(set(keys)):
        raise MismatchError(f"a key stands in the ledger more than once: {keys}")
    if set(keys) != set(play.receipts):
        odd = set(keys) ^ set(play.receipts)
        raise MismatchError(f"keys acknowledged and keys in the ledger differ: {sorted(odd)}")
    for key, of_key in by_people:
        receipt = play.receipts[key][1]
        stands = (of_key[-1].version, tuple(one.event.kind for one in of_key))
        if stands != (receipt.version, receipt.happened):
            raise MismatchError(f"{key} was answered {receipt} and stands as {stands}")
    if found := play.refused & set(keys):
        raise MismatchError(f"refused and yet in the ledger: {sorted(found)}")


def _reminders(entries: list[Entry]) -> Cycle | None:
    cycle: Cycle | None = None
    seen: set[tuple[object, ...]] = set()
    for entry in entries:
        event = entry.event
        if isinstance(event, ReminderDelivered | ReminderBounced) and cycle:
            name = (event.request, event.rung, event.due_on)
            request = cycle.request(event.request)
            assert request is not None
            if name in seen:
                raise MismatchError(f"reminded twice: {name}")
            still = request.unanswered is not None and request.unanswered.stops
            if not request.open or still or cycle.paused_at or cycle.over:
                raise MismatchError(f"reminded of what is not owed now: {name}, entry {entry.version}")
            seen.add(name)
        cycle = apply(cycle, entry)
    return cycle

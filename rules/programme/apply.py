"""What a programme's ledger adds up to: each entry turns the programme into the next."""

from collections.abc import Callable, Iterable
from typing import Any

from rules.timing.spans import month_after
from schemas.programme import Assessment, Programme, Proposal, Slot, Snapshot
from schemas.programme.events import (
    CycleProposed,
    DeliveryAssessed,
    DeliveryFrozen,
    OutsideTaken,
    ProgrammeOpened,
    ProposalAccepted,
    ProposalDeclined,
    SlotAdopted,
    SlotChanged,
    SlotDropped,
    SlotMoved,
    SlotNotOpened,
    SlotOpened,
    SlotProposed,
    YearAdopted,
)
from schemas.programme.records import ProgrammeEntry

REMEMBERED = 24
"""Months that assessments of the delivery stand in the programme itself; the ledger has every one of them."""


def apply_entry(programme: Programme | None, entry: ProgrammeEntry) -> Programme:
    """The programme after one more entry of its ledger.

    Source: process.events
    Raises: ValueError: the first entry does not begin a programme, or a later one begins it again.
    """
    event = entry.event
    if isinstance(event, ProgrammeOpened) and programme is None:
        return _begun(entry, event)
    if isinstance(event, ProgrammeOpened) or programme is None:
        raise ValueError(f"{entry.programme}/{entry.version}: a programme begins once, with its first entry")
    after = PROGRAMME_APPLIED[event.kind](programme, event, entry)
    return after.model_copy(update={"version": entry.version, "changed_at": entry.at})


def _begun(entry: ProgrammeEntry, event: ProgrammeOpened) -> Programme:
    return Programme(
        reference=entry.programme,
        version=entry.version,
        opened_at=entry.at,
        changed_at=entry.at,
        set_back=event.set_back,
    )


def add_up_programme(entries: Iterable[ProgrammeEntry], programme: Programme | None = None) -> Programme:
    """What entries add up to, from nothing or from where the programme stood.

    Source: process.events
    Raises: ValueError: there is nothing to add up.
    """
    for entry in entries:
        programme = apply_entry(programme, entry)
    if programme is None:
        raise ValueError("no entries: there is no programme to add up")
    return programme


def _proposed(programme: Programme, event: SlotProposed, entry: ProgrammeEntry) -> Programme:
    slot = Slot(number=event.slot, draft=event.draft, proposed_by=entry.actor, proposal=event.proposal)
    years = tuple(sorted({*programme.years, slot.year}))
    return programme.model_copy(update={"slots": (*programme.slots, slot), "years": years})


def _changed(programme: Programme, event: SlotChanged, _entry: ProgrammeEntry) -> Programme:
    anew = {"state": "proposed", "adopted_at": None, "adopted_by": None} if event.again else {}
    return _with(programme, event.slot, draft=event.draft, refused=None, **anew)


def _moved(programme: Programme, event: SlotMoved, _entry: ProgrammeEntry) -> Programme:
    slot = _slot(programme, event.slot)
    days = {
        "opens_on": event.opens_on,
        "session_at": event.session_at,
        "confirmed": event.confirmed,
    }
    draft = slot.draft.model_copy(update=days)
    return _with(programme, event.slot, draft=draft, refused=None, moves=slot.moves + 1)


def _dropped(programme: Programme, event: SlotDropped, _entry: ProgrammeEntry) -> Programme:
    return _with(programme, event.slot, state="dropped", dropped=event.reason)


def _adopted(programme: Programme, event: SlotAdopted, entry: ProgrammeEntry) -> Programme:
    return _with(programme, event.slot, state="adopted", adopted_at=entry.at, adopted_by=entry.actor)


def _year_adopted(programme: Programme, event: YearAdopted, _entry: ProgrammeEntry) -> Programme:
    return programme.model_copy(update={"adopted": tuple(sorted({*programme.adopted, event.year}))})


def _opened(programme: Programme, event: SlotOpened, entry: ProgrammeEntry) -> Programme:
    return _with(
        programme,
        event.slot,
        state="opened",
        cycle=event.cycle,
        opened_at=entry.at,
        late_by=event.late_by,
        refused=None,
    )


def _not_opened(programme: Programme, event: SlotNotOpened, _entry: ProgrammeEntry) -> Programme:
    return _with(programme, event.slot, refused=event.reason)


def _line(programme: Programme, _event: OutsideTaken, _entry: ProgrammeEntry) -> Programme:
    """The line itself stands in the ledger; what follows from it has events of its own."""
    return programme


def _cycle_proposed(programme: Programme, event: CycleProposed, _entry: ProgrammeEntry) -> Programme:
    return programme.model_copy(update={"proposals": (*programme.proposals, event.proposal)})


def _accepted(programme: Programme, event: ProposalAccepted, _entry: ProgrammeEntry) -> Programme:
    return _settled(programme, event.proposal, state="accepted", slot=event.slot)


def _declined(programme: Programme, event: ProposalDeclined, _entry: ProgrammeEntry) -> Programme:
    return _settled(programme, event.proposal, state="declined", declined=event.reason)


def _assessed(programme: Programme, event: DeliveryAssessed, entry: ProgrammeEntry) -> Programme:
    facts = event.model_dump(exclude={"kind"})
    found = Assessment.model_validate({**facts, "by": entry.actor, "at": entry.at})
    which = (event.commitment, event.quarter_on)
    kept = month_after(event.quarter_on, -REMEMBERED)
    others = (
        one
        for one in programme.delivery
        if (one.commitment, one.quarter_on) != which and one.quarter_on >= kept
    )
    return programme.model_copy(update={"delivery": (*others, found)})


def _frozen(programme: Programme, event: DeliveryFrozen, entry: ProgrammeEntry) -> Programme:
    facts = event.model_dump(exclude={"kind"})
    made = Snapshot.model_validate({**facts, "by": entry.actor, "at": entry.at})
    return programme.model_copy(update={"snapshots": (*programme.snapshots, made)})


def _slot(programme: Programme, number: str) -> Slot:
    return next(one for one in programme.slots if one.number == number)


def _with(programme: Programme, number: str, **changes: object) -> Programme:
    slots = tuple(one.model_copy(update=changes) if one.number == number else one for one in programme.slots)
    return programme.model_copy(update={"slots": slots})


def _settled(programme: Programme, number: int, **changes: object) -> Programme:
    proposals: tuple[Proposal, ...] = tuple(
        one.model_copy(update=changes) if one.number == number else one for one in programme.proposals
    )
    return programme.model_copy(update={"proposals": proposals})


PROGRAMME_APPLIED: dict[str, Callable[[Programme, Any, ProgrammeEntry], Programme]] = {
    "SlotProposed": _proposed,
    "SlotChanged": _changed,
    "SlotMoved": _moved,
    "SlotDropped": _dropped,
    "SlotAdopted": _adopted,
    "YearAdopted": _year_adopted,
    "SlotOpened": _opened,
    "SlotNotOpened": _not_opened,
    "OutsideTaken": _line,
    "CycleProposed": _cycle_proposed,
    "ProposalAccepted": _accepted,
    "ProposalDeclined": _declined,
    "DeliveryAssessed": _assessed,
    "DeliveryFrozen": _frozen,
}

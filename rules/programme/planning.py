"""Planning a year: put cycles in, change, move and drop them, adopt the year, and note what was opened."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from rules.clocks import civil
from rules.programme.clashes import first_clash
from rules.programme.verdict import (
    ProgrammeAllowed,
    ProgrammeDecision,
    next_numbers,
    refuse,
    slot_of,
    waiting_slot,
)
from rules.programme.years import label, within
from rules.publishing.commenting import report_to_come
from schemas.outcomes import Refused
from schemas.programme import Programme, SlotDraft
from schemas.programme.commands import (
    MOST_SLOTS,
    AdoptYear,
    ChangeSlot,
    DropSlot,
    MoveSlots,
    NoteNotOpened,
    NoteOpened,
    ProposeSlots,
    SlotMove,
)
from schemas.programme.events import (
    AnyProgrammeEvent,
    SlotAdopted,
    SlotChanged,
    SlotDropped,
    SlotMoved,
    SlotNotOpened,
    SlotOpened,
    SlotProposed,
    YearAdopted,
)

LATE_AFTER = timedelta(minutes=5)
"""What opens later than this after its hour says so."""


def propose_slots(programme: Programme, command: ProposeSlots, now: datetime) -> ProgrammeDecision:
    """Put cycles to come into a year, all or none.

    Source: local.programme
    """
    standing = [one for one in programme.in_year(command.year) if one.state != "dropped"]
    if len(standing) + len(command.slots) > MOST_SLOTS:
        return refuse(
            "too_many_slots",
            f"{label(command.year)} would have {len(standing) + len(command.slots)} cycles; "
            f"the most is {MOST_SLOTS}. Put fewer in.",
            "slots",
        )
    numbers = next_numbers(programme, command.year, len(command.slots))
    drafts = dict(zip(numbers, command.slots, strict=True))
    if refused := checked(programme, command.year, drafts, now):
        return refused
    return ProgrammeAllowed(
        events=tuple(SlotProposed(slot=number, draft=draft) for number, draft in drafts.items())
    )


def checked(
    programme: Programme, year: int, drafts: Mapping[str, SlotDraft], now: datetime
) -> Refused | None:
    """A refusal where a draft lies in the past or outside its year, answers what is to come, or clashes.

    Source: process.wrong-input
    """
    for number, draft in drafts.items():
        if refused := report_to_come(draft.report, civil(now)):
            return refused
        if draft.opens_on < civil(now):
            return refuse(
                "opens_in_past",
                f"{number} would open on {draft.opens_on:%A %-d %B %Y}, which is past. Choose a later day.",
                "opens_on",
            )
        held_on = civil(draft.session_at) if draft.session_at else draft.opens_on
        if not within(year, held_on):
            return refuse(
                "outside_year",
                f"{number} falls on {held_on:%A %-d %B %Y}, which is not in {label(year)} "
                "(1 April to 31 March). Choose a day in that year, or plan it in another.",
                "session_at" if draft.session_at else "opens_on",
            )
    return first_clash(programme.slots, drafts)


def change_slot(programme: Programme, command: ChangeSlot, now: datetime) -> ProgrammeDecision:
    """Plan a cycle to come differently; where something else is asked, it has to be adopted again.

    Source: local.programme
    """
    slot = waiting_slot(programme, command.slot)
    if isinstance(slot, Refused):
        return slot
    if command.draft == slot.draft and slot.refused is None:
        return ProgrammeAllowed(events=())
    if refused := report_to_come(command.draft.report, civil(now)):
        return refused
    if refused := _still_to_come(programme, slot.year, {slot.number: command.draft}, now):
        return refused
    asked, before = _asks(command.draft), _asks(slot.draft)
    again = slot.state == "adopted" and asked != before
    return ProgrammeAllowed(events=(SlotChanged(slot=slot.number, draft=command.draft, again=again),))


def _still_to_come(
    programme: Programme, year: int, drafts: Mapping[str, SlotDraft], now: datetime
) -> Refused | None:
    """As `checked`; a cycle whose opening day stays as it was may be late, and is opened at once."""
    changed = {
        number: draft
        for number, draft in drafts.items()
        if (slot := programme.slot(number)) is None or slot.draft.opens_on != draft.opens_on
    }
    if refused := checked(programme, year, changed, now):
        return refused
    return first_clash(programme.slots, drafts)


def _asks(draft: SlotDraft) -> tuple[object, ...]:
    return draft.theme, draft.commitments, draft.question, draft.cycle_kind


def move_slots(programme: Programme, command: MoveSlots, now: datetime) -> ProgrammeDecision:
    """Move cycles to come, all or none; one that stays where it is makes no event.

    Source: local.programme
    """
    by_year: dict[int, dict[str, SlotDraft]] = {}
    events: list[AnyProgrammeEvent] = []
    for move in command.moves:
        slot = waiting_slot(programme, move.slot)
        if isinstance(slot, Refused):
            return slot
        draft = moved(slot.draft, move)
        if draft == slot.draft:
            continue
        by_year.setdefault(slot.year, {})[slot.number] = draft
        events.append(_moved(slot.draft, move, command.reason))
    everything = {number: draft for drafts in by_year.values() for number, draft in drafts.items()}
    for year, drafts in by_year.items():
        if refused := checked(_without(programme, everything), year, drafts, now):
            return refused
    return first_clash(programme.slots, everything) or ProgrammeAllowed(events=tuple(events))


def moved(draft: SlotDraft, move: SlotMove) -> SlotDraft:
    """A draft with its new days.

    Source: local.programme
    """
    days = {"opens_on": move.opens_on, "session_at": move.session_at, "confirmed": move.confirmed}
    return draft.model_copy(update=days)


def _without(programme: Programme, drafts: Mapping[str, SlotDraft]) -> Programme:
    """The programme with those that move left out, so that none clashes with where another was."""
    return programme.model_copy(
        update={"slots": tuple(one for one in programme.slots if one.number not in drafts)}
    )


def _moved(before: SlotDraft, move: SlotMove, reason: str) -> SlotMoved:
    return SlotMoved(
        slot=move.slot,
        opens_on=move.opens_on,
        session_at=move.session_at,
        confirmed=move.confirmed,
        opened_on_before=before.opens_on,
        session_at_before=before.session_at,
        reason=reason,
    )


def drop_slot(programme: Programme, command: DropSlot, _now: datetime) -> ProgrammeDecision:
    """Take a cycle out before it is opened.

    Source: local.programme
    """
    slot = waiting_slot(programme, command.slot)
    if isinstance(slot, Refused):
        return slot
    return ProgrammeAllowed(events=(SlotDropped(slot=slot.number, reason=command.reason),))


def adopt_year(programme: Programme, command: AdoptYear, _now: datetime) -> ProgrammeDecision:
    """Adopt what is proposed in a year; what was adopted before stays so.

    Source: local.programme
    """
    proposed = [one for one in programme.in_year(command.year) if one.state == "proposed"]
    if not proposed:
        return refuse(
            "nothing_to_adopt",
            f"Nothing in {label(command.year)} waits to be adopted. Propose its cycles first.",
            "year",
        )
    if refused := first_clash(programme.slots, {one.number: one.draft for one in proposed}):
        return refused
    return ProgrammeAllowed(
        events=(
            YearAdopted(year=command.year),
            *(SlotAdopted(slot=one.number) for one in proposed),
        )
    )


def note_opened(programme: Programme, command: NoteOpened, now: datetime) -> ProgrammeDecision:
    """Note that a cycle was opened, and how late where that was more than five minutes; once.

    Source: local.programme
    """
    slot = slot_of(programme, command.slot)
    if isinstance(slot, Refused):
        return slot
    if slot.state == "opened":
        return ProgrammeAllowed(events=())
    late = now - command.planned_at
    return ProgrammeAllowed(
        events=(
            SlotOpened(
                slot=slot.number,
                cycle=command.cycle,
                planned_at=command.planned_at,
                late_by=late if late > LATE_AFTER else None,
            ),
        )
    )


def note_not_opened(programme: Programme, command: NoteNotOpened, _now: datetime) -> ProgrammeDecision:
    """Note that a cycle could not be opened; what was opened or dropped meanwhile needs no note.

    Source: local.programme
    """
    slot = slot_of(programme, command.slot)
    if isinstance(slot, Refused):
        return slot
    if slot.state != "adopted" or slot.refused == command.reason:
        return ProgrammeAllowed(events=())
    return ProgrammeAllowed(
        events=(SlotNotOpened(slot=slot.number, planned_at=command.planned_at, reason=command.reason),)
    )

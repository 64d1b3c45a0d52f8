"""Commands of an ordinary programme, for tests to start from and change."""

import itertools
from datetime import date, datetime, timedelta
from typing import Any

from reference.catalogue import calendar
from reference.working import working_calendar
from rules.calendars import WorkingCalendar
from rules.clocks import instant
from rules.programme.years import year_of
from rules.timing.spans import quarter_of
from schemas.people import ENGINE
from schemas.programme import SlotDraft
from schemas.programme.commands import (
    AcceptProposal,
    AdoptYear,
    AnyProgrammeCommand,
    AssessDelivery,
    ChangeSlot,
    DeclineProposal,
    DropSlot,
    FreezeDelivery,
    MoveSlots,
    NoteNotOpened,
    NoteOpened,
    OpenProgramme,
    Proposed,
    ProposeSlots,
    SlotMove,
    TakeOutside,
)
from store.pool import Pool
from tests import scenario as s

REF = "PRG-west-mercia-opcc"
WORDS = s.WORDS
PLACES = itertools.count()


def days() -> WorkingCalendar:
    """The newest calendar of England and Wales."""
    found = working_calendar(calendar().version)
    assert isinstance(found, WorkingCalendar)
    return found


def working(day: date, after: int = 0) -> date:
    """The working day so many working days after a day."""
    found = days().after(day, after)
    assert isinstance(found, date)
    return found


def draft(
    opens_on: date, *, held_after: int = 25, commitment: str = "SWM-REASSURE-04", **more: Any
) -> SlotDraft:
    """A cycle to come that opens on a working day and is heard so many working days later, at 14:00."""
    facts: dict[str, Any] = {
        "title": s.say("A year's question"),
        "theme": "reassuring",
        "commitments": (commitment,),
        "question": s.say("Is it done?"),
        "cycle_kind": "performance",
        "officer": "policy-officer",
        "opens_on": opens_on,
        "session_at": instant(working(opens_on, held_after), "14:00"),
        "requests": (s.draft(),),
    }
    return SlotDraft(**{**facts, **more})


def begin(set_back: timedelta = timedelta(0), ref: str = REF) -> OpenProgramme:
    """Begin the programme."""
    return OpenProgramme(programme=ref, key=s.key(), actor=s.CHIEF_EXECUTIVE, set_back=set_back)


def propose(*drafts: SlotDraft, year: int, ref: str = REF, key: str | None = None) -> ProposeSlots:
    """Put cycles to come into a year."""
    return ProposeSlots(programme=ref, key=key or s.key(), actor=s.OFFICER, year=year, slots=drafts)


def adopt(year: int, ref: str = REF) -> AdoptYear:
    """The Commissioner adopts a year."""
    return AdoptYear(programme=ref, key=s.key(), actor=s.COMMISSIONER, year=year)


def change(slot: str, to: SlotDraft, ref: str = REF) -> ChangeSlot:
    """Plan one of them differently."""
    return ChangeSlot(programme=ref, key=s.key(), actor=s.OFFICER, slot=slot, draft=to)


def move(*moves: SlotMove, ref: str = REF) -> MoveSlots:
    """Move several."""
    return MoveSlots(
        programme=ref, key=s.key(), actor=s.OFFICER, moves=moves, reason=s.say("The panel meets later.")
    )


def drop(slot: str, ref: str = REF) -> DropSlot:
    """Take one out."""
    return DropSlot(programme=ref, key=s.key(), actor=s.OFFICER, slot=slot, reason=s.say("Not needed."))


def outside(number: int = 1, *, ref: str = REF, **more: Any) -> TakeOutside:
    """An outside event from which a rule makes a proposal."""
    facts: dict[str, Any] = {
        "event": f"urn:test:inspectorate#{number}",
        "event_type": "inspection.report.published",
        "outcome": "proposed",
        "rule": "inspection-report",
        "rules_edition": "shipped",
        "because": s.say("The report names the plan's commitment."),
        "proposed": Proposed(
            title=s.say("After the inspection"),
            theme="reassuring",
            commitments=("SWM-REASSURE-04",),
            question=s.say("What follows from the report?"),
            cycle_kind="thematic",
        ),
    }
    return TakeOutside(programme=ref, key=f"outside-{number:06d}", actor=ENGINE, **{**facts, **more})


def accept(number: int, year: int, to: SlotDraft, ref: str = REF) -> AcceptProposal:
    """Make a cycle to come of a proposal."""
    facts = {"proposal": number, "year": year, "draft": to}
    return AcceptProposal(programme=ref, key=s.key(), actor=s.OFFICER, **facts)


def decline(number: int, ref: str = REF) -> DeclineProposal:
    """Set a proposal aside."""
    reason = s.say("It is asked already.")
    return DeclineProposal(programme=ref, key=s.key(), actor=s.OFFICER, proposal=number, reason=reason)


def assess(quarter_on: date, ref: str = REF, **more: Any) -> AssessDelivery:
    """Say how a commitment is delivered, by default as the rule does."""
    facts: dict[str, Any] = {
        "commitment": "SWM-REASSURE-04",
        "quarter_on": quarter_on,
        "by_rule": "amber",
        "rating": "amber",
        "narrative": s.say("Half of it is done."),
    }
    return AssessDelivery(programme=ref, key=s.key(), actor=s.OFFICER, **{**facts, **more})


def freeze(quarter_on: date, table: str = "the table", ref: str = REF) -> FreezeDelivery:
    """Freeze the delivery plan of a quarter."""
    facts = {"quarter_on": quarter_on, "table": s.say(table).removeprefix("text:"), "lines": 1}
    return FreezeDelivery(programme=ref, key=s.key(), actor=s.OFFICER, **facts)


def opened(slot: str, planned_at: datetime, ref: str = REF) -> NoteOpened:
    """The engine notes that a cycle was opened."""
    facts = {"slot": slot, "cycle": "HTA-2026-07", "planned_at": planned_at}
    return NoteOpened(programme=ref, key=s.key(), actor=ENGINE, **facts)


def not_opened(slot: str, planned_at: datetime, ref: str = REF) -> NoteNotOpened:
    """The engine notes that a cycle could not be opened."""
    facts = {"slot": slot, "reason": s.say("The officer has left."), "planned_at": planned_at}
    return NoteNotOpened(programme=ref, key=s.key(), actor=ENGINE, **facts)


def one_of_each(opens_on: date) -> dict[str, AnyProgrammeCommand]:
    """Every command on a programme, by its kind, about a cycle that opens on a working day."""
    year, at = year_of(opens_on), instant(opens_on, "09:00")
    to = draft(opens_on)
    made: tuple[AnyProgrammeCommand, ...] = (
        begin(),
        propose(to, year=year),
        change(f"{year}/01", to),
        move(SlotMove(slot=f"{year}/01", opens_on=opens_on, session_at=to.session_at)),
        drop(f"{year}/01"),
        adopt(year),
        opened(f"{year}/01", at),
        not_opened(f"{year}/01", at),
        outside(),
        accept(1, year, to),
        decline(1),
        assess(quarter_of(opens_on)),
        freeze(quarter_of(opens_on)),
    )
    return {one.kind: one for one in made}


async def numbers_of_its_own(pool: Pool) -> None:
    """Let the cycles opened over this database have references that no other test's have."""
    first = 100 + 20 * next(PLACES)
    for year in range(2026, 2031):
        await pool.execute(
            "insert into allotments (key, kind, year, number) values ($1, 'cycle', $2, $3)",
            f"before-{year}",
            year,
            first,
        )


def noon(day: date) -> datetime:
    """Noon in London on a day."""
    return instant(day, "12:00")

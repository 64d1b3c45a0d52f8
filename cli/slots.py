"""Cycles to come: put in from a file, planned differently, moved alone or in bulk, taken out."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli import given
from cli.caller import Caller, WrongUsageError, caller
from cli.office import Office
from cli.programme import act, app, programme_page, reference, unless_refused, year_in
from cli.saying import when, whole
from cli.standing import newest
from reference.catalogue import calendar
from reference.programmefile import FileSlot, programme_file, slot_draft
from reference.working import working_calendar
from rules.clocks import civil
from rules.programme.moving import off_holidays, shifted
from rules.programme.verdict import ProgrammeAllowed, slot_of
from rules.programme.years import label, year_of
from schemas.outcomes import NotKnownYet, Refused
from schemas.people import Actor
from schemas.programme import Programme, Slot, SlotDraft
from schemas.programme.commands import (
    AnyProgrammeCommand,
    ChangeSlot,
    DropSlot,
    MoveSlots,
    ProposeSlots,
    SlotMove,
)
from schemas.programme.events import SlotMoved
from schemas.programme.records import ProgrammeReceipt
from schemas.shape import Words

__all__ = ["app"]
Number = Annotated[str, typer.Argument(help="The cycle's number in the programme, such as 2027/03.")]
Reason = Annotated[str, typer.Option(help="Why.")]
Opens = Annotated[str | None, typer.Option(help="The day on which it opens, such as 2027-05-04.")]
Session = Annotated[str | None, typer.Option(help='Its session, such as "2027-06-10 14:00".')]
Meant = Annotated[
    bool, typer.Option("--confirmed", help="The session is meant to be on a day on which nobody works.")
]
HOW = (
    "Write a cycle's number with --opens, --session or --by; or --all with --by; or --off-holidays. "
    "See: starter.py programme move --help"
)


@dataclass(frozen=True)
class Wanted:
    """What is to be moved, as it was typed."""

    slot: str | None
    opens: date | None
    session: datetime | None
    confirmed: bool
    by: int | None
    everything: bool
    year: int | None
    off: bool

    def check(self) -> None:
        """Refuse what cannot be meant.

        Raises: WrongUsageError: none or several of the ways to move are written.
        """
        days = self.opens is not None or self.session is not None
        ways = (self.slot is not None, self.everything, self.off)
        how = (days, self.by is not None)
        if sum(ways) != 1 or sum(how) != (0 if self.off else 1) or (days and self.slot is None):
            raise WrongUsageError(HOW)
        if self.by == 0:
            raise WrongUsageError("--by 0 moves nothing; write working days, such as 5, or -5 for earlier.")
        if self.year is not None and self.slot is not None:
            raise WrongUsageError("--year goes with --all or --off-holidays; a number says its year itself.")


@app.command()
def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Cycles to come in YAML (docs/programme.md).")],
    year: Annotated[str | None, typer.Option(help="The year; left out, the one of the first's day.")] = None,
) -> None:
    """Put cycles to come into a year from a file: one, or a list, all or none."""
    asked, only = caller(context), year_in(year) if year else None
    found = _slots_in(asked, file)

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyProgrammeCommand:
        slots = tuple(slot_draft(one, actor.person, words) for one in found)
        of = only if only is not None else _year_of(slots[0])
        return ProposeSlots(programme=await reference(office), key=key, actor=actor, year=of, slots=slots)

    act(asked, make)


@app.command()
def change(
    context: typer.Context,
    slot: Number,
    *,
    file: Annotated[Path | None, typer.Option("--from", help="The whole cycle anew, from a file.")] = None,
    title: Annotated[str | None, typer.Option(help="Another title.")] = None,
    question: Annotated[str | None, typer.Option(help="Another question.")] = None,
    commitment: Annotated[list[str] | None, typer.Option(help="About this; may be repeated.")] = None,
    officer: Annotated[str | None, typer.Option(help="Who runs it: a policy officer's id.")] = None,
) -> None:
    """Plan a cycle to come differently. If it asks something else, its year has to be adopted again."""
    asked = caller(context)
    typed = {"title": title, "question": question, "commitments": commitment, "officer": officer}
    if (file is None) == (not any(typed.values())):
        raise WrongUsageError("Write what is to change, such as --officer, or --from and a file; not both.")
    anew = _slots_in(asked, file) if file else ()
    if len(anew) > 1:
        raise WrongUsageError(f"--from: {file} holds {len(anew)} cycles; write the one that {slot} becomes.")

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyProgrammeCommand:
        page = await programme_page(office)
        standing = _standing(page.programme, slot).draft
        draft = _anew(anew[0], standing, words) if anew else _with(standing, typed, words)
        about = {"programme": page.programme.reference, "key": key, "actor": actor}
        return ChangeSlot(slot=slot, draft=draft, **about)

    act(asked, make)


@app.command()
def move(
    context: typer.Context,
    slot: Annotated[str | None, typer.Argument(help="One cycle's number, such as 2027/03.")] = None,
    *,
    opens: Opens = None,
    session: Session = None,
    confirmed: Meant = False,
    by: Annotated[int | None, typer.Option(help="Working days later; earlier where negative.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every cycle that is still to open.")] = False,
    year: Annotated[str | None, typer.Option(help="Only those of this year.")] = None,
    off: Annotated[bool, typer.Option("--off-holidays", help="Those on a day that is off now.")] = False,
    preview: Annotated[bool, typer.Option("--preview", help="Only show before and after.")] = False,
    reason: Annotated[str, typer.Option(help="Why; kept with each move.")] = "",
) -> None:
    """Move cycles to come, all in one act or none. What was adopted stays adopted."""
    asked = caller(context)
    wanted = Wanted(
        slot,
        given.day(opens, "--opens") if opens else None,
        given.moment(session, "--session") if session else None,
        confirmed,
        by,
        everything,
        year_in(year) if year else None,
        off,
    )
    wanted.check()
    if not preview and not reason.strip():
        raise WrongUsageError("Write --reason and why; or --preview to see before and after.")
    _show_or_move(asked, wanted, reason, preview=preview)


@app.command()
def drop(context: typer.Context, slot: Number, reason: Reason) -> None:
    """Take a cycle out before it opens. Its number is not given again."""

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyProgrammeCommand:
        about = {"programme": await reference(office), "key": key, "actor": actor}
        return DropSlot(slot=slot, reason=words.ref(reason), **about)

    act(caller(context), make)


def _show_or_move(asked: Caller, wanted: Wanted, reason: str, *, preview: bool) -> None:
    async def ask(office: Office) -> tuple[list[SlotMoved] | Refused, ProgrammeReceipt | NotKnownYet | None]:
        page, actor, words = await programme_page(office), await asked.actor(office), Words()
        moves = _moves(page.programme, wanted)
        if isinstance(moves, Refused):
            return moves, None
        if not moves:
            return [], None
        command = MoveSlots(
            programme=page.programme.reference,
            key=asked.key,
            actor=actor,
            moves=moves,
            reason=words.ref(reason or "Only looked at."),
        )
        ahead = await office.programme.preview(command)
        before_and_after = _moved(ahead)
        if preview or isinstance(before_and_after, Refused):
            return before_and_after, None
        outcome = await office.programme.send(command, words)
        return (outcome, None) if isinstance(outcome, Refused) else (before_and_after, outcome)

    found, outcome = asked.do(ask)
    unless_refused(asked, found)
    if isinstance(found, list) and (outcome is None or not asked.as_json):
        facts = {"moves": [one.model_dump(mode="json") for one in found]}
        asked.show(facts, lambda out: _draw(out, found))
    if outcome is not None:
        asked.answer(outcome)


def _moved(ahead: ProgrammeAllowed | Refused) -> list[SlotMoved] | Refused:
    if isinstance(ahead, Refused):
        return ahead
    return [one for one in ahead.events if isinstance(one, SlotMoved)]


def _moves(programme: Programme, wanted: Wanted) -> tuple[SlotMove, ...] | Refused:
    if wanted.slot and wanted.by is None:
        return _by_hand(programme, wanted.slot, wanted)
    days = working_calendar(calendar().version)
    if isinstance(days, Refused):
        return days
    slots = [one for one in programme.slots if wanted.year in (None, one.year)]
    if wanted.off:
        return off_holidays(slots, days)
    if wanted.slot:
        one = slot_of(programme, wanted.slot)
        if isinstance(one, Refused):
            return one
        slots = [one]
    if not any(one.waiting for one in slots):
        of = wanted.slot or (label(wanted.year) if wanted.year is not None else "the programme")
        raise WrongUsageError(f"Nothing in {of} is still to open, so nothing can be moved.")
    return shifted(slots, wanted.by or 0, days)


def _by_hand(programme: Programme, number: str, wanted: Wanted) -> tuple[SlotMove, ...] | Refused:
    one = slot_of(programme, number)
    if isinstance(one, Refused):
        return one
    move = SlotMove(
        slot=number,
        opens_on=wanted.opens or one.draft.opens_on,
        session_at=wanted.session or one.draft.session_at,
        confirmed=wanted.confirmed or (wanted.session is None and one.draft.confirmed),
    )
    return (move,)


def _standing(programme: Programme, number: str) -> Slot:
    slot = slot_of(programme, number)
    if isinstance(slot, Refused):
        raise WrongUsageError(slot.message)
    return slot


def _slots_in(asked: Caller, file: Path) -> tuple[FileSlot, ...]:
    return programme_file(given.text_of(file, "FILE"), file.name, asked.read(newest))


def _year_of(draft: SlotDraft) -> int:
    return year_of(civil(draft.session_at) if draft.session_at else draft.opens_on)


def _anew(file: FileSlot, standing: SlotDraft, words: Words) -> SlotDraft:
    """What the file says; why the cycle is in the programme stays where the file does not say it."""
    draft = slot_draft(file, standing.officer, words)
    kept = {"ground": standing.ground, "after": standing.after, "because": draft.because or standing.because}
    return draft.model_copy(update=kept)


def _with(standing: SlotDraft, typed: dict[str, str | list[str] | None], words: Words) -> SlotDraft:
    said = {name: value for name, value in typed.items() if value}
    texts = {name: words.ref(str(said[name])) for name in ("title", "question") if name in said}
    return SlotDraft.model_validate({**standing.model_dump(), **said, **texts})


def _draw(out: Console, moved: list[SlotMoved]) -> None:
    if not moved:
        out.print("Nothing has to be moved.")
        return
    table = Table(whole("Cycle"), "Opened on", "Opens on", "Session before", "Session after")
    for one in moved:
        before, after = f"{one.opened_on_before:%a %-d %b %Y}", f"{one.opens_on:%a %-d %b %Y}"
        held = when(one.session_at_before) if one.session_at_before else "none"
        table.add_row(one.slot, before, after, held, when(one.session_at) if one.session_at else "none")
    out.print(table)

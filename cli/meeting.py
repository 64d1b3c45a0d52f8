"""Meetings that several cycles share: listed, and changed in every cycle on them at once."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli import given
from cli.caller import NOT_KNOWN_YET, REFUSED, Caller, WrongUsageError, caller
from cli.evidence import Reason
from cli.office import Office
from cli.saying import when
from cli.session import At, Confirmed, Session, Urgency, seats_of
from engine.meetings import (
    Became,
    Make,
    Part,
    coming,
    first_refused,
    hand_out,
    listed,
    look_ahead,
)
from rules.clocks import civil
from rules.meeting.agenda import agenda, in_order
from schemas.commands import AnyCommand, CancelSession, MoveSession, PublishAgenda, RecordAttendance
from schemas.outcomes import NotKnownYet, Receipt, Refused
from schemas.people import Actor
from schemas.rows import MeetingRow
from schemas.sessions import AgendaItem
from schemas.shape import Words

app = typer.Typer(help="Meetings that several cycles share: list, move, cancel, agenda, attendance.")
Meeting = Annotated[str, typer.Argument(metavar="MEETING", help="The meeting, such as MTG-2026-04.")]
Built = Callable[[Part, Actor, str, Words], AnyCommand]
"""Makes the command for one cycle's session."""
Says = tuple[list[Became], tuple[Part, Refused] | None]
"""What became of a change in each cycle, or the cycle that would refuse it."""


@app.command("list")
def show_all(context: typer.Context) -> None:
    """List the meetings that cycles share, soonest first."""
    asked = caller(context)

    async def ask(office: Office) -> list[MeetingRow]:
        return listed(await office.reads.meetings())

    rows = asked.read(ask)
    asked.show(rows, lambda out: _draw(out, rows))


@app.command("show")
def show(context: typer.Context, meeting: Meeting) -> None:
    """Show one meeting: its day, its forum, and the session of each cycle."""
    asked = caller(context)
    row = asked.read(lambda office: _row(office, meeting))
    asked.show(row, lambda out: _draw_one(out, row))


@app.command()
def move(
    context: typer.Context,
    meeting: Meeting,
    at: At,
    reason: Reason,
    *,
    urgency: Urgency = None,
    confirmed: Confirmed = False,
) -> None:
    """Move the meeting in every cycle on it; what is planned from its day moves too."""
    starts_at = given.moment(at, "--at")

    def make(part: Part, actor: Actor, key: str, words: Words) -> AnyCommand:
        return MoveSession(
            cycle=part.cycle, key=key, actor=actor, session=part.session, starts_at=starts_at,
            reason=words.ref(reason), confirmed=confirmed, urgency=words.maybe(urgency),
        )  # fmt: skip

    _hand_out(caller(context), meeting, "MoveSession", make)


@app.command()
def cancel(context: typer.Context, meeting: Meeting, reason: Reason) -> None:
    """Call the meeting off in every cycle on it."""

    def make(part: Part, actor: Actor, key: str, words: Words) -> AnyCommand:
        return CancelSession(
            cycle=part.cycle, key=key, actor=actor, session=part.session, reason=words.ref(reason)
        )

    _hand_out(caller(context), meeting, "CancelSession", make)


@app.command("agenda")
def publish_agenda(
    context: typer.Context,
    meeting: Meeting,
    *,
    add: Annotated[list[str] | None, typer.Option(help="A further item; may be repeated.")] = None,
    urgency: Urgency = None,
) -> None:
    """Publish one agenda, which the records of its cycles propose, in every cycle on the meeting."""
    asked = caller(context)
    proposed = asked.read(lambda office: _proposed(office, meeting))

    def make(part: Part, actor: Actor, key: str, words: Words) -> AnyCommand:
        more = [AgendaItem(number=1, title=words.ref(one), why="standing") for one in add or ()]
        return PublishAgenda(
            cycle=part.cycle, key=key, actor=actor, session=part.session,
            items=in_order((*proposed, *more)), urgency=words.maybe(urgency),
        )  # fmt: skip

    _hand_out(asked, meeting, "PublishAgenda", make)


@app.command()
def attendance(
    context: typer.Context,
    meeting: Meeting,
    present: Annotated[list[str], typer.Option(help="Somebody who was there; may be repeated.")],
    apologies: Annotated[list[str] | None, typer.Option(help="Somebody who was excused.")] = None,
    *,
    held_at: Annotated[str | None, typer.Option(help="When it was held, if not as fixed.")] = None,
    members: Annotated[
        list[str] | None, typer.Option("--member", help="A seat of the forum; may be repeated.")
    ] = None,
    chair: Annotated[str | None, typer.Option(help="Who was in the chair.")] = None,
) -> None:
    """Record who was there, in every cycle on the meeting: with this it has been held."""
    asked = caller(context)
    at = given.moment(held_at, "--held-at") if held_at else None
    there = (*present, *(members or ()))

    async def seats(office: Office) -> tuple[str, ...]:
        first = (await _row(office, meeting)).parts[0]
        return await seats_of(office, first.cycle, first.session.number, at)

    held = asked.read(seats)

    def make(part: Part, actor: Actor, key: str, _words: Words) -> AnyCommand:
        return RecordAttendance(
            cycle=part.cycle, key=key, actor=actor, session=part.session, present=tuple(present),
            apologies=tuple(apologies or ()), held_at=at, chair=chair, members=held,
            members_present=tuple(one for one in held if one in there),
        )  # fmt: skip

    _hand_out(asked, meeting, "RecordAttendance", make)


@app.command()
def join(
    context: typer.Context,
    meeting: Meeting,
    cycle: Annotated[str, typer.Argument(help="The cycle, such as HTA-2026-07.")],
    reason: Reason,
    session: Session = 1,
    *,
    urgency: Urgency = None,
) -> None:
    """Make a session that is fixed already part of a meeting, at the meeting's day and hour."""

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        row = await _row(office, meeting)
        return MoveSession(
            cycle=cycle, key=key, actor=actor, session=session, starts_at=row.starts_at,
            reason=words.ref(reason), meeting=meeting, confirmed=True, urgency=words.maybe(urgency),
        )  # fmt: skip

    caller(context).act(make)


async def _row(office: Office, meeting: str) -> MeetingRow:
    found = listed(await office.reads.meeting(meeting), meeting)
    if not found:
        raise WrongUsageError(f"There is no meeting {meeting}. The list: starter.py meeting list.")
    return found[0]


async def _proposed(office: Office, meeting: str) -> tuple[AgendaItem, ...]:
    row = await _row(office, meeting)
    on = [one.cycle for one in await office.reads.meeting(meeting)]
    known = {one.reference for one in on}
    others = [one.cycle for one in await office.reads.under_way() if one.cycle.reference not in known]
    return agenda(on, others, civil(row.starts_at))


def _hand_out(asked: Caller, meeting: str, kind: str, built: Built) -> None:
    """Hand a change to every cycle on a meeting, unless one would refuse it; say what became of each."""

    async def hand(office: Office) -> Says:
        await _row(office, meeting)
        actor, words = await asked.actor(office), Words()

        async def make(part: Part, key: str) -> AnyCommand:
            return built(part, actor, key, words)

        given_out: Make = make
        pages = await office.reads.meeting(meeting)
        parts = coming([one.cycle for one in pages], meeting)
        stop = first_refused(await look_ahead(office.desk, parts, asked.key, given_out), kind)
        return ([], stop) if stop else (await hand_out(office.desk, parts, asked.key, given_out, words), None)

    became, stop = asked.do(hand)
    if stop:
        part, refused = stop
        asked.answer(refused.model_copy(update={"message": f"{part.cycle}: {refused.message}"}))
    _say(asked, became)


def _say(asked: Caller, became: Sequence[Became]) -> None:
    said = [{"cycle": one.part.cycle, **one.outcome.model_dump(mode="json")} for one in became]
    asked.show(said, lambda out: out.print("\n".join(_line(one) for one in became), markup=False))
    outcomes = [one.outcome for one in became]
    if any(isinstance(one, Refused) for one in outcomes):
        raise typer.Exit(REFUSED)
    if any(isinstance(one, NotKnownYet) for one in outcomes):
        raise typer.Exit(NOT_KNOWN_YET)


def _line(one: Became) -> str:
    if isinstance(one.outcome, Receipt):
        return f"{one.part.cycle}: recorded, version {one.outcome.version}"
    return f"{one.part.cycle}: {one.outcome.message}"


def _draw(out: Console, rows: Sequence[MeetingRow]) -> None:
    if not rows:
        out.print("No cycles share a meeting.")
        return
    table = Table("Meeting", "When", "Forum", "Cycles")
    for one in rows:
        cycles = ", ".join(part.cycle for part in one.parts)
        table.add_row(one.meeting, when(one.starts_at), one.forum.replace("_", " "), cycles)
    out.print(table)


def _draw_one(out: Console, row: MeetingRow) -> None:
    table = Table("Cycle", "Session", "When", "Stands", title=f"{row.meeting}, {row.forum.replace('_', ' ')}")
    for one in row.parts:
        held, off = one.session.held_at, one.session.cancelled_at
        stands = "called off" if off else "held" if held else "to come"
        title = f"{one.cycle}: {one.title}"
        table.add_row(title, str(one.session.number), when(one.session.starts_at), stands)
    out.print(table)

"""Sessions: fix, move, record who was there; and what the Commissioner judges."""

from datetime import datetime
from typing import Annotated, get_args

import typer
from rich.table import Table

from cli import given
from cli.caller import Caller, WrongUsageError, caller
from cli.evidence import Cycle, Number, Reason
from cli.office import Office
from cli.saying import when
from engine.in_force import forums_now
from reference.forums import forums_of
from rules.clocks import civil
from rules.meeting.forums import held_on
from schemas.commands import (
    AnyCommand,
    FixSession,
    JudgeAssurance,
    MoveSession,
    RecordAttendance,
)
from schemas.events import SessionMoved
from schemas.outcomes import Decision, Outcome, Refused
from schemas.people import Actor
from schemas.sessions import Assurance, Forum, SessionDraft
from schemas.shape import Words

app = typer.Typer(help="Sessions: fix, move, record who was there.")
FORUMS: dict[str, Forum] = {forum: forum for forum in get_args(Forum)}
ASSURED: dict[str, Assurance] = {one: one for one in get_args(Assurance)}

At = Annotated[str, typer.Option(help='Day and hour in London, such as "2026-12-10 14:00".')]
Session = Annotated[int, typer.Option("--session", help="The session's number in the cycle.", min=1)]
Urgency = Annotated[
    str | None, typer.Option(help="The chair's reason, where there is no time for the notice.")
]
Confirmed = Annotated[bool, typer.Option("--confirmed", help="Really on a day when nobody usually works.")]


@app.command()
def fix(
    context: typer.Context,
    cycle: Cycle,
    at: At,
    forum: Annotated[str, typer.Option(help=f"One of: {', '.join(FORUMS)}.")] = "holding_to_account",
    place: Annotated[str | None, typer.Option(help="Where it is held.")] = None,
    *,
    urgency: Urgency = None,
    confirmed: Confirmed = False,
) -> None:
    """Fix the day, hour and forum of a session."""
    starts_at = given.moment(at, "--at")
    if forum not in FORUMS:
        raise WrongUsageError(f"--forum: {forum} is not known; write one of: {', '.join(FORUMS)}.")

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        forums = await forums_now(forums_of(office.settings.forums_file), office.reads)
        draft = SessionDraft(
            forum=FORUMS[forum],
            starts_at=starts_at,
            place=words.maybe(place),
            confirmed=confirmed,
            rules=forums[forum].rules,
            urgency=words.maybe(urgency),
        )
        return FixSession(cycle=cycle, key=key, actor=actor, session=draft)

    caller(context).act(make)


@app.command()
def move(
    context: typer.Context,
    cycle: Cycle,
    at: At,
    reason: Reason,
    session: Session = 1,
    *,
    urgency: Urgency = None,
    confirmed: Confirmed = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; move it.")] = False,
) -> None:
    """Move a session: see first what else moves, then say yes."""
    asked = caller(context)
    starts_at = given.moment(at, "--at")

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return MoveSession(
            cycle=cycle,
            key=key,
            actor=actor,
            session=session,
            starts_at=starts_at,
            reason=words.ref(reason),
            confirmed=confirmed,
            urgency=words.maybe(urgency),
        )

    async def ahead(office: Office) -> Decision:
        return await office.desk.preview(await make(office, await asked.actor(office), asked.key, Words()))

    async def send(office: Office) -> Outcome:
        return await asked.send(office, make)

    if not yes:
        _show_what_moves(asked, asked.do(ahead))
        if not typer.confirm("Move the session and these dates?", err=True):
            raise typer.Abort
    asked.answer(asked.do(send))


@app.command()
def record(
    context: typer.Context,
    cycle: Cycle,
    present: Annotated[list[str], typer.Option(help="Somebody who was there; may be repeated.")],
    apologies: Annotated[list[str] | None, typer.Option(help="Somebody who was excused.")] = None,
    *,
    held_at: Annotated[str | None, typer.Option(help="When it was held, if not as fixed.")] = None,
    members: Annotated[
        list[str] | None,
        typer.Option("--member", help="A seat of the forum that was there; may be repeated."),
    ] = None,
    chair: Annotated[str | None, typer.Option(help="Who was in the chair.")] = None,
    session: Session = 1,
) -> None:
    """Record who was there: with this the session has been held."""
    at = given.moment(held_at, "--held-at") if held_at else None

    async def make(office: Office, actor: Actor, key: str, _words: Words) -> AnyCommand:
        seats = await seats_of(office, cycle, session, at)
        there = (*present, *(members or ()))
        return RecordAttendance(
            cycle=cycle,
            key=key,
            actor=actor,
            session=session,
            present=tuple(present),
            apologies=tuple(apologies or ()),
            held_at=at,
            chair=chair,
            members=seats,
            members_present=tuple(one for one in seats if one in there),
        )

    caller(context).act(make)


def judge(
    context: typer.Context,
    cycle: Cycle,
    number: Number,
    judgement: Annotated[str, typer.Argument(help=f"One of: {', '.join(ASSURED)}.")],
    *,
    reasons: Annotated[str, typer.Option(help="Why.")],
    session: Session = 1,
) -> None:
    """Record how assured the Commissioner is on one request's item."""
    if judgement not in ASSURED:
        raise WrongUsageError(f"{judgement} is not a judgement; write one of: {', '.join(ASSURED)}.")

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return JudgeAssurance(
            cycle=cycle,
            key=key,
            actor=actor,
            session=session,
            request=number,
            judgement=ASSURED[judgement],
            reasons=words.ref(reasons),
        )

    caller(context).act(make)


async def seats_of(office: Office, cycle: str, number: int, at: datetime | None) -> tuple[str, ...]:
    """The seats of a session's forum that are held on the day on which it was held."""
    page = await office.reads.cycle(cycle)
    found = page.cycle.session(number) if page else None
    forum = forums_of(office.settings.forums_file).get(found.forum) if found else None
    return held_on(forum.seats, civil(at or found.starts_at)) if found and forum else ()


def _show_what_moves(asked: Caller, decision: Decision) -> None:
    if isinstance(decision, Refused):
        asked.answer(decision)
        return
    table = Table("What else moves", "From", "To")
    for event in decision.events:
        if not isinstance(event, SessionMoved):
            continue
        for one in event.moved:
            was, due = (when(at.at) if at else "not fixed" for at in (one.was, one.due))
            table.add_row(f"Request {one.request}", was, due)
        for planned in event.planned:
            table.add_row(f"Request {planned.request} goes out", "", when(planned.ask_at))
    asked.err.print(table if table.row_count else "Nothing else moves.")

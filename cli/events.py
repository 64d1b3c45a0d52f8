"""Events: what was recorded, in one order, as the outside hears of it."""

import sys
from collections.abc import AsyncIterator
from typing import Annotated, get_args

import typer
from rich.console import Console

from cli.caller import Caller, WrongUsageError, caller
from cli.office import Office
from cli.saying import when
from rules.telling.envelope import House, envelope
from rules.telling.subscribing import check_cursor, check_kinds
from schemas.feed import CloudEvent, Cursor, Source, Wanted
from schemas.outcomes import Refused
from schemas.people import SIDE
from store.feed import Feed

MOST = 200
AFTER = "Only what comes after this cursor: 0 for all, or what was printed last."
KIND = "Only this kind of event, such as FindingsPublished; may be said several times."


def follow_events(
    context: typer.Context,
    *,
    after: Annotated[str, typer.Option(help=AFTER)] = "0",
    kind: Annotated[list[str] | None, typer.Option(help=KIND)] = None,
    cycle: Annotated[str, typer.Option(help="Only this cycle.")] = "",
    of: Annotated[str, typer.Option(help="Whose: cycles or programmes.")] = "cycles",
    follow: Annotated[bool, typer.Option("--follow", help="Wait for more, until Ctrl-C.")] = False,
) -> None:
    """List what was recorded, oldest first: everything for the office (--as), what is public for others."""
    asked, start = caller(context), cursor(after)
    if of not in get_args(Source):
        raise WrongUsageError(f"--of: write one of {', '.join(get_args(Source))}.")

    async def ask(office: Office) -> None:
        feed = office.feeds()[of]  # type: ignore[index] # one of them, as was just seen
        wanted = await _wanted(asked, office, tuple(kind or ()), cycle)
        house = House(office.settings.public_url, office.settings.event_types)
        _unless(check_kinds(wanted.kinds, wanted.scope))
        _unless(check_cursor(start, await feed.settled()))
        async for said, reached in _said(feed, house, wanted, start, follow=follow):
            _print(asked, said, reached)

    asked.read(ask)


def cursor(text: str) -> Cursor:
    """The cursor that was typed.

    Raises: WrongUsageError: it is not one.
    """
    try:
        return Cursor.parse(text)
    except ValueError:
        raise WrongUsageError("--after: write 0, or a cursor such as 812 or 812.640.") from None


async def _wanted(asked: Caller, office: Office, kinds: tuple[str, ...], cycle: str) -> Wanted:
    of_office = asked.person is not None and SIDE[(await asked.actor(office)).role] == "opcc"
    facts = {"scope": "office" if of_office else "public", "kinds": kinds, "cycle": cycle or None}
    return Wanted.model_validate(facts)


async def _said(
    feed: Feed, house: House, wanted: Wanted, start: Cursor, *, follow: bool
) -> AsyncIterator[tuple[CloudEvent | None, Cursor]]:
    """Each event with its cursor; after the last one so far, None with how far that reaches."""
    async with feed.listening():
        while True:
            mark = feed.mark()
            passage = await feed.after(wanted, start, MOST)
            for one in passage.entries:
                yield envelope(one.entry, wanted.scope, house), one.cursor
            start = passage.through
            if passage.more:
                continue
            if not follow:
                yield None, start
                return
            await feed.news(mark, MINUTE)


MINUTE = 60.0


def _print(asked: Caller, said: CloudEvent | None, reached: Cursor) -> None:
    """One line an event: as JSON with the cursor beside it, or in columns."""
    if asked.as_json:
        if said:
            sys.stdout.write(f'{{"next": "{reached.text}", "event": {said.model_dump_json()}}}\n')
            sys.stdout.flush()
        return
    _draw(asked.out, said, reached)


def _draw(out: Console, said: CloudEvent | None, reached: Cursor) -> None:
    if said is None:
        out.print(f"That is all so far. Go on with: --after {reached.text}")
        return
    who = said.data["by"]["role"].replace("_", " ")
    out.print(f"{reached.text:>10}  {when(said.time)}  {said.id:<16} {said.type}  ({who})", soft_wrap=True)


def _unless(refused: Refused | None) -> None:
    if refused:
        raise WrongUsageError(refused.message)

"""After a restore: what is to be settled, and answering for it, which opens the doors again."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import REFUSED, Caller, WrongUsageError, caller, given_reason
from cli.office import Office, OutOfReachError, now, office_of, settings_here
from cli.saying import when, whole
from embedded.alone import alone
from embedded.preflight import CannotStart
from engine.wiring import sealing_of
from safekeeping.reconciling import Settling
from schemas.backups import Found, Restored
from settings import load
from store.restores import NO_BACKUP, Restores

Until = Annotated[
    str | None,
    typer.Option(
        "--until", help="When the product that was lost ended, as 2026-11-23T10:40Z; left out, the restore."
    ),
]
EngineLost = Annotated[
    bool,
    typer.Option(
        "--engine-lost", help="No backup was restored: the record is whole, the engine's state is gone."
    ),
]
NOTHING = "Nothing was restored that anybody has to answer for."
MOST = 60
"""Lines of a table."""


def reconcile(context: typer.Context, until: Until = None, *, engine_lost: EngineLost = False) -> None:
    """List what a restore leaves to be settled: runs, lost acts, late duties, mails that are held."""
    asked, ended = caller(context), _instant(until)

    async def ask() -> Found | None:
        async with at_rest(asked) as office:
            return await _look(office, ended, engine_lost=engine_lost)

    found = _run(asked, ask)
    if found is None:
        asked.show({"restored": None}, lambda out: out.print(NOTHING))
        return
    asked.show(found, lambda out: _draw(out, found))
    if found.restored.acknowledged_at is None:
        raise typer.Exit(REFUSED)


def acknowledge(
    context: typer.Context,
    reason: Annotated[str, typer.Option(help="Why it was restored, and what is done about what was lost.")],
    until: Until = None,
    send: Annotated[
        list[str] | None, typer.Option("--send", help="A held mail that goes all the same, by its key.")
    ] = None,
    *,
    send_all: Annotated[bool, typer.Option("--send-all", help="No mail is held.")] = False,
    engine_lost: EngineLost = False,
) -> None:
    """Answer for a restore (--as): runs are begun again from the ledger, mails held, and the doors open."""
    asked, why, ended = caller(context), given_reason(reason), _instant(until)

    async def act() -> Found | None:
        async with at_rest(asked) as office:
            actor = await asked.at_the_door(office)
            if engine_lost:
                await _restores(office).note_engine_lost(now())
            found = await _look(office, ended)
            if found is None or found.restored.acknowledged_at:
                return None
            every = send_all or found.restored.whole
            goes = [one.key for one in found.mails] if every else _known(send or [], found)
            await _settling(office).settle(found, goes)
            number, facts = found.restored.number, found.model_dump_json()
            who = (actor.person, actor.role.value)
            await _restores(office).acknowledge(number, now(), who, why, facts)
            held.extend(one.key for one in found.mails if one.key not in goes)
            return found

    held: list[str] = []
    found = _run(asked, act)
    if found is None:
        raise WrongUsageError(NOTHING)
    facts = {"acknowledged": found.restored.number, "begun_again": [one.reference for one in found.again],
             "held": held}  # fmt: skip
    asked.show(facts, lambda out: _answered(out, found, len(held)))


@asynccontextmanager
async def at_rest(asked: Caller) -> AsyncIterator[Office]:
    """The office that runs; or that of a home folder in which nothing does, started without its doors."""
    async with AsyncExitStack() as stack:
        try:
            office = await stack.enter_async_context(asked.opens(engine=True))
        except OutOfReachError:
            settings = settings_here(load)  # not what a product that was killed had left word of
            if settings.database_url or not (settings.home / "postgres").exists():
                raise
            found = await stack.enter_async_context(alone(settings))
            office = await stack.enter_async_context(office_of(found, engine=True))
        yield office


def _run(asked: Caller, ask: Callable[[], Coroutine[None, None, Found | None]]) -> Found | None:
    try:
        return asyncio.run(ask())
    except CannotStart as why:
        asked.err.print(str(why), markup=False)
        raise typer.Exit(REFUSED) from None


def _restores(office: Office) -> Restores:
    assert office.pool is not None
    return Restores(office.pool)


def _settling(office: Office) -> Settling:
    assert office.client is not None
    settings = office.settings
    queue = settings.temporal_task_queue
    return Settling(office.client, queue, sealing_of(settings), office.reads, _restores(office))


async def _look(office: Office, until: datetime | None, *, engine_lost: bool = False) -> Found | None:
    restored = await _restores(office).newest()
    if engine_lost and (restored is None or restored.acknowledged_at):
        restored = Restored(number=0, seal=NO_BACKUP, as_at=now(), restored_at=now())
    return await _settling(office).look(restored, until, now()) if restored else None


def _known(keys: list[str], found: Found) -> list[str]:
    held = {one.key for one in found.mails}
    if strange := [one for one in keys if one not in held]:
        raise WrongUsageError(
            f"No mail with the key {strange[0]} is held. See: starter.py backup reconcile --json"
        )
    return keys


def _instant(said: str | None) -> datetime | None:
    if said is None:
        return None
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        raise WrongUsageError("Write after --until an instant such as 2026-11-23T10:40Z.") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _draw(out: Console, found: Found) -> None:
    restored = found.restored
    at, as_at, until = (
        f"{one:%Y-%m-%d %H:%M:%S}" for one in (restored.restored_at, restored.as_at, found.until)
    )
    out.print("The record is whole; the engine's state is compared with it." if restored.whole else
              f"Restored {at}, as of {as_at} (UTC). What was recorded until {until} may be lost.",
              soft_wrap=True)  # fmt: skip
    if restored.acknowledged_at:
        out.print(
            f"{restored.by} answered for it on {when(restored.acknowledged_at)}: {restored.reason}",
            markup=False,
        )
    _cycles(out, found)
    _duties(out, found)
    _mails(out, found)
    for what, do in found.others.items():
        out.print(f"{what}: {do}.", markup=False, soft_wrap=True)
    if restored.acknowledged_at is None and restored.number:
        out.print('No door opens until somebody answers: starter.py backup acknowledge --reason "…" '
                  "--as chief-executive", soft_wrap=True)  # fmt: skip


def _cycles(out: Console, found: Found) -> None:
    table = Table(whole("Ledger"), "Last known act", "By", "When", "Its run", "What is done")
    for one in found.cycles[:MOST]:
        last = one.last
        said = (f"{last.version} {last.kind}", last.by, when(last.at)) if last else ("none", "", "")
        run = "none" if one.run_version is None else str(one.run_version)
        table.add_row(one.reference, *said, run, one.does)
    out.print(table)
    for one in found.cycles:
        for act in one.lost:
            words = (
                f"LOST {one.reference}/{act.version}: {act.kind} by {act.by}, {when(act.at)}: do it again."
            )
            out.print(words, markup=False, soft_wrap=True)
    _more(out, len(found.cycles))


def _duties(out: Console, found: Found) -> None:
    if not found.duties:
        out.print("No duty fell due meanwhile.")
        return
    table = Table(whole("Cycle"), "Duty", "Was due", "What becomes of it")
    for one in found.duties[:MOST]:
        held = "may have been done; its mail is held" if one.tells else "may have been done; done again, late"
        table.add_row(one.cycle, one.duty, when(one.due_at), held if one.may_be_done else "done late")
    out.print(table)
    _more(out, len(found.duties))


def _mails(out: Console, found: Found) -> None:
    if not found.mails:
        out.print("No mail would go twice.")
        return
    table = Table(whole("Mail that goes" if found.restored.whole else "Held mail"), "What", "To", "Was due")
    for one in found.mails[:MOST]:
        table.add_row(one.key, one.template, ", ".join((*one.to, *one.roles)), when(one.due_at))
    out.print(table)
    _more(out, len(found.mails))


def _more(out: Console, many: int) -> None:
    if many > MOST:
        out.print(f"And {many - MOST:,} more: --json lists them all.")


def _answered(out: Console, found: Found, held: int) -> None:
    out.print(f"Answered for. Begun again from the ledger, or ended: {len(found.again)}. Mails held: {held}. "
              "The doors open with the next start.", soft_wrap=True)  # fmt: skip

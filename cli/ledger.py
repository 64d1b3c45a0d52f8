"""Whether the record is what it was, and erasing from it what has to go."""

import re
from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console

from cli.caller import REFUSED, WrongUsageError, caller, given_reason
from cli.office import Office, now
from cli.saying import when
from engine.verifying import verify as verified
from rules.proving.erasing import without
from rules.proving.signing import digest, key_id
from schemas.chain import TEXT_GONE
from schemas.proving import Erased, Verified, Wrong
from store.checkpoints import Checkpoints

app = typer.Typer(no_args_is_help=True, help="Whether the record is what it was: chains and checkpoints.")
SEEN = re.compile(r"([1-9]\d*):([0-9a-f]{64})")
PUBLIC = re.compile(r"[0-9a-f]{64}")
TEXT = re.compile(r"text:[0-9a-f]{64}")
LATE = timedelta(hours=26)
OLD = "It is more than a day old: the worker makes none, or newer ones were taken away."
UNPINNED = "The keys were taken from the database itself: write --public-key and the announced one."
MOST = 50
"""What is wrong, in lines."""


@app.command("verify")
def verify(
    context: typer.Context,
    seen: Annotated[
        list[str] | None,
        typer.Option("--seen", help="A checkpoint that somebody kept, as its mail has it: NUMBER:DIGEST."),
    ] = None,
    key: Annotated[
        list[str] | None,
        typer.Option("--public-key", help="The key that the office announced: 64 figures and letters."),
    ] = None,
) -> None:
    """Check every chain of the whole database and every checkpoint; 1 where something is wrong."""
    asked, kept = caller(context), _seen(seen or [])
    given = _publics(key or [])

    async def ask(office: Office) -> Verified:
        assert office.pool is not None
        own = {one.id: one.public for one in office.settings.ledger_signers}
        return await verified(Checkpoints(office.pool), given or own, kept, tell)

    def tell(entries: int) -> None:
        if asked.err.is_terminal:
            asked.err.print(f"{entries:,} entries …", end="\r")

    found = asked.read(ask)
    asked.show(found, lambda out: _draw(out, found))
    if found.wrong:
        raise typer.Exit(REFUSED)


@app.command("erase")
def erase(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="The text by its reference, as ledger.jsonl has it: text:…")],
    reason: Annotated[str, typer.Option(help="Why it has to go; this is kept.")],
) -> None:
    """Erase a text: its words at once, and what leads to them in the record of every cycle that is closed."""
    asked, why = caller(context), given_reason(reason)
    if not TEXT.fullmatch(text) or text == TEXT_GONE:
        raise WrongUsageError("Write the text's reference: text: and 64 figures and letters.")

    async def act(office: Office) -> Erased:
        assert office.pool is not None
        by = await asked.at_the_door(office)
        record = Checkpoints(office.pool)
        return await record.erase_text(
            text, lambda line: without(line, lambda value: value == text), by.person, why
        )

    asked.show(done := asked.read(act), lambda out: _said(out, done))


def _said(out: Console, done: Erased) -> None:
    if not done.words and not done.entries:
        out.print("There is no such text: it was erased before, or never kept.")
        return
    out.print(f"The words are gone. Entries from which what led to them is gone too: {done.entries}.")
    if done.still:
        out.print(
            f"Still open, so their entries keep its reference until then: {', '.join(done.still)}. "
            "Run this again once they are closed.", soft_wrap=True,
        )  # fmt: skip


def _draw(out: Console, found: Verified) -> None:
    out.print(f"Chains: {found.chains:,}. Entries: {found.entries:,}. Checkpoints: {found.checkpoints:,}.")
    for one in found.chained_on:
        out.print(f"Chained on {when(one.at)}: {one.entries:,} entries that stood before.")
    if found.erased:
        out.print(f"Entries of which something was erased, as noted: {found.erased:,}.")
    out.print(_newest(found), soft_wrap=True)
    if not found.pinned:
        out.print(UNPINNED, soft_wrap=True)
    for wrong in found.wrong[:MOST]:
        out.print(f"WRONG {_where(wrong)}: {wrong.what}. {wrong.do}", markup=False, soft_wrap=True)
    more = len(found.wrong) - MOST
    if more > 0:
        out.print(f"And {more:,} more: --json lists them all.")
    if not found.wrong:
        out.print("Nothing is wrong.")


def _newest(found: Verified) -> str:
    if found.newest is None:
        return "There is no checkpoint yet: the worker makes one every day."
    newest = found.newest.checkpoint
    said = f"Newest checkpoint: {newest.number} of {when(newest.at)}, {digest(newest)}"
    return f"{said}\n{OLD}" if now() - newest.at > LATE else said


def _where(wrong: Wrong) -> str:
    if wrong.chain:
        return f"{wrong.chain}/{wrong.version}"
    return f"checkpoint {wrong.checkpoint}"


def _seen(words: list[str]) -> dict[int, str]:
    found = [SEEN.fullmatch(one) for one in words]
    if not all(found):
        raise WrongUsageError("Write after --seen a number, a colon and the digest, as the mail has them.")
    return {int(one[1]): one[2] for one in found if one}


def _publics(words: list[str]) -> dict[str, str]:
    if not all(PUBLIC.fullmatch(one) for one in words):
        raise WrongUsageError("Write after --public-key 64 figures and letters, as /ledger has them.")
    return {key_id(one): one for one in words}

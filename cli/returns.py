"""Returns: submit, accept, send back."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from cli import given
from cli.caller import WrongUsageError, caller
from cli.evidence import Cycle, Number
from cli.office import Office
from clients.shelf import Shelved
from schemas.commands import AcceptReturn, AnyCommand, SendBack, SubmitReturn
from schemas.evidence import Answer, Cover, FileItem, Item, LinkItem, ShownItem, WrittenItem
from schemas.people import Actor
from schemas.shape import Words

app = typer.Typer(help="Returns: submit, accept, send back.")
PIECE = 256 * 1024
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Given:
    """What a return or a proof is made of, as it was typed."""

    files: tuple[Path, ...] = ()
    texts: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


Files = Annotated[list[Path] | None, typer.Option("--file", help="A file; may be repeated.")]
Texts = Annotated[list[str] | None, typer.Option("--text", help="A written answer; may be repeated.")]
Parts = Annotated[
    list[int] | None, typer.Option("--part", help="A part of the request, by its number; may be repeated.")
]
Links = Annotated[list[str] | None, typer.Option("--link", help="Where it is published already.")]


@app.command()
def submit(
    context: typer.Context,
    cycle: Cycle,
    number: Number,
    *,
    files: Files = None,
    texts: Texts = None,
    links: Links = None,
    shown: Annotated[list[str] | None, typer.Option("--shown", help="What was shown at the meeting.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why nothing is held, or why not appropriate.")] = None,
    signed_off_by: Annotated[str | None, typer.Option(help="Who signed that off: a person's id.")] = None,
    covers_from: Annotated[str | None, typer.Option(help="First day that it speaks of.")] = None,
    covers_to: Annotated[str | None, typer.Option(help="Last day that it speaks of.")] = None,
    nothing_held: Annotated[bool, typer.Option("--nothing-held", help="The force holds nothing.")] = False,
    operational: Annotated[
        bool, typer.Option("--operational", help="An answer is operationally not appropriate.")
    ] = False,
    partial: Annotated[bool, typer.Option("--partial", help="More is to come.")] = False,
    parts: Parts = None,
) -> None:
    """Submit a return: files, written answers, links; or that nothing is held, with the reason."""
    if nothing_held and operational:
        raise WrongUsageError("Write --nothing-held or --operational, not both.")
    answer: Answer = (
        "nothing_held" if nothing_held else "operational_not_appropriate" if operational else "provided"
    )
    cover = Cover(
        covers_from=given.day(covers_from, "--covers-from") if covers_from else None,
        covers_to=given.day(covers_to, "--covers-to") if covers_to else None,
    )
    typed = Given(tuple(files or ()), tuple(texts or ()), tuple(links or ()), tuple(shown or ()))

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return SubmitReturn(
            cycle=cycle,
            key=key,
            actor=actor,
            request=number,
            answer=answer,
            items=await items(office, typed, words),
            cover=cover,
            partial=partial,
            parts=tuple(parts or ()),
            reason=words.maybe(reason),
            signed_off_by=signed_off_by,
        )

    caller(context).act(make)


@app.command()
def accept(context: typer.Context, cycle: Cycle, number: Number) -> None:
    """Accept what was returned."""

    async def make(_office: Office, actor: Actor, key: str, _words: Words) -> AnyCommand:
        return AcceptReturn(cycle=cycle, key=key, actor=actor, request=number)

    caller(context).act(make)


@app.command("send-back")
def send_back(
    context: typer.Context,
    cycle: Cycle,
    number: Number,
    *,
    gap: Annotated[str, typer.Option(help="What is missing.")],
    due: Annotated[str, typer.Option(help='The new due date, such as "5 working days".')] = "5 working days",
    parts: Parts = None,
) -> None:
    """Send a return back: name the gap and give a new date."""
    budget = given.budget(due, "--due")

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return SendBack(
            cycle=cycle, key=key, actor=actor, request=number, gap=words.ref(gap), due=budget,
            parts=tuple(parts or ()),
        )  # fmt: skip

    caller(context).act(make)


async def items(office: Office, typed: Given, words: Words) -> tuple[Item, ...]:
    """What was typed, as a command can name it; files are stored first.

    Raises: WrongUsageError: a file cannot be read or is not taken.
    """
    files = [await _shelve(office, path, words) for path in typed.files]
    return (
        *files,
        *(WrittenItem(text=words.ref(one)) for one in typed.texts),
        *(LinkItem(address=words.ref(one)) for one in typed.links),
        *(ShownItem(what=words.ref(one)) for one in typed.shown),
    )


async def _shelve(office: Office, path: Path, words: Words) -> FileItem:
    if not await asyncio.to_thread(path.is_file):
        raise WrongUsageError(f"--file: there is no file {path}.")
    limit = office.settings.upload_limit_mb * MEGABYTE
    found = await office.shelf().put(_pieces(path), path.name, limit)
    if not isinstance(found, Shelved):
        raise WrongUsageError(f"--file {path}: {found.message[:1].lower()}{found.message[1:]}.")
    item = FileItem(
        digest=found.digest, size=found.size, media_type=found.media_type, name=words.ref(path.name)
    )
    await office.keeping.keep_file(item)
    return item


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := await asyncio.to_thread(file.read, PIECE):
                yield piece
    except OSError as wrong:
        raise WrongUsageError(f"--file: {path} cannot be read ({wrong.strerror}).") from None

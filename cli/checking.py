"""Findings between their draft and their signature: checked for fact, redacted, compared."""

from dataclasses import dataclass
from difflib import unified_diff
from typing import Annotated, Literal

import typer
from rich.console import Console

from cli.caller import WrongUsageError, caller
from cli.drawing import page_of
from cli.evidence import Cycle
from cli.findings import Version, app, newest, version_of
from cli.office import Office
from rules.publishing.redaction import GROUNDS, located, redacted
from schemas.commands import AnyCommand, CheckRedactions, InviteFactCheck, Redact, SubmitFactCheck
from schemas.cycle import FindingsVersion, Span, WithheldItem
from schemas.evidence import Ground
from schemas.outcomes import Refused
from schemas.people import Actor
from schemas.rows import CyclePage
from schemas.shape import Words

__all__ = ["app"]

BY_NAME: dict[str, Ground] = {ground: ground for ground in GROUNDS}
Take = Annotated[
    list[str] | None,
    typer.Option(
        help='Words of the account with their ground: "personal_data=Ann"; the second: "safety:2=Ann".'
    ),
]
TakeAnswer = Annotated[
    list[str] | None, typer.Option(help="The same for words of the answer in one sentence.")
]
Items = Annotated[
    list[str] | None,
    typer.Option("--item", help='An item with its ground, by request, version and place: "safety=1/1/2".'),
]


@app.command()
def invite(context: typer.Context, cycle: Cycle, version: Version = None) -> None:
    """Ask the force what is wrong in fact in the newest draft."""

    async def make(office: Office, actor: Actor, key: str, _words: Words) -> AnyCommand:
        number = await newest(office, cycle, version)
        return InviteFactCheck(cycle=cycle, key=key, actor=actor, version=number)

    caller(context).act(make)


@app.command()
def answer(
    context: typer.Context,
    cycle: Cycle,
    comments: Annotated[str | None, typer.Option(help="What is wrong in fact; nothing if left out.")] = None,
    version: Version = None,
) -> None:
    """Answer a fact check for the force."""

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        number = await newest(office, cycle, version)
        said = words.maybe(comments)
        return SubmitFactCheck(cycle=cycle, key=key, actor=actor, version=number, comments=said)

    caller(context).act(make)


@app.command()
def redact(
    context: typer.Context,
    cycle: Cycle,
    *,
    take: Take = None,
    take_answer: TakeAnswer = None,
    items: Items = None,
    version: Version = None,
) -> None:
    """Take words and items out of the copy that is published; the draft stays."""

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        page = await page_of(office, cycle)
        draft = version_of(page, version)
        spans = (*_spans(page, draft, "body", take or []), *_spans(page, draft, "answer", take_answer or []))
        return Redact(
            cycle=cycle,
            key=key,
            actor=actor,
            version=draft.version,
            spans=spans,
            items=tuple(_item(one) for one in items or []),
            answer=words.ref(_copy(page.say(draft.answer), "answer", spans)),
            body=words.ref(_copy(page.say(draft.body), "body", spans)),
        )

    caller(context).act(make)


@app.command()
def check(
    context: typer.Context,
    cycle: Cycle,
    *,
    wrong: Annotated[
        str | None, typer.Option(help="What is wrong with the copy; agreed if left out.")
    ] = None,
    version: Version = None,
) -> None:
    """Agree to the redactions of somebody else, or say what is wrong."""

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        number = await newest(office, cycle, version)
        said = words.maybe(wrong)
        return CheckRedactions(
            cycle=cycle, key=key, actor=actor, version=number, agreed=said is None, reason=said
        )

    caller(context).act(make)


@app.command()
def diff(
    context: typer.Context,
    cycle: Cycle,
    first: Annotated[int, typer.Argument(help="The earlier version.", min=1)],
    to: Annotated[int, typer.Argument(help="The later version.", min=1)],
) -> None:
    """Show what changed between two versions."""
    asked = caller(context)

    async def ask(office: Office) -> CyclePage:
        return await page_of(office, cycle)

    page = asked.read(ask)
    lines = _difference(page, version_of(page, first), version_of(page, to))

    def draw(out: Console) -> None:
        for line in lines or ["The two are the same."]:
            out.print(line, markup=False, soft_wrap=True)

    asked.show({"cycle": cycle, "from": first, "to": to, "lines": lines}, draw)


def _difference(page: CyclePage, before: FindingsVersion, after: FindingsVersion) -> list[str]:
    left = [page.say(before.answer), *page.say(before.body).splitlines()]
    right = [page.say(after.answer), *page.say(after.body).splitlines()]
    names = (f"version {before.version}", f"version {after.version}")
    return list(unified_diff(left, right, *names, lineterm=""))


def _spans(
    page: CyclePage, draft: FindingsVersion, of: Literal["answer", "body"], taken: list[str]
) -> tuple[Span, ...]:
    original = page.say(draft.answer if of == "answer" else draft.body)
    return tuple(_span(original, of, _taken(one)) for one in taken)


@dataclass(frozen=True)
class Taken:
    """What was typed: words, on which ground, and which time that they stand there."""

    ground: Ground
    nth: int
    words: str


def _span(original: str, of: Literal["answer", "body"], taken: Taken) -> Span:
    found = located(original, taken.words, taken.nth)
    if isinstance(found, Refused):
        raise WrongUsageError(f"{taken.words}: {found.message}")
    return Span(of=of, start=found[0], end=found[1], ground=taken.ground)


def _taken(said: str) -> Taken:
    named, equals, words = said.partition("=")
    ground, _, nth = named.partition(":")
    if not equals or not words:
        raise WrongUsageError(f'{said}: write the ground and the words, such as "personal_data=Ann Smith".')
    if nth and not nth.isdecimal():
        raise WrongUsageError(f'{said}: write a number after the colon, such as "personal_data:2=Ann Smith".')
    return Taken(_ground(ground), int(nth or 1), words)


def _item(said: str) -> WithheldItem:
    ground, _, place = said.partition("=")
    parts = place.split("/")
    if [one for one in parts if not one.isdecimal()] or len(parts) != len(("request", "version", "item")):
        raise WrongUsageError(f'{said}: write ground, request, version and item, such as "safety=1/1/2".')
    request, version, item = map(int, parts)
    return WithheldItem(request=request, version=version, item=item, ground=_ground(ground))


def _ground(name: str) -> Ground:
    if name not in BY_NAME:
        raise WrongUsageError(f"{name} is not a ground; write one of: {', '.join(BY_NAME)}.")
    return BY_NAME[name]


def _copy(original: str, of: str, spans: tuple[Span, ...]) -> str:
    made = redacted(original, [one for one in spans if one.of == of])
    if isinstance(made, Refused):
        raise WrongUsageError(made.message)
    return made

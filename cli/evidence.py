"""Evidence requests: add, show, withdraw, acknowledge, more time."""

from typing import Annotated, get_args

import typer
from rich.console import Console

from cli import given
from cli.caller import WrongUsageError, caller
from cli.drawing import page_of, request_panel
from cli.office import Office
from reference.cyclefile import FileRequest, request_draft, usual_due
from schemas.commands import (
    Acknowledge,
    AddRequest,
    AnyCommand,
    DecideExtension,
    RequestExtension,
    WithdrawRequest,
)
from schemas.evidence import Form
from schemas.people import Actor
from schemas.rows import CyclePage
from schemas.shape import Words

app = typer.Typer(help="Evidence requests: add, show, withdraw, acknowledge, more time.")
FORMS: dict[str, Form] = {form: form for form in get_args(Form)}

Cycle = Annotated[str, typer.Argument(help="The cycle, such as HTA-2026-07.")]
Number = Annotated[int, typer.Argument(help="The request's number in the cycle.", min=1)]
Reason = Annotated[str, typer.Option(help="Why.")]


@app.command()
def add(
    context: typer.Context,
    cycle: Cycle,
    title: Annotated[str, typer.Option(help="What is asked for, in a few words.")],
    lead: Annotated[str, typer.Option(help="Who is asked: a person's id.")],
    *,
    asked: Annotated[list[str] | None, typer.Option(help="One point to answer; may be repeated.")] = None,
    due: Annotated[str | None, typer.Option(help='Such as "5 working days before session".')] = None,
    form: Annotated[str, typer.Option(help=f"One of: {', '.join(FORMS)}.")] = "report",
    commitment: Annotated[str | None, typer.Option(help="The commitment that it serves.")] = None,
    certify: Annotated[bool, typer.Option("--certify", help="It has to be certified for the force.")] = False,
    certifier: Annotated[str | None, typer.Option(help="By whom, where not the Chief Constable.")] = None,
) -> None:
    """Ask one more lead for evidence."""
    if form not in FORMS:
        raise WrongUsageError(f"--form: {form} is not known; write one of: {', '.join(FORMS)}.")

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        page = await page_of(office, cycle)
        usual = usual_due(page.cycle.standards, with_session=bool(page.cycle.sessions))
        request = FileRequest(
            title=title,
            lead=lead,
            asked=tuple(asked or ()),
            form=FORMS[form],
            due=given.budget(due, "--due") if due else usual,
            commitment=commitment,
            certify=certify,
            certifier=certifier,
        )
        return AddRequest(cycle=cycle, key=key, actor=actor, request=request_draft(request, words))

    caller(context).act(make)


@app.command()
def show(context: typer.Context, cycle: Cycle, number: Number) -> None:
    """Show one request: what was asked, its clock, and every return."""
    asked = caller(context)

    async def ask(office: Office) -> CyclePage:
        return await page_of(office, cycle)

    page = asked.read(ask)
    request = page.cycle.request(number)
    if request is None:
        numbers = ", ".join(str(one.number) for one in page.cycle.requests) or "none yet"
        raise WrongUsageError(f"{cycle} has no request {number}. Those that were sent: {numbers}.")

    def draw(out: Console) -> None:
        request_panel(out, page, request)

    asked.show({"request": request, "words": page.words}, draw)


@app.command()
def withdraw(context: typer.Context, cycle: Cycle, number: Number, reason: Reason) -> None:
    """Ask no longer."""

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return WithdrawRequest(cycle=cycle, key=key, actor=actor, request=number, reason=words.ref(reason))

    caller(context).act(make)


@app.command()
def acknowledge(context: typer.Context, cycle: Cycle, number: Number) -> None:
    """Say that the lead has seen the request."""

    async def make(_office: Office, actor: Actor, key: str, _words: Words) -> AnyCommand:
        return Acknowledge(cycle=cycle, key=key, actor=actor, request=number)

    caller(context).act(make)


@app.command()
def extend(
    context: typer.Context,
    cycle: Cycle,
    number: Number,
    reason: Reason,
    *,
    to: Annotated[str | None, typer.Option(help="The day asked for, such as 2026-12-10.")] = None,
    days: Annotated[int | None, typer.Option(help="Or so many working days more.", min=1, max=260)] = None,
) -> None:
    """Ask for more time, to a day or by working days."""
    day = given.day(to, "--to") if to else None

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return RequestExtension(
            cycle=cycle, key=key, actor=actor, request=number, to=day, days=days, reason=words.ref(reason)
        )

    caller(context).act(make)


@app.command("decide-extension")
def decide_extension(
    context: typer.Context,
    cycle: Cycle,
    number: Number,
    *,
    granted: Annotated[bool, typer.Option("--grant/--refuse", help="Which it is.")],
    reason: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Grant or refuse more time."""

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return DecideExtension(
            cycle=cycle, key=key, actor=actor, request=number, granted=granted, reason=words.maybe(reason)
        )

    caller(context).act(make)

"""Requests to leads: ask several, amend, put to another, delegate, ask and say what is meant."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli import given
from cli.caller import WrongUsageError, caller
from cli.drawing import page_of
from cli.evidence import FORMS, Cycle, Number, Reason, app
from cli.office import Office
from cli.saying import when
from reference.cyclefile import FileRequest, request_draft, usual_due
from schemas.commands import (
    AmendRequest,
    AnswerClarification,
    AnyCommand,
    AskClarification,
    AskSeveral,
    Delegate,
    Reassign,
)
from schemas.cycle import Request
from schemas.evidence import RequestDraft
from schemas.people import Actor
from schemas.rows import CyclePage
from schemas.shape import Words

__all__ = ["app"]
Certify = Annotated[bool, typer.Option("--certify", help="The return has to be certified for the force.")]
Certifier = Annotated[str | None, typer.Option(help="Who certifies it, where not the Chief Constable.")]
Points = Annotated[list[str] | None, typer.Option(help="One point to answer; may be repeated.")]
To = Annotated[str, typer.Option(help="Whom: a person's id.")]


@app.command("ask-several")
def ask_several(
    context: typer.Context,
    cycle: Cycle,
    title: Annotated[str, typer.Option(help="What is asked for, in a few words.")],
    lead: Annotated[list[str], typer.Option(help="Who is asked: a person's id; at least two.")],
    *,
    asked: Points = None,
    due: Annotated[str | None, typer.Option(help='Such as "5 working days before session".')] = None,
    form: Annotated[str, typer.Option(help=f"One of: {', '.join(FORMS)}.")] = "report",
    certify: Certify = False,
    certifier: Certifier = None,
) -> None:
    """Put one question to several leads, a request to each."""
    if form not in FORMS:
        raise WrongUsageError(f"--form: {form} is not known; write one of: {', '.join(FORMS)}.")
    first, *others = lead
    if not others:
        raise WrongUsageError("Write --lead at least twice, or use: starter.py request add")

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        page = await page_of(office, cycle)
        usual = usual_due(page.cycle.standards, with_session=bool(page.cycle.sessions))
        budget = given.budget(due, "--due") if due else usual
        file = FileRequest(
            title=title, lead=first, asked=tuple(asked or ()), form=FORMS[form], due=budget,
            certify=certify, certifier=certifier,
        )  # fmt: skip
        draft = request_draft(file, words)
        return AskSeveral(cycle=cycle, key=key, actor=actor, request=draft, others=tuple(others))

    caller(context).act(make)


@app.command()
def campaign(context: typer.Context, cycle: Cycle, number: Number) -> None:
    """Show a campaign: one question to several leads, a row each. Its number is that of its first request."""
    asked = caller(context)

    async def ask(office: Office) -> CyclePage:
        return await page_of(office, cycle)

    page = asked.read(ask)
    some = [one for one in page.cycle.requests if one.campaign == number]
    if not some:
        known = sorted({one.campaign for one in page.cycle.requests if one.campaign})
        which = ", ".join(str(one) for one in known) or "none yet"
        raise WrongUsageError(f"{cycle} has no campaign {number}. Those there are: {which}.")

    def draw(out: Console) -> None:
        table = Table("No.", "Lead", "State", "Due", title=page.say(some[0].draft.title))
        for one in some:
            due = when(one.due.at if one.due else None)
            late = " (missed)" if one.late else ""
            table.add_row(str(one.number), one.draft.lead, _state(one), f"{due}{late}")
        out.print(table)

    asked.show({"campaign": number, "requests": some, "words": page.words}, draw)


@app.command()
def amend(
    context: typer.Context,
    cycle: Cycle,
    number: Number,
    reason: Reason,
    *,
    title: Annotated[str | None, typer.Option(help="The new title; as it is where left out.")] = None,
    asked: Points = None,
    due: Annotated[str | None, typer.Option(help="Another day, which starts the clock again.")] = None,
    form: Annotated[str | None, typer.Option(help=f"One of: {', '.join(FORMS)}.")] = None,
) -> None:
    """Ask otherwise, before the return is accepted. What is left out stays as it is."""
    if form and form not in FORMS:
        raise WrongUsageError(f"--form: {form} is not known; write one of: {', '.join(FORMS)}.")
    budget = given.budget(due, "--due") if due else None

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        draft = _draft(await page_of(office, cycle), number)
        changes = {
            "title": words.ref(title) if title else None,
            "asked": tuple(words.ref(one) for one in asked) if asked else None,
            "due": budget,
            "form": form,
        }
        changed = draft.model_copy(update={name: value for name, value in changes.items() if value})
        return AmendRequest(
            cycle=cycle, key=key, actor=actor, request=number, draft=changed, reason=words.ref(reason)
        )

    caller(context).act(make)


@app.command()
def reassign(context: typer.Context, cycle: Cycle, number: Number, to: To, reason: Reason) -> None:
    """Put a request to another lead. The clock goes on."""

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return Reassign(cycle=cycle, key=key, actor=actor, request=number, to=to, reason=words.ref(reason))

    caller(context).act(make)


@app.command()
def delegate(
    context: typer.Context,
    cycle: Cycle,
    number: Number,
    to: To,
    *,
    until: Annotated[str | None, typer.Option(help="The last day, such as 2026-12-10.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Let a colleague answer too. The lead stays answerable."""
    until_on = given.day(until, "--until") if until else None

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return Delegate(
            cycle=cycle, key=key, actor=actor, request=number, to=to, until_on=until_on,
            reason=words.maybe(reason),
        )  # fmt: skip

    caller(context).act(make)


@app.command("ask")
def ask_clarification(
    context: typer.Context,
    cycle: Cycle,
    number: Number,
    question: Annotated[str, typer.Option(help="What you need to know.")],
) -> None:
    """Ask what is meant; the clock stands still until the office has answered."""

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return AskClarification(
            cycle=cycle, key=key, actor=actor, request=number, question=words.ref(question)
        )

    caller(context).act(make)


@app.command("answer")
def answer_clarification(
    context: typer.Context,
    cycle: Cycle,
    number: Number,
    answer: Annotated[str, typer.Option(help="What is meant.")],
) -> None:
    """Answer a lead's question; the clock runs again, with the time given back."""

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return AnswerClarification(
            cycle=cycle, key=key, actor=actor, request=number, answer=words.ref(answer)
        )

    caller(context).act(make)


def _draft(page: CyclePage, number: int) -> RequestDraft:
    request = page.cycle.request(number)
    if request is None:
        raise WrongUsageError(f"{page.cycle.reference} has no request {number} that was sent.")
    return request.draft


def _state(request: Request) -> str:
    asks = "; asks what is meant" if request.unanswered else ""
    time = "; asks for more time" if request.extension else ""
    return f"{request.state.replace('_', ' ')}{asks}{time}"

"""Findings: draft, approve, publish, show. Checks and releases are in the file beside this one."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown

from cli import given
from cli.caller import WrongUsageError, caller
from cli.drawing import page_of
from cli.evidence import Cycle
from cli.office import Office
from cli.saying import when
from schemas.commands import AnyCommand, ApproveFindings, DraftFindings, Publish, SendBackFindings
from schemas.cycle import FindingsVersion
from schemas.people import Actor
from schemas.rows import CyclePage
from schemas.shape import Words

app = typer.Typer(help="Findings: draft, check, redact, approve, publish, release, correct, withdraw, show.")
Version = Annotated[int | None, typer.Option(help="Which version; the newest.", min=1)]
DespiteElection = Annotated[
    str | None, typer.Option(help="Why it cannot wait until after a poll that is near.")
]


@app.command()
def draft(
    context: typer.Context,
    cycle: Cycle,
    *,
    answer: Annotated[str, typer.Option(help="The answer to the question, in one sentence.")],
    body: Annotated[str | None, typer.Option(help="The account, in markdown.")] = None,
    body_file: Annotated[Path | None, typer.Option(help="A file with the account, in markdown.")] = None,
    correction: Annotated[
        str | None, typer.Option(help="What is put right and why, where findings are published.")
    ] = None,
) -> None:
    """Draft a version of the findings."""
    account = given.text_or_file(body, body_file, "--body")

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return DraftFindings(
            cycle=cycle,
            key=key,
            actor=actor,
            answer=words.ref(answer),
            body=words.ref(account),
            correction=words.maybe(correction),
        )

    caller(context).act(make)


@app.command()
def approve(
    context: typer.Context,
    cycle: Cycle,
    statement: Annotated[
        str, typer.Option(help="What you sign.")
    ] = "I have read this account and approve it.",
    version: Version = None,
) -> None:
    """Sign a version: the chief executive first, then the Commissioner."""

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        number = await newest(office, cycle, version)
        return ApproveFindings(
            cycle=cycle, key=key, actor=actor, version=number, statement=words.ref(statement)
        )

    caller(context).act(make)


@app.command(name="send-back")
def send_back(
    context: typer.Context,
    cycle: Cycle,
    note: Annotated[str, typer.Option(help="What is wrong.")],
    version: Version = None,
) -> None:
    """Send a version back with a note instead of signing it."""

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        number = await newest(office, cycle, version)
        return SendBackFindings(cycle=cycle, key=key, actor=actor, version=number, note=words.ref(note))

    caller(context).act(make)


@app.command()
def publish(
    context: typer.Context, cycle: Cycle, version: Version = None, despite_election: DespiteElection = None
) -> None:
    """Publish an approved version for everybody to read."""

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        number = await newest(office, cycle, version)
        despite = words.maybe(despite_election)
        return Publish(cycle=cycle, key=key, actor=actor, version=number, despite_election=despite)

    caller(context).act(make)


@app.command()
def show(context: typer.Context, cycle: Cycle, version: Version = None) -> None:
    """Show the findings and who has signed them."""
    asked = caller(context)

    async def ask(office: Office) -> CyclePage:
        return await page_of(office, cycle)

    page = asked.read(ask)
    found = version_of(page, version)
    facts = {
        **found.model_dump(mode="json"),
        "answer": page.say(found.answer),
        "body": page.say(found.body),
    }

    def draw(out: Console) -> None:
        signed = ", ".join(one.by.role.value.replace("_", " ") for one in found.approvals) or "nobody yet"
        published = f"published {when(found.published_at)}" if found.published_at else "not published"
        out.print(f"{cycle}, version {found.version}: {published}; signed by {signed}.", style="bold")
        if found.fingerprint:
            out.print(f"Fingerprint: {found.fingerprint}", soft_wrap=True)
        out.print(page.say(found.answer), markup=False)
        out.print(Markdown(page.say(found.body)))

    asked.show(facts, draw)


def version_of(page: CyclePage, version: int | None) -> FindingsVersion:
    """One version of the findings, the newest unless one is named.

    Raises: WrongUsageError: there is none.
    """
    if not page.cycle.findings:
        raise WrongUsageError(f"No findings of {page.cycle.reference} have been drafted yet.")
    found = next((one for one in page.cycle.findings if one.version == version), None)
    if version is None:
        return page.cycle.findings[-1]
    if found is None:
        raise WrongUsageError(f"{page.cycle.reference} has no version {version} of its findings.")
    return found


async def newest(office: Office, cycle: str, version: int | None, *, published: bool = False) -> int:
    """The version that is meant: unless one is named, the newest, or the newest that is published."""
    if version is not None:
        return version
    page = await page_of(office, cycle)
    shown = page.cycle.published()
    return shown.version if published and shown else len(page.cycle.findings) or 1

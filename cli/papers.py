"""The papers of a session: files, written papers and links, opened before it is held."""

import typer

from cli.caller import WrongUsageError, caller
from cli.evidence import Cycle
from cli.office import Office
from cli.returns import Files, Given, Links, Texts, items
from cli.session import Session
from cli.sitting import Urgency, app
from schemas.commands import AnyCommand, PublishPapers
from schemas.people import Actor
from schemas.shape import Words

__all__ = ["app"]


@app.command("papers")
def publish_papers(
    context: typer.Context,
    cycle: Cycle,
    *,
    files: Files = None,
    texts: Texts = None,
    links: Links = None,
    urgency: Urgency = None,
    session: Session = 1,
) -> None:
    """Open papers of a session; files are stored first, as a return's are."""
    typed = Given(tuple(files or ()), tuple(texts or ()), tuple(links or ()))
    if not (typed.files or typed.texts or typed.links):
        raise WrongUsageError("Write --file, --text or --link: there is no paper to open.")

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return PublishPapers(
            cycle=cycle,
            key=key,
            actor=actor,
            session=session,
            papers=await items(office, typed, words),
            urgency=words.maybe(urgency),
        )

    caller(context).act(make)

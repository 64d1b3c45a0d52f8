"""Links that letters carry to a lead: who has one, when it was sent and used; revoke, or send a new one."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import REFUSED, WrongUsageError, caller, title_of
from cli.office import Office, now
from cli.saying import when
from clients.link_letters import LinkLetters
from clients.sending import letterhead_of
from clients.smtp import Smtp
from engine.task_links import TaskLinks
from rules.clocks import civil
from rules.linking import led_as
from schemas.cycle import Request
from schemas.links import TaskLink, Why
from schemas.people import Actor, Person, Role
from schemas.rows import CyclePage
from store.links import Links
from store.sessions import Sessions

app = typer.Typer(help="Links in letters to the force: list, revoke, send.")
MAY = (Role.POLICY_OFFICER, Role.CHIEF_EXECUTIVE)
WHYS: dict[str, Why] = {
    "may-be-known": "may_be_known",
    "not-theirs-now": "not_theirs_now",
    "wrong-person": "wrong_person",
}
Cycle = Annotated[str, typer.Argument(help="The cycle's reference, such as HTA-2026-07.")]
Number = Annotated[int, typer.Argument(help="The request's number in it.", min=1)]
Who = Annotated[str, typer.Argument(help="A person's id such as acc-local-policing.")]


@app.command("list")
def list_(context: typer.Context, cycle: Cycle, request: Number) -> None:
    """Everybody who has a link to a request. The links themselves are kept nowhere, so none is shown."""
    asked = caller(context)

    async def ask(office: Office) -> tuple[list[TaskLink], dict[str, Person]]:
        await _request(office, cycle, request)
        return await _links(office).of_request(cycle, request), await office.reads.people()

    found, people = asked.read(ask)
    facts = [one.model_dump(mode="json", exclude={"digest"}) for one in found]
    asked.show({"links": facts}, lambda out: _draw(out, found, people))


@app.command("revoke")
def revoke(
    context: typer.Context,
    cycle: Cycle,
    request: Number,
    person: Who,
    *,
    why: Annotated[str, typer.Option(help="may-be-known, not-theirs-now or wrong-person.")],
) -> None:
    """Let somebody's links to a request no longer work."""
    asked = caller(context)
    if why not in WHYS:
        raise WrongUsageError(
            f"--why {why} is not known. Write may-be-known, not-theirs-now or wrong-person."
        )

    async def take_back(office: Office) -> int:
        actor = officer(await asked.actor(office))
        await _request(office, cycle, request)
        assert office.pool is not None
        kept = Sessions(office.pool)
        return await _links(office).shut(
            kept, cycle, request, person, by=actor.person, why=WHYS[why], at=now()
        )

    count = asked.read(take_back)
    asked.show({"revoked": count}, lambda out: out.print(f"Links revoked: {count}."))


@app.command("send")
def send(context: typer.Context, cycle: Cycle, request: Number, person: Who) -> None:
    """Send somebody a new link to a request, by mail, now."""
    asked = caller(context)

    async def post(office: Office) -> bool:
        actor = officer(await asked.actor(office))
        page, owed = await _request(office, cycle, request)
        people = await office.reads.people()
        to = people.get(person)
        if to is None or not to.address or led_as(to, owed, people, civil(now())) is None:
            raise WrongUsageError(f"{person} may not answer request {request}, or has no address here.")
        letter = f"{cycle}/by-hand/{asked.key}"
        links = _links(office)
        token, sent = await links.make(letter, cycle, request, person, at=now(), by=actor.person)
        facts = {"ref": cycle, "cycle": page.say(page.cycle.title), "request": page.say(owed.draft.title),
                 "due_at": owed.due.at if owed.due else None}  # fmt: skip
        sent = sent or await _letters(office).new_link(person, f"/t/{token}", facts)
        if sent:
            await links.sent(letter, person, now())
        return sent

    if not asked.read(post):
        asked.err.print("The mail server did not take it, so nothing was sent. Try again in a minute.")
        raise typer.Exit(REFUSED)
    asked.show({"sent": person}, lambda out: out.print(f"A new link was sent to {person}."))


def _links(office: Office) -> TaskLinks:
    assert office.pool is not None
    secret = office.settings.session_secret
    if secret is None:
        raise WrongUsageError("Links are made with the pages' secret: set ANSWERABLE_SESSION_SECRET_FILE.")
    return TaskLinks(Links(office.pool), secret)


def _letters(office: Office) -> LinkLetters:
    chosen = office.settings
    server = Smtp(
        chosen.need("smtp_host"), chosen.smtp_port, username=chosen.smtp_username,
        password=chosen.smtp_password, starttls=chosen.smtp_starttls,
    )  # fmt: skip
    return LinkLetters(server, office.reads, letterhead_of(chosen))


def officer(actor: Actor) -> Actor:
    """Whoever acts, where links are theirs to look after.

    Raises: WrongUsageError: they are not.
    """
    if actor.role not in MAY:
        raise WrongUsageError("Only a policy officer or the chief executive revokes or sends a link.")
    return actor


async def _request(office: Office, cycle: str, number: int) -> tuple[CyclePage, Request]:
    page = await office.reads.cycle(cycle)
    found = page.cycle.request(number) if page else None
    if page is None or found is None:
        raise WrongUsageError(f"There is no request {number} in {cycle}. See: starter.py cycle show {cycle}")
    return page, found


def _draw(out: Console, found: list[TaskLink], people: dict[str, Person]) -> None:
    if not found:
        out.print("No link to this request has been sent.")
        return
    table = Table("To", "Sent", "Opened", "State")
    for one in found:
        state = f"revoked {when(one.revoked_at)} ({one.why})" if one.revoked_at else "works"
        sent = when(one.sent_at) if one.sent_at else "not delivered"
        table.add_row(title_of(people, one.person), sent, when(one.opened_at) if one.opened_at else "", state)
    out.print(table)

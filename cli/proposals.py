"""Proposals from outside events that wait for an officer, and the line that each event left."""

from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from cli import given
from cli.caller import WrongUsageError, caller
from cli.office import Office
from cli.programme import act, programme_page, year_in
from cli.saying import when, whole
from cli.slots import Meant, Opens, Reason, Session, app
from rules.clocks import civil
from rules.programme.years import label, year_of
from schemas.inspections import InspectionReport
from schemas.people import Actor
from schemas.programme import Proposal, SlotDraft
from schemas.programme.commands import AcceptProposal, AnyProgrammeCommand, DeclineProposal
from schemas.programme.events import OutsideTaken
from schemas.programme.records import ProgrammeEntry
from schemas.programme.rows import ProgrammePage
from schemas.shape import Words
from store.texts import TEXT

__all__ = ["app"]
Which = Annotated[int, typer.Argument(help="The proposal's number.", min=1)]
OUTCOMES = {
    "proposed": "proposed a cycle",
    "opens": "opens a cycle by itself",
    "fed": "was put to a cycle",
    "noted": "was noted",
    "nothing": "led to nothing",
}


@app.command()
def proposals(
    context: typer.Context,
    *,
    every: Annotated[bool, typer.Option("--all", help="Those that are settled too.")] = False,
) -> None:
    """List the cycles that outside events gave reason to propose."""
    asked = caller(context)
    page = asked.read(programme_page)
    found = [one for one in page.programme.proposals if every or one.state == "waiting"]
    facts = [_said(one, page) for one in found]
    asked.show(facts, lambda out: _draw(out, found, page))


@app.command()
def accept(
    context: typer.Context,
    proposal: Which,
    opens: Opens = None,
    session: Session = None,
    *,
    confirmed: Meant = False,
    officer: Annotated[str | None, typer.Option(help="Who runs it; left out, you.")] = None,
    kind: Annotated[str | None, typer.Option(help="Another kind of cycle than the rule says.")] = None,
    commitment: Annotated[list[str] | None, typer.Option(help="About this; may be repeated.")] = None,
    year: Annotated[str | None, typer.Option(help="The year; left out, the one of its day.")] = None,
    report_published: Annotated[
        str | None, typer.Option(help="The day on which the inspection report that it answers was published.")
    ] = None,
    report_title: Annotated[str | None, typer.Option(help="That report's title or number.")] = None,
) -> None:
    """Make a cycle to come of a proposal. In an adopted year it is adopted with that."""
    asked, only = caller(context), year_in(year) if year else None
    if opens is None:
        raise WrongUsageError("Write --opens and the day on which it opens, such as 2027-05-04.")
    if report_title and not report_published:
        raise WrongUsageError("Write --report-published too: the law's window begins on that day.")
    published_on = given.day(report_published, "--report-published") if report_published else None
    days: dict[str, Any] = {
        "opens_on": given.day(opens, "--opens"),
        "session_at": given.moment(session, "--session") if session else None,
        "confirmed": confirmed,
    }

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyProgrammeCommand:
        page = await programme_page(office)
        waits = _waiting(page, proposal)
        draft = SlotDraft(
            title=waits.title,
            theme=waits.theme,
            commitments=_about(waits, commitment),
            question=waits.question,
            cycle_kind=kind or waits.cycle_kind,
            officer=officer or actor.person,
            ground="outside",
            because=waits.because,
            report=_report(published_on, report_title, words),
            **days,
        )
        on = civil(draft.session_at) if draft.session_at else draft.opens_on
        return AcceptProposal(
            programme=page.programme.reference,
            key=key,
            actor=actor,
            proposal=proposal,
            year=only if only is not None else year_of(on),
            draft=draft,
        )

    act(asked, make)


def _about(waits: Proposal, commitment: list[str] | None) -> tuple[str, ...]:
    if about := tuple(commitment or ()) or waits.commitments:
        return about
    raise WrongUsageError(
        f"Proposal {waits.number} names no commitment. Write --commitment and one of its theme "
        f"(starter.py plan show --objective {waits.theme})."
    )


def _report(published_on: date | None, title: str | None, words: Words) -> InspectionReport | None:
    if published_on is None:
        return None
    return InspectionReport(published_on=published_on, title=words.maybe(title))


@app.command()
def decline(context: typer.Context, proposal: Which, reason: Reason) -> None:
    """Set a proposal aside, with the reason."""

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyProgrammeCommand:
        page = await programme_page(office)
        about = {"programme": page.programme.reference, "key": key, "actor": actor}
        return DeclineProposal(proposal=proposal, reason=words.ref(reason), **about)

    act(caller(context), make)


@app.command()
def lines(
    context: typer.Context,
    most: Annotated[int, typer.Option(help="So many.", min=1, max=1000)] = 50,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="The whole ledger, not only outside events.")
    ] = False,
) -> None:
    """Show what outside events came to, newest first: which rule did what, and why."""
    asked = caller(context)

    async def ask(office: Office) -> tuple[list[ProgrammeEntry], dict[str, str]]:
        page = await programme_page(office)
        kind = None if everything else "OutsideTaken"
        found = await office.reads.programme_entries(page.programme.reference, kind=kind, most=most)
        refs = {ref for one in found for ref in TEXT.findall(one.model_dump_json())}
        return list(reversed(found)), await office.reads.words(refs)

    found, words = asked.read(ask)
    facts = [{"entry": one.model_dump(mode="json"), "said": _line(one, words)} for one in found]
    asked.show(facts, lambda out: _draw_lines(out, found, words))


def _waiting(page: ProgrammePage, number: int) -> Proposal:
    found = page.programme.proposal(number)
    if found is None:
        raise WrongUsageError(
            f"There is no proposal {number}. See those there are with: starter.py programme proposals --all"
        )
    return found


def _said(one: Proposal, page: ProgrammePage) -> dict[str, object]:
    words = {name: page.say(getattr(one, name)) for name in ("title", "question", "because", "declined")}
    return {**one.model_dump(mode="json"), **words}


def _line(entry: ProgrammeEntry, words: dict[str, str]) -> str:
    event = entry.event
    if not isinstance(event, OutsideTaken):
        about = getattr(event, "slot", None) or getattr(event, "year", None) or ""
        said = f"{event.kind} {label(about) if isinstance(about, int) else about}".strip()
        reason = words.get(getattr(event, "reason", None) or "", "")
        return f"{said}: {reason}" if reason else said
    made = event.cycle or event.slot or (f"proposal {event.proposal}" if event.proposal else "")
    by = f" by {event.rule}" if event.rule else ""
    became = f"{OUTCOMES[event.outcome]}{by}{f' ({made})' if made else ''}"
    return f"{event.event_type}: {became}. {words.get(event.because, '')}"


def _draw(out: Console, found: list[Proposal], page: ProgrammePage) -> None:
    if not found:
        out.print("No proposal waits.")
        return
    table = Table("No", "Title", "About", "Because", "Came", "State")
    for one in found:
        state = f"{one.state} as {one.slot}" if one.slot else one.state
        about = " ".join(one.commitments) or one.theme
        because = page.say(one.because)
        table.add_row(str(one.number), page.say(one.title), about, because, when(one.at), state)
    out.print(table)


def _draw_lines(out: Console, found: list[ProgrammeEntry], words: dict[str, str]) -> None:
    if not found:
        out.print("Nothing has come in from outside.")
        return
    table = Table(whole("When"), "Who", "What")
    for one in found:
        table.add_row(when(one.at), one.actor.person, _line(one, words))
    out.print(table)

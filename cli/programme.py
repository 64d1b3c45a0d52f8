"""The programme: begin it, see it, see what was asked so far, have a year suggested, adopt it."""

import re
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli import standing
from cli.caller import Caller, WrongUsageError, caller
from cli.office import Office, now
from cli.saying import when, whole
from engine.planning import (
    USUAL_KIND,
    coverage_now,
    drafts_of,
    programme_now,
    reference_of,
    suggestion_now,
)
from engine.programme_desk import ProgrammeOutcome
from rules.programme.years import label
from schemas.outcomes import Refused
from schemas.people import Actor
from schemas.programme import Programme, Slot
from schemas.programme.commands import AdoptYear, AnyProgrammeCommand, OpenProgramme, ProposeSlots
from schemas.programme.rows import Coverage, ProgrammePage, Suggestion
from schemas.shape import Words

app = typer.Typer(help="The programme: years of cycles to come, what they cover, and what outside proposes.")
Year = Annotated[str, typer.Option(help="The programme year, such as 2027 or 2027-28.")]
OneYear = Annotated[str | None, typer.Option("--year", help="Only this year, such as 2027 or 2027-28.")]
Officer = Annotated[str | None, typer.Option(help="Who runs them: a policy officer's id; left out, you.")]
A_YEAR = re.compile(r"(20\d\d|21\d\d)(?:-(\d\d))?")
BEGIN = "No programme is begun yet. Run: starter.py programme begin"
Make = Callable[[Office, Actor, str, Words], Awaitable[AnyProgrammeCommand]]


def year_in(words: str, option: str = "--year") -> int:
    """A programme year such as 2027 or 2027-28.

    Raises: WrongUsageError: it is none.
    """
    found = A_YEAR.fullmatch(words.strip())
    if found is None or (found[2] and label(int(found[1])) != words.strip()):
        raise WrongUsageError(f'{option}: "{words}" is no programme year; write 2027 or 2027-28.')
    return int(found[1])


async def reference(office: Office) -> str:
    """The office's programme, or the one that it would begin."""
    programme = await programme_now(office.reads)
    return programme.reference if programme else reference_of(await standing.body(office))


async def programme_page(office: Office) -> ProgrammePage:
    """The office's programme with its words.

    Raises: WrongUsageError: none is begun.
    """
    programme = await programme_now(office.reads)
    page = await office.reads.programme(programme.reference) if programme else None
    if page is None:
        raise WrongUsageError(BEGIN)
    return page


def act(asked: Caller, make: Make) -> None:
    """Do one act to the programme and say what came of it; the process ends with the code that tells it."""

    async def send(office: Office) -> ProgrammeOutcome:
        actor, words = await asked.actor(office), Words()
        return await office.programme.send(await make(office, actor, asked.key, words), words)

    asked.answer(asked.do(send))


def unless_refused(asked: Caller, found: object) -> None:
    """End with 1 and the sentence where something was refused."""
    if isinstance(found, Refused):
        asked.answer(found)


@app.command()
def begin(context: typer.Context) -> None:
    """Begin the office's programme. It has no end; years are planned in it."""

    async def make(office: Office, actor: Actor, key: str, _words: Words) -> AnyProgrammeCommand:
        return OpenProgramme(programme=await reference(office), key=key, actor=actor)

    act(caller(context), make)


@app.command()
def show(context: typer.Context, year: OneYear = None) -> None:
    """Show the programme: each year's cycles, opened and to come."""
    asked, only = caller(context), year_in(year) if year else None
    page = asked.read(programme_page)
    if only is not None:
        slots = page.programme.in_year(only)
        page = page.model_copy(update={"programme": page.programme.model_copy(update={"slots": slots})})
    asked.show(page, lambda out: _draw(out, page, only))


@app.command()
def coverage(
    context: typer.Context,
    theme: Annotated[str | None, typer.Option(help="Only this objective, such as reassuring.")] = None,
) -> None:
    """Show what was asked about each commitment of the plan, when last, and why to ask again."""
    asked = caller(context)

    async def ask(office: Office) -> tuple[Coverage, ...] | Refused:
        return await coverage_now(office.reads, now())

    rows = asked.read(ask)
    if isinstance(rows, Refused):
        asked.answer(rows)
        return
    themes = list(dict.fromkeys(one.theme for one in rows))
    if theme and theme not in themes:
        raise WrongUsageError(f"--theme: the plan has no {theme}. Write one of: {', '.join(themes)}.")
    found = [one for one in rows if theme in (None, one.theme)]
    asked.show(found, lambda out: _draw_coverage(out, found))


@app.command()
def suggest(
    context: typer.Context,
    year: Year,
    cycles: Annotated[int, typer.Option(help="How many cycles.")],
    *,
    kind: Annotated[str, typer.Option(help="The kind of cycle, such as performance.")] = USUAL_KIND,
    officer: Officer = None,
    propose: Annotated[bool, typer.Option("--propose", help="Put them into the year as they are.")] = False,
) -> None:
    """Suggest a year: what most needs asking, on days that are free. Nothing is written without --propose."""
    asked, of = caller(context), year_in(year)

    async def ask(office: Office) -> Suggestion | Refused:
        return await suggestion_now(office.reads, of, cycles, now(), kind)

    if not propose:
        found = asked.read(ask)
        unless_refused(asked, found)
        if isinstance(found, Suggestion):
            asked.show(found, lambda out: _draw_suggestion(out, found))
        return

    async def put_in(office: Office) -> ProgrammeOutcome:
        actor, words = await asked.actor(office), Words()
        made = await ask(office)
        if isinstance(made, Refused):
            return made
        if not made.cycles:
            return Refused(code="nothing_to_propose", message=made.why, source="local.programme")
        slots = drafts_of(made, officer or actor.person, kind, words)
        about = {"programme": await reference(office), "key": asked.key, "actor": actor}
        return await office.programme.send(ProposeSlots(year=of, slots=slots, **about), words)

    asked.answer(asked.do(put_in))


@app.command()
def adopt(context: typer.Context, year: Year) -> None:
    """Adopt a year as the Commissioner: each of its cycles opens by itself when its day comes."""
    of = year_in(year)

    async def make(office: Office, actor: Actor, key: str, _words: Words) -> AnyProgrammeCommand:
        return AdoptYear(programme=await reference(office), key=key, actor=actor, year=of)

    act(caller(context), make)


def state_of(slot: Slot, page: ProgrammePage) -> str:
    """Where a cycle to come stands, in words."""
    if slot.state == "opened":
        late = f", {int(slot.late_by.total_seconds() // 60)} minutes late" if slot.late_by else ""
        return f"open as {slot.cycle}{late}"
    if slot.refused:
        return f"could not be opened: {page.say(slot.refused)}"
    if slot.state == "dropped":
        return f"taken out: {page.say(slot.dropped)}"
    return (
        f"{slot.state}{f', moved {slot.moves} times' if slot.moves > 1 else ', moved' if slot.moves else ''}"
    )


def _draw(out: Console, page: ProgrammePage, only: int | None) -> None:
    programme = page.programme
    years = [only] if only is not None else list(programme.years)
    out.print(f"{programme.reference}, since {when(programme.opened_at)}", style="bold")
    for year in years:
        slots = programme.in_year(year)
        if not slots:
            out.print(f"Nothing is planned in {label(year)}. Run: starter.py programme suggest")
            continue
        said = "adopted" if year in programme.adopted else "proposed"
        table = Table(whole("Cycle"), "Title", "Opens", "Session", "Who", "State")
        table.title, table.title_justify = f"{label(year)} ({said})", "left"
        for one in sorted(slots, key=lambda slot: (slot.draft.opens_on, slot.number)):
            draft = one.draft
            held = when(draft.session_at) if draft.session_at else "no session fixed"
            opens = f"{draft.opens_on:%a %-d %b %Y}"
            table.add_row(one.number, page.say(draft.title), opens, held, draft.officer, state_of(one, page))
        out.print(table)
    if not years:
        out.print("No year is planned yet. Run: starter.py programme suggest")
    _draw_waiting(out, programme)


def _draw_waiting(out: Console, programme: Programme) -> None:
    waiting = sum(1 for one in programme.proposals if one.state == "waiting")
    if waiting:
        are = "proposal waits" if waiting == 1 else "proposals wait"
        out.print(f"{waiting} {are} from outside. See: starter.py programme proposals")


def _draw_coverage(out: Console, rows: list[Coverage]) -> None:
    table = Table(whole("Commitment"), "Times", "Last", "Judgement", "Ask again because", "Planned")
    for one in rows:
        last = f"{one.last} ({one.last_on:%-d %b %Y})" if one.last and one.last_on else ""
        said = (one.judgement or "").replace("_", " ")
        why = (one.ground or "").replace("_", " ")
        table.add_row(one.commitment, str(one.times), last, said, why, one.planned or "")
    out.print(table)
    asked = sum(1 for one in rows if one.times)
    out.print(f"{asked} of {len(rows)} commitments were asked about.")


def _draw_suggestion(out: Console, found: Suggestion) -> None:
    table = Table("Opens", "Session", "Title", "About", "Because")
    for one in found.cycles:
        opens, about = f"{one.opens_on:%a %-d %b %Y}", " ".join(one.commitments)
        table.add_row(opens, when(one.session_at), one.title, about, one.because)
    if found.cycles:
        table.title, table.title_justify = f"Suggested for {label(found.year)}", "left"
        out.print(table)
    if found.why:
        out.print(found.why)
    if found.left_out:
        out.print(f"{found.left_out} commitments with reason to be asked about found no room.")

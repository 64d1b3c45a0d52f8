"""Rehearsing a year of the programme in skipped time, before anybody is asked: what falls together."""

import asyncio
import time
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import WrongUsageError, caller, title_of
from cli.diary import app
from cli.office import Office, now
from cli.programme import Year, programme_page, year_in
from cli.saying import when
from cli.standing import newest
from embedded.temporal import binary
from reference.cyclefile import FileRequest
from rehearsal.conduct import Answering
from rehearsal.memory import Memory
from rehearsal.script import Script
from rehearsal.together import Crowded, Month, Together, together
from rehearsal.year import rehearse_year, script_for
from rules.clocks import civil, london
from rules.programme.years import label
from schemas.evidence import RequestDraft
from schemas.people import Person
from schemas.programme import Slot
from schemas.programme.rows import ProgrammePage
from schemas.shape import Shape, SlotNumber
from schemas.standards import Standards

__all__ = ["app"]
Late = Annotated[list[str] | None, typer.Option(help="A lead who is late, such as acc-local-policing=3.")]
Silent = Annotated[list[str] | None, typer.Option(help="A lead who says nothing: their id.")]
MOST_LATE = 60


@dataclass(frozen=True)
class Known:
    """What is taken along: the programme, the office's standards, and its people and plan."""

    page: ProgrammePage
    kinds: dict[str, Standards]
    memory: Memory


@dataclass(frozen=True)
class Manner:
    """How the people of the force keep their days, and whom cycles ask that name nobody yet."""

    leads: dict[str, Answering]
    ask: str | None = None


class RehearsedYear(Shape):
    """A year of the programme as it would run, and how long it took to find out."""

    year: int
    cycles: tuple[SlotNumber, ...]
    without_session: tuple[SlotNumber, ...]
    """Left out: no session is fixed."""
    asking_nobody: tuple[SlotNumber, ...]
    """Rehearsed, but they name no request yet."""
    together: Together
    seconds: float


@app.command("rehearse")
def rehearse_programme(
    context: typer.Context,
    year: Year,
    *,
    ask: Annotated[
        str | None, typer.Option(help="Whom cycles without requests would ask: a lead's id.")
    ] = None,
    late: Late = None,
    silent: Silent = None,
) -> None:
    """Rehearse a whole year: all its cycles side by side on the real engine, and keep nothing."""
    asked, of = caller(context), year_in(year)

    async def read(office: Office) -> Known:
        page, kinds = await programme_page(office), await newest(office)
        people, plan = await office.reads.people(), await office.reads.plan()
        return Known(page, kinds, Memory(everybody=people, plan_in_force=plan))

    known = asked.read(read)
    people = dict(known.memory.everybody)
    manners = _manners(people, late or [], silent or [])
    if ask:
        _lead(people, ask, "--ask")
    waiting = asked.err.status("Rehearsing …") if asked.err.is_terminal else nullcontext()
    with waiting:
        found = rehearsed(of, known, Manner(manners, ask))
    asked.show(found, lambda out: draw(out, found, people))


def rehearsed(year: int, known: Known, manner: Manner) -> RehearsedYear:
    """A year of the programme, all its cycles side by side.

    Raises: WrongUsageError: no cycle of it has a session.
    """
    page, ask = known.page, manner.ask
    slots = [one for one in page.programme.in_year(year) if one.state != "dropped"]
    planned = [one for one in slots if one.draft.session_at]
    if not planned:
        raise WrongUsageError(
            f"No cycle with a session is planned in {label(year)}. Run: starter.py programme suggest"
        )
    scripts = [_script(one, known, manner) for one in planned]
    began = time.perf_counter()
    played = asyncio.run(rehearse_year(scripts, binary(), now(), memory=known.memory))
    return RehearsedYear(
        year=year,
        cycles=tuple(one.number for one in planned),
        without_session=tuple(one.number for one in slots if not one.draft.session_at),
        asking_nobody=tuple(one.number for one in planned if not one.draft.requests and not ask),
        together=together(
            {one.number: run for one, run in zip(planned, played, strict=True)},
            (one.id for one in known.memory.everybody.values() if one.side == "force"),
        ),
        seconds=round(time.perf_counter() - began, 1),
    )


def _manners(people: dict[str, Person], late: list[str], silent: list[str]) -> dict[str, Answering]:
    found = {_lead(people, one, "--silent"): Answering("silent") for one in silent}
    for one in late:
        lead, _, days = one.partition("=")
        if not days.isdigit() or not 1 <= int(days) <= MOST_LATE:
            raise WrongUsageError(
                f'--late: write a lead and working days, such as {lead or "acc"}=3, not "{one}".'
            )
        found[_lead(people, lead, "--late")] = Answering("late", int(days))
    return found


def _lead(people: dict[str, Person], person: str, option: str) -> str:
    leads = [one.id for one in people.values() if one.side == "force" and one.address]
    if person not in leads:
        raise WrongUsageError(
            f"{option}: nobody of the force is known as {person}. Write one of: {', '.join(leads)}."
        )
    return person


def _script(slot: Slot, known: Known, manner: Manner) -> Script:
    page, ask = known.page, manner.ask
    draft = slot.draft
    at = draft.session_at
    assert at is not None
    script = script_for(
        draft.opens_on,
        civil(at),
        page.say(draft.title),
        {page.say(draft.title): ask} if ask and not draft.requests else {},
        known.kinds[draft.cycle_kind],
        answering=manner.leads,
        theme=draft.theme,
        commitments=draft.commitments,
        question=page.say(draft.question),
        hour=f"{london(at):%H:%M}",
        forum=draft.forum,
    )
    cycle = script.cycle
    session = cycle.session and replace(cycle.session, confirmed=draft.confirmed)
    requests = tuple(_request(one, page) for one in draft.requests) or cycle.requests
    return replace(script, cycle=replace(cycle, requests=requests, session=session))


def _request(draft: RequestDraft, page: ProgrammePage) -> FileRequest:
    return FileRequest(
        title=page.say(draft.title),
        lead=draft.lead,
        asked=tuple(page.say(one) for one in draft.asked),
        form=draft.form,
        due=draft.due,
        commitment=draft.commitment,
        certify=draft.certify,
        certifier=draft.certifier,
    )


def draw(out: Console, found: RehearsedYear, people: dict[str, Person]) -> None:
    """A rehearsed year, month by month, and the days on which too much falls together."""
    table = Table("Month", "Sessions", "Returns due", "Letters to the force", "Missed")
    table.title, table.title_justify = f"{label(found.year)} (a rehearsal; nothing is kept)", "left"
    for month in found.together.months:
        table.add_row(*_month(month, people))
    out.print(table)
    for one in found.together.crowded:
        out.print(_crowded(one, people), markup=False)
    for slots, said in (
        (found.without_session, "have no session fixed and were left out"),
        (found.asking_nobody, "name no request yet; --ask and a lead's id assumes one"),
    ):
        if slots:
            out.print(f"{', '.join(slots)}: {said}.")
    whole_year = found.together
    out.print(
        f"{len(found.cycles)} cycles in {found.seconds:.1f} s: {whole_year.letters} letters to the force, "
        f"{whole_year.missed} days missed.",
        style="bold",
    )


def _month(month: Month, people: dict[str, Person]) -> list[str]:
    held = "\n".join(f"{one.slot} {when(one.at)}" for one in month.sessions)
    due, letters = (
        "\n".join(f"{count} {title_of(people, person)}" for person, count in counted.items())
        for counted in (month.due, month.letters)
    )
    return [f"{month.begins_on:%B %Y}", held, due, letters, str(month.missed) if month.missed else ""]


def _crowded(one: Crowded, people: dict[str, Person]) -> str:
    on, slots = f"{one.on:%A %-d %B %Y}", ", ".join(one.slots)
    if one.lead is None:
        return f"{on}: {len(one.slots)} sessions on one day ({slots})."
    return f"{on}: {title_of(people, one.lead)} owes returns to {len(one.slots)} cycles at once ({slots})."

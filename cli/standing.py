"""Local standards: what applies, changing them, who changed them when, and releasing them to open cycles."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
import yaml
from rich.console import Console
from rich.table import Table

from cli import releases
from cli.calendars import edition_of
from cli.caller import WrongUsageError, caller
from cli.given import text_of
from cli.office import Office, now
from cli.saying import when, whole
from engine.releasing import Released, under_standards
from reference.catalogue import calendar, standards
from reference.standing import standards_in
from reference.windows import OfOffice
from reference.working import working_calendar
from rules.acting.authority import MAY, titles
from rules.acting.bodies import line_of
from rules.deciding.changes import rehoured
from rules.deciding.moment import Moment
from rules.rungs import changed_rungs
from schemas.commands import AnyCommand, ChangeStandards
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from schemas.people import Actor
from schemas.rows import MovedRow, RungRow
from schemas.standards import Standards, StandardsEdition

app = typer.Typer(help="Local standards, kind by kind: show, change, history, preview, release.")
Kind = Annotated[str, typer.Argument(help="A kind of cycle, such as performance.")]


async def newest(office: Office) -> dict[str, Standards]:
    """The standards of each kind: as the office changed them last, or as they came."""
    return {**standards(), **await office.reads.standards(await body(office))}


async def body(office: Office) -> str:
    """The office whose standards these are: the body of its plan.

    Raises: WrongUsageError: no plan is imported.
    """
    plan = await office.reads.plan()
    if plan is None:
        raise WrongUsageError("No plan is imported yet. Run: starter.py plan import")
    return plan.body


async def bodies(office: Office) -> tuple[str, ...]:
    """The body of the office's plan, and all who follow it as announced."""
    name = await body(office)
    return line_of(name, await office.reads.successions(name))


@app.command()
def show(
    context: typer.Context,
    kind: Annotated[str | None, typer.Argument(help="Only this kind, such as performance.")] = None,
) -> None:
    """Show the standards that new cycles follow, in the form in which they are changed."""
    asked = caller(context)
    every = asked.read(newest)
    if kind:
        every = {kind: _known(every, kind)}
    facts = [one.model_dump(mode="json") for one in every.values()]
    asked.show(facts, lambda out: out.print(yaml.safe_dump(facts, sort_keys=False), markup=False))


@app.command()
def change(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The standards as YAML, as `show` prints them.")],
    reason: Annotated[str, typer.Option(help="Why; kept with who changed them and when.")],
) -> None:
    """Change the standards of one kind or more for new cycles; open ones follow when they are released."""
    asked = caller(context)
    wanted = standards_in(text_of(file, "FILE"), file.name)

    async def keep(office: Office) -> list[StandardsEdition]:
        actor, present = await asked.actor(office), await newest(office)
        if actor.role not in MAY["ChangeStandards"]:
            raise WrongUsageError(f"Local standards are changed by a {titles(MAY['ChangeStandards'])}.")
        made = [_next(one, _known(present, one.id)) for one in wanted]
        for one in made:
            if not await office.keeping.keep_standards(await body(office), one, actor.person, reason):
                raise WrongUsageError(f"Somebody has just changed {one.id}. Look at them and try again.")
        return [StandardsEdition(standards=one, changed_by=actor.person, reason=reason) for one in made]

    if not reason.strip():
        raise WrongUsageError("--reason: say why they are changed.")
    made = asked.read(keep)
    words = ", ".join(f"{one.standards.id}, edition {one.standards.edition}" for one in made)
    said = f"Kept: {words}. New cycles follow them; release them to open ones."
    asked.show(made, lambda out: out.print(said))


@app.command()
def history(context: typer.Context, kind: Kind) -> None:
    """List every edition of a kind's standards: who changed them, when and why."""
    asked = caller(context)
    _known(standards(), kind)

    async def ask(office: Office) -> tuple[StandardsEdition, ...]:
        made = await office.reads.standards_history(await body(office), kind)
        return OfOffice(standards=tuple(made)).kinds(kind)

    every = asked.read(ask)
    asked.show(every, lambda out: _draw(out, every))


@app.command()
def preview(context: typer.Context, kind: Kind) -> None:
    """List the cycles, clocks and reminders under way that the newest standards of a kind would change."""
    asked = caller(context)
    new, cycles, rows = asked.read(lambda office: _moves(office, kind))
    rungs = reminders(cycles, new)
    releases.show_moves(asked, f"{kind}, edition {new.edition}", rows, len(cycles), rungs)


@app.command("release")
def send(context: typer.Context, kind: Kind) -> None:
    """Release the newest standards of a kind to its open cycles; repeating it changes nothing more."""
    asked = caller(context)

    async def act(office: Office) -> tuple[Standards, Released, int]:
        new, cycles, rows = await _moves(office, kind)
        moving = {row.cycle for row in rows}

        def make(actor: Actor) -> list[AnyCommand]:
            return list(_commands(cycles, new, actor))

        return new, await releases.send_all(asked, office, make, moving), len(rows)

    new, done, clocks = asked.do(act, quiet=True)
    releases.answer(asked, f"{kind}, edition {new.edition}", done, clocks)


async def _moves(office: Office, kind: str) -> tuple[Standards, list[Cycle], list[MovedRow]]:
    new = _known(await newest(office), kind)
    line = await bodies(office)
    of_office = [one for one in await office.reads.following(kind) if one.body in line]
    cycles = [one for one in of_office if one.standards.edition < new.edition]
    return new, cycles, under_standards(cycles, new, edition_of(calendar().version), now())


def reminders(cycles: Iterable[Cycle], new: Standards) -> list[RungRow]:
    """Every reminder of an open request that these standards would change, before and after."""
    rows: list[RungRow] = []
    for one in cycles:
        counts_by = working_calendar(one.calendar)
        if isinstance(counts_by, Refused):
            continue
        moment = Moment(now=now() - one.set_back, calendar=counts_by)
        rows += changed_rungs(one, new, rehoured(one, new, moment), moment)
    return rows


def _known(every: dict[str, Standards], kind: str) -> Standards:
    if kind not in every:
        raise WrongUsageError(f"There is no kind {kind}. Write one of: {', '.join(every)}.")
    return every[kind]


def _next(wanted: Standards, present: Standards) -> Standards:
    return wanted.model_copy(update={"edition": present.edition + 1})


def _commands(cycles: Iterable[Cycle], new: Standards, actor: Actor) -> Iterable[AnyCommand]:
    for one in cycles:
        key = f"standards:{new.id}:{new.edition}:{one.reference}"[-80:]
        yield ChangeStandards(cycle=one.reference, key=key, actor=actor, standards=new)


def _draw(out: Console, every: Iterable[StandardsEdition]) -> None:
    table = Table(whole("Edition"), "By", "When", "Why")
    for one in every:
        at = when(one.changed_at) if one.changed_at else "as shipped"
        table.add_row(str(one.standards.edition), one.changed_by, at, one.reason)
    out.print(table)

"""`what-if`: what would come of a late force, a session that moves or a new bank holiday, side by side."""

import re
from contextlib import nullcontext
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import REFUSED, Caller, WrongUsageError, caller, title_of
from cli.deadlines import WHAT
from cli.office import Office, now
from cli.saying import when, whole
from embedded.temporal import binary
from reference.forums import forums_of
from rehearsal.apart import Apart
from rehearsal.taking import take_along
from rules.acting.supposing import may_suppose
from rules.supposing.asking import Said, supposition
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.rows import CyclePage
from schemas.supposing import Row, Supposition, WhatIf

REFERENCE = re.compile(r"HTA-\d{4}-\d{2,4}")
OPTIONS = {
    "force_late": "--force-late",
    "session_moves": "--session-moves",
    "holidays": "--holiday",
    "office_late": "--office-late",
}
"""The option in which each field was typed."""
OWED = {**WHAT, "review": "Review", "papers": "Papers"}
MARKS = {"met": "", "late": "late", "never": "not there", "none": "not owed"}


def what_if_command(
    context: typer.Context,
    reference: Annotated[str, typer.Argument(help="A cycle under way, such as HTA-2026-07.")],
    *,
    force_late: Annotated[
        str, typer.Option(help="Working days by which every return comes late, or silent.")
    ] = "",
    session_moves: Annotated[str, typer.Option(help="Days by which the next session moves, such as 7.")] = "",
    holiday: Annotated[
        list[str] | None, typer.Option(help="A day proclaimed a bank holiday; may be repeated.")
    ] = None,
    office_late: Annotated[str, typer.Option(help="Working days by which the office reviews later.")] = "",
) -> None:
    """Say what would miss what. The cycle itself is left as it is: nothing is recorded, nobody is told."""
    asked = caller(context)
    if not REFERENCE.fullmatch(reference):
        raise WrongUsageError("That cycle cannot be used: write a cycle's reference such as HTA-2026-07.")
    supposed = supposition(Said(force_late, session_moves, tuple(holiday or ()), office_late))
    if isinstance(supposed, tuple):
        raise WrongUsageError(" ".join(_with_option(one) for one in supposed))
    spinner = asked.err.status("Running the cycle twice in skipped time …")
    with spinner if asked.err.is_terminal else nullcontext():
        found, page, people = asked.read(lambda office: _answer(asked, office, reference, supposed))
    if isinstance(found, WhatIf):
        asked.show(found, lambda out: draw(out, found, page, people))
        return
    _refuse(asked, found)


async def _answer(
    asked: Caller, office: Office, reference: str, supposed: Supposition
) -> tuple[WhatIf | tuple[Refused, ...], CyclePage | None, dict[str, Person]]:
    apart = Apart(binary())
    await apart.get_ready()
    people, page = await office.reads.people(), await office.reads.cycle(reference)
    if asked.person and (refused := may_suppose((await asked.actor(office)).role)):
        return (refused,), page, people
    forums = forums_of(office.settings.forums_file).values()
    taken = await take_along(office.reads, reference, supposed, forums, now())
    if isinstance(taken, tuple):
        return taken, page, people
    found = await apart.answer(taken)
    return ((found,) if isinstance(found, Refused) else found), page, people


def _with_option(refused: Refused) -> str:
    option = OPTIONS.get(refused.field or "")
    return (
        f"{option}: {refused.message}" if option and refused.code != "nothing_supposed" else refused.message
    )


def _refuse(asked: Caller, refused: tuple[Refused, ...]) -> None:
    if asked.as_json:
        asked.print_json([one.model_dump(mode="json") for one in refused])
    for one in refused:
        asked.err.print(f"Refused ({one.code}): {_with_option(one)}", markup=False)
    raise typer.Exit(REFUSED)


def draw(out: Console, found: WhatIf, page: CyclePage | None, people: dict[str, Person]) -> None:
    """The sentence, what misses what, and both runs side by side."""
    out.print(found.summary, style="bold", soft_wrap=True)
    for one in found.misses:
        out.print(f"  ! {one}", markup=False, soft_wrap=True)
    out.print(_table(found, page, people))
    if found.letters:
        out.print(f"{len(found.letters)} more letters would go out:")
    for letter in found.letters:
        about = f", request {letter.request}" if letter.request else ""
        about += f", action {letter.action}" if letter.action else ""
        to = "; ".join(title_of(people, one) for one in letter.to) or "nobody who can be reached"
        what = letter.template.replace("_", " ")
        out.print(f"  {when(letter.at)}  {what}{about}  to {to}", markup=False, soft_wrap=True)
    for act in found.undone:
        out.print(f"Not possible ({act.kind}): {act.message}", style="yellow", markup=False, soft_wrap=True)
    out.print(f"Worked out in {found.seconds:.1f} s. Nothing was recorded, and nobody was told.", style="dim")


def _table(found: WhatIf, page: CyclePage | None, people: dict[str, Person]) -> Table:
    table = Table(
        whole("What"), "Whose", "Due now", "Due then", "Done now", "Done then", "Because", show_lines=True
    )
    for row in found.rows:
        title = page.say(row.title) if page and row.title else ""
        what = f"{OWED.get(row.what, row.what)} {row.number}{': ' + title if title else ''}"
        style = "red" if row.newly_missed else "" if row.moved else "dim"
        table.add_row(
            what, title_of(people, row.owner), _day(row.due_before), _day(row.due_after),
            _done(row, row.done_before, row.before), _done(row, row.done_after, row.after),
            " ".join(row.because), style=style,
        )  # fmt: skip
    return table


def _day(at: datetime | None) -> str:
    return when(at) if at else "-"


def _done(row: Row, at: datetime | None, kept: str) -> str:
    said = MARKS[kept]
    if at is None:
        return said or "-"
    return f"{when(at)} ({said})" if said and row.what != "session" else when(at)

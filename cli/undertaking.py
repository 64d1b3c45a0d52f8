"""What becomes of an action: disputed, taken back, moved, reported on, reopened, passed on; and one shown."""

from collections.abc import Callable
from typing import Annotated, Any, get_args

import typer
from rich.console import Console
from rich.table import Table

from cli import given
from cli.caller import WrongUsageError, caller, title_of
from cli.drawing import page_of
from cli.evidence import Cycle, Reason
from cli.office import Office
from cli.saying import when
from schemas.commands import (
    AnyCommand,
    DecideActionDate,
    DisputeAction,
    MoveActionDate,
    PassOn,
    Reopen,
    ReportProgress,
    WithdrawAction,
)
from schemas.cycle import SelfAssessment
from schemas.people import Actor, Person
from schemas.rows import CyclePage
from schemas.shape import Words

Action = Annotated[str, typer.Argument(help="The action's number, such as 2026/015.")]
ASSESSMENTS: tuple[SelfAssessment, ...] = get_args(SelfAssessment)


def _act(context: typer.Context, build: Callable[[dict[str, Any], Words], AnyCommand]) -> None:
    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return build({"key": key, "actor": actor}, words)

    caller(context).act(make)


def dispute(context: typer.Context, cycle: Cycle, action: Action, reason: Reason) -> None:
    """Say, from the other side, that this was not undertaken."""
    _act(
        context, lambda who, words: DisputeAction(cycle=cycle, action=action, reason=words.ref(reason), **who)
    )


def withdraw(context: typer.Context, cycle: Cycle, action: Action, reason: Reason) -> None:
    """Take a proposal back, before the other side has confirmed it."""
    _act(
        context,
        lambda who, words: WithdrawAction(cycle=cycle, action=action, reason=words.ref(reason), **who),
    )


def later(
    context: typer.Context,
    cycle: Cycle,
    action: Action,
    to: Annotated[str, typer.Option(help="The later day, such as 2026-12-10.")],
    reason: Reason,
) -> None:
    """Ask, as the owner, for a later day: once. What is asked for after that is on record as a slip."""
    day = given.day(to, "--to")
    _act(
        context,
        lambda who, words: MoveActionDate(
            cycle=cycle, action=action, to=day, reason=words.ref(reason), **who
        ),
    )


def decide_date(
    context: typer.Context,
    cycle: Cycle,
    action: Action,
    *,
    granted: Annotated[bool, typer.Option("--grant/--refuse", help="Grant or refuse the later day.")],
    reason: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Grant or refuse the later day."""
    _act(
        context,
        lambda who, words: DecideActionDate(
            cycle=cycle, action=action, granted=granted, reason=words.maybe(reason), **who
        ),
    )


def progress(
    context: typer.Context,
    cycle: Cycle,
    action: Action,
    assessment: Annotated[str, typer.Option(help=f"One of: {', '.join(ASSESSMENTS)}.")],
    account: Annotated[str, typer.Option(help="What has been done, and what is still to do.")],
) -> None:
    """Say, as the owner, how it stands."""
    found = next((one for one in ASSESSMENTS if one == assessment), None)
    if found is None:
        raise WrongUsageError(f"--assessment: write one of: {', '.join(ASSESSMENTS)}.")
    _act(
        context,
        lambda who, words: ReportProgress(
            cycle=cycle, action=action, assessment=found, account=words.ref(account), **who
        ),
    )


def reopen(
    context: typer.Context,
    cycle: Cycle,
    action: Action,
    due: Annotated[str, typer.Option(help="The new day, such as 2026-12-10.")],
    reason: Reason,
) -> None:
    """The proof does not hold, or no longer: open the action again."""
    day = given.day(due, "--due")
    _act(
        context,
        lambda who, words: Reopen(cycle=cycle, action=action, due_on=day, reason=words.ref(reason), **who),
    )


def pass_on(
    context: typer.Context,
    cycle: Cycle,
    action: Action,
    to: Annotated[str, typer.Option(help="The new owner: a person's id.")],
    reason: Reason,
) -> None:
    """Give an agreed action another owner on the same side."""
    _act(
        context, lambda who, words: PassOn(cycle=cycle, action=action, to=to, reason=words.ref(reason), **who)
    )


def show(context: typer.Context, cycle: Cycle, action: Action) -> None:
    """Show one action: what its owner says, and what the office has checked."""
    asked = caller(context)

    async def ask(office: Office) -> tuple[CyclePage, dict[str, Person]]:
        return await page_of(office, cycle), await office.reads.people()

    page, people = asked.read(ask)
    found = page.cycle.action(action)
    if found is None:
        raise WrongUsageError(f"{cycle} has no action {action}. List them: starter.py action list")
    facts = {**found.model_dump(mode="json"), "cycle": cycle, "what": page.say(found.what)}
    asked.show(facts, lambda out: _draw(out, page, action, people))


def _draw(out: Console, page: CyclePage, number: str, people: dict[str, Person]) -> None:
    action = page.cycle.action(number)
    assert action is not None
    said = action.progress[-1] if action.progress else None
    claimed = action.state in ("claimed_done", "verified")
    own = "done" if claimed else said.assessment.replace("_", " ") if said else "nothing yet"
    checked = "done" if action.state == "verified" else "not checked yet" if claimed else "not done"
    rows = {
        "What": page.say(action.what),
        "State": action.state.replace("_", " "),
        "Owner": title_of(people, action.owner),
        "Due": when(action.due.at) + (" (missed)" if action.missed else ""),
        "The owner says": own,
        "The office has checked": checked,
        "Disputed because": page.say(action.dispute),
        "Later day asked for": action.date_asked.to.isoformat() if action.date_asked else "",
        "Moved": str(action.moves) if action.moves else "",
        "Slipped": ", ".join(one.to.isoformat() for one in action.slips),
    }
    table = Table(f"Action {action.number}", "", show_header=True)
    for name, value in rows.items():
        if value:
            table.add_row(name, value)
    out.print(table)


COMMANDS: dict[str, Callable[..., None]] = {
    "show": show,
    "dispute": dispute,
    "withdraw": withdraw,
    "later": later,
    "decide-date": decide_date,
    "progress": progress,
    "reopen": reopen,
    "pass-on": pass_on,
}
"""The commands of the group `action` that stand in this file, by their names."""

"""Windows: numbers that no law gives and no kind of cycle has: what applies, changing one, its history."""

from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import WrongUsageError, caller
from cli.office import Office
from cli.saying import when, whole
from cli.standing import body
from reference.catalogue import standards
from reference.windows import USUAL, OfOffice, law
from rules.acting.authority import MAY, titles
from rules.counting.words import budget_words, window_words
from rules.windows import IN_KIND, choosable, fault, in_force
from schemas.counting import Rule
from schemas.standards import ExtensionLimit
from schemas.windows import Window, WindowEdition

app = typer.Typer(help="Windows that an office sets for itself: show, set, history.")
RuleId = Annotated[str, typer.Argument(help="A rule's id, such as panel-reply.")]


async def of_office(office: Office) -> OfOffice:
    """What the office has changed: every edition of its windows and of its standards."""
    name = await body(office)
    windows = await office.reads.windows_history(name)
    found = OfOffice(tuple(windows), tuple(await office.reads.standards_history(name)))
    return found.titled(await office.reads.people())


@app.command()
def show(context: typer.Context) -> None:
    """Show every number that is the office's own, where it stands, and who set it."""
    asked = caller(context)
    rules = [one for one in law(asked.read(of_office)).values() if one.window]
    asked.show([_facts(one) for one in rules], lambda out: _draw(out, rules))


@dataclass(frozen=True)
class Wanted:
    """What was typed of a window; None keeps what it is."""

    days: int | None
    months: int | None
    hour: str | None
    most_days: int | None
    most_times: int | None

    def onto(self, present: Window) -> Window:
        """The next edition of a window.

        Raises: WrongUsageError: nothing would change, or it cannot be meant.
        """
        facts = {"days": self.days, "months": self.months, "hour": self.hour}
        changes: dict[str, Any] = {name: value for name, value in facts.items() if value is not None}
        if self.most_days is not None or self.most_times is not None:
            changes["extension"] = self._extension(present.extension)
        made = Window.model_validate({**present.model_dump(), **changes, "edition": present.edition + 1})
        if made == present.model_copy(update={"edition": made.edition}):
            raise WrongUsageError(f"That is the window of {present.id} already. Say what is to change.")
        if wrong := fault(made):
            raise WrongUsageError(f"{present.id}, {wrong[0]}: {wrong[1]}.")
        return made

    def _extension(self, present: ExtensionLimit | None) -> dict[str, int]:
        facts = {"most_days": self.most_days, "most_times": self.most_times}
        known: dict[str, int] = present.model_dump() if present else {}
        found = known | {name: value for name, value in facts.items() if value is not None}
        if set(found) != set(facts):
            raise WrongUsageError("Write both --most-days and --most-times: it could not be extended before.")
        return found


@app.command("set")
def change(
    context: typer.Context,
    rule: RuleId,
    *,
    reason: Annotated[str, typer.Option(help="Why; kept with who changed it and when.")],
    days: Annotated[int | None, typer.Option(help="Working days, where the rule counts in them.")] = None,
    months: Annotated[int | None, typer.Option(help="Months, where the rule counts in them.")] = None,
    hour: Annotated[str | None, typer.Option(help='The hour in London, such as "17:00".')] = None,
    most_days: Annotated[int | None, typer.Option(help="How far it may be extended.")] = None,
    most_times: Annotated[int | None, typer.Option(help="How often it may be extended.")] = None,
) -> None:
    """Set an office's own number for clocks that start from today on; earlier editions stay on record."""
    asked, wanted = caller(context), Wanted(days, months, hour, most_days, most_times)
    if refused := choosable(rule):
        raise WrongUsageError(refused.message)
    if not reason.strip():
        raise WrongUsageError("--reason: say why it is changed.")

    async def keep(office: Office) -> WindowEdition:
        actor = await asked.actor(office)
        if actor.role not in MAY["ChangeStandards"]:
            raise WrongUsageError(f"Windows are changed by a {titles(MAY['ChangeStandards'])}.")
        made = wanted.onto(in_force(await _editions(office, rule)).window)
        if not await office.keeping.keep_window(await body(office), made, actor.person, reason.strip()):
            raise WrongUsageError(f"Somebody has just changed {rule}. Look at it and try again.")
        return WindowEdition(window=made, changed_by=actor.person, reason=reason.strip())

    made = asked.read(keep)
    said = f"Kept: {rule}, edition {made.window.edition}. It applies to clocks that start from today on."
    asked.show(made, lambda out: out.print(said))


@app.command()
def history(context: typer.Context, rule: RuleId) -> None:
    """List every edition of a rule's window: who changed it, when and why."""
    asked = caller(context)
    if refused := choosable(rule):
        raise WrongUsageError(refused.message)

    every = asked.read(lambda office: _editions(office, rule))
    asked.show(every, lambda out: _draw_history(out, every))


async def _editions(office: Office, rule: str) -> tuple[WindowEdition, ...]:
    """Every edition of a rule's window, with the ids of those who made them."""
    kept = await office.reads.windows_history(await body(office), rule)
    return OfOffice(tuple(kept)).editions(rule)


def _facts(one: Rule) -> dict[str, Any]:
    assert one.window
    stands = IN_KIND[one.id][0] if one.id in IN_KIND else None
    return {
        "rule": one.id,
        "counted": budget_words(one.budget),
        "hour": one.hour,
        "edition": one.window.edition,
        "stands_in_standards_as": stands,
        "said": window_words(one.window),
    }


def _draw(out: Console, rules: list[Rule]) -> None:
    table = Table(whole("Rule"), "Counted", "Where it stands")
    for one in rules:
        table.add_row(one.id, budget_words(one.budget), window_words(one.window) if one.window else "")
    out.print(table)
    kinds = ", ".join(standards())
    out.print(
        f"What stands in standards is that of {USUAL}; each kind has its own: `standards show` ({kinds})."
    )


def _draw_history(out: Console, every: tuple[WindowEdition, ...]) -> None:
    table = Table(whole("Edition"), "Window", "By", "When", "Why")
    for one in every:
        at, window = when(one.changed_at) if one.changed_at else "as shipped", one.window
        number = f"{window.months} months" if window.months else f"{window.days} working days"
        hour = f" at {window.hour}" if window.hour else ""
        table.add_row(str(window.edition), number + hour, one.changed_by, at, one.reason)
    out.print(table)

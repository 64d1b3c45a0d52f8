"""Trigger rules: what follows from something outside: list, show, check, import, and try one out."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import WrongUsageError, caller
from cli.given import text_of
from cli.office import Office, now
from cli.saying import when, whole
from cli.standing import body, newest
from engine.reading_events import read_one
from engine.triggering import decided, edition_now
from reference.places import FileError
from reference.triggers import shipped, triggers_in
from rules.acting.authority import MAY, titles
from rules.outside.conditions import in_words
from schemas.outcomes import Refused
from schemas.outside import OutsideEvent, Taken, TriggerEdition, TriggerRule

app = typer.Typer(help="Trigger rules: list, show, check, import, history, try.")
RulesFile = Annotated[Path, typer.Argument(help="The rules as YAML, as reference/triggers.yaml.")]
RuleId = Annotated[str, typer.Argument(help="A rule's id, such as cause-of-concern.")]
MAKERS = MAY["ChangeStandards"]


@app.command("list")
def listed(context: typer.Context) -> None:
    """List the rules in force, in the order in which they are asked."""
    asked = caller(context)
    edition = asked.read(lambda office: edition_now(office.reads))
    asked.show(edition, lambda out: _draw(out, edition))


@app.command()
def show(context: typer.Context, rule: RuleId) -> None:
    """Show one rule in words."""
    asked = caller(context)
    edition = asked.read(lambda office: edition_now(office.reads))
    found = next((one for one in edition.rules if one.id == rule), None)
    if found is None:
        ids = ", ".join(one.id for one in edition.rules)
        raise WrongUsageError(f"There is no rule {rule}. Write one of: {ids}.")
    asked.show(found, lambda out: out.print(_words(found), markup=False))


@app.command()
def check(context: typer.Context, file: RulesFile) -> None:
    """Check a file of rules against the plan, the kinds of cycle and the people; nothing is kept."""
    asked = caller(context)
    rules = asked.read(lambda office: _read(office, file))
    asked.show(list(rules), lambda out: out.print(f"{file.name}: {len(rules)} rules, and each can be meant."))


@app.command("import")
def keep(
    context: typer.Context,
    file: RulesFile,
    reason: Annotated[str, typer.Option(help="Why; kept with who changed them and when.")],
) -> None:
    """Make a file the next edition of the office's rules; events from now on are asked against it."""
    asked = caller(context)
    if not reason.strip():
        raise WrongUsageError("--reason: say why they are changed.")

    async def act(office: Office) -> TriggerEdition:
        actor = await asked.actor(office)
        if actor.role not in MAKERS:
            raise WrongUsageError(f"Trigger rules are changed by a {titles(MAKERS)}.")
        rules, present = await _read(office, file), await edition_now(office.reads)
        if rules == present.rules:
            raise WrongUsageError(f"Those are the rules of edition {present.edition} already.")
        number = present.edition + 1
        kept = office.keeping.keep_triggers(await body(office), rules, number, actor.person, reason.strip())
        if not await kept:
            raise WrongUsageError("Somebody has just changed the rules. Look at them and try again.")
        return TriggerEdition(edition=number, rules=rules, changed_by=actor.person, reason=reason.strip())

    made = asked.read(act)
    said = (
        f"Kept: {len(made.rules)} rules, edition {made.edition}. Events from now on are asked against them."
    )
    asked.show(made, lambda out: out.print(said))


@app.command()
def history(context: typer.Context) -> None:
    """List every edition of the rules: who made it, when and why."""
    asked = caller(context)

    async def ask(office: Office) -> list[TriggerEdition]:
        return [shipped(), *await office.reads.triggers_history(await body(office))]

    every = asked.read(ask)
    asked.show(every, lambda out: _draw_history(out, every))


@app.command("try")
def try_out(
    context: typer.Context,
    event: Annotated[Path, typer.Argument(help="One CloudEvent as JSON.")],
    rules: Annotated[
        Path | None, typer.Option("--rules", help="Ask these rules instead of those in force.")
    ] = None,
) -> None:
    """Say which rule would do what with an event, and why, without doing it."""
    asked, one = caller(context), event_in(event)

    async def ask(office: Office) -> Taken:
        edition = None
        if rules:
            edition = TriggerEdition(edition=0, rules=await _read(office, rules), changed_by=rules.name)
        programmes = await office.reads.programmes()
        return await decided(one, office.reads, now(), programmes[0] if programmes else None, edition)

    found = asked.read(ask)
    asked.show(found, lambda out: out.print(_would(found), markup=False, soft_wrap=True))


def event_in(file: Path) -> OutsideEvent:
    """The event that a file holds.

    Raises: WrongUsageError: it holds none.
    """
    found = read_one(text_of(file, "EVENT").encode())
    if isinstance(found, Refused):
        raise WrongUsageError(f"{file.name}: {found.message}")
    return found


async def _read(office: Office, file: Path) -> tuple[TriggerRule, ...]:
    plan, people = await office.reads.plan(), await office.reads.people()
    if plan is None:
        raise FileError("No plan is imported yet, so no rule can be checked. Run: starter.py plan import")
    return triggers_in(text_of(file, "FILE"), file.name, plan, people, tuple(await newest(office)))


def _would(found: Taken) -> str:
    then = {
        "proposed": "A cycle would be proposed and wait for an officer.",
        "opens": f"A cycle would open by itself on {found.opens_on:%A %-d %B %Y}." if found.opens_on else "",
        "fed": f"The people of {', '.join(one.cycle for one in found.told)} would be told.",
        "noted": "It would be noted and nothing more.",
        "nothing": "Nothing would follow.",
    }[found.outcome]
    made = f"\n{found.makes.title}\n{found.makes.question}" if found.makes else ""
    return f"{then} {found.because.removeprefix('Nothing follows. ')}{made}"


def _words(rule: TriggerRule) -> str:
    every = "".join(f"\n  and {in_words(one)}" for one in rule.every)
    made = f"\n  {rule.makes.title}\n  {rule.makes.question}" if rule.makes else ""
    return (
        f"{rule.id}: {rule.title}\nWhen {rule.type} comes{every}\n{rule.then}{made}\n"
        f"{rule.why} ({rule.source}, {rule.mark})"
    )


def _draw(out: Console, edition: TriggerEdition) -> None:
    table = Table(whole("Rule"), "When", "Then", "What it is about")
    for one in edition.rules:
        table.add_row(one.id, one.type, one.then, one.title)
    out.print(table)
    by = (
        f"by {edition.changed_by}: {edition.reason}"
        if edition.changed_at
        else "as they came with the product"
    )
    out.print(f"Edition {edition.edition}, {by}. Of the rules for one type, the first that applies decides.")


def _draw_history(out: Console, every: list[TriggerEdition]) -> None:
    table = Table(whole("Edition"), "Rules", "By", "When", "Why")
    for one in every:
        at = when(one.changed_at) if one.changed_at else "as shipped"
        table.add_row(str(one.edition), str(len(one.rules)), one.changed_by, at, one.reason)
    out.print(table)

"""`rules`, `explain` and `majority`: a date or a vote of your own, answered from a shell."""

import json
from typing import Annotated, Any

import typer

from cli.caller import REFUSED, Caller, WrongUsageError
from cli.office import OutOfReachError
from cli.windows import of_office
from reference.explaining import Question, answer
from reference.windows import SHIPPED, OfOffice, asks_office, law
from rules.explaining.explain import for_programs
from rules.law.register import listed
from rules.meeting.votes import majority
from schemas.counting import Explanation, Majority
from schemas.outcomes import Refused

AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Dates and votes, with their reasons.")


@app.command("rules")
def rules_command(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List every rule: whose it is, what it rests on, and how sure we are."""
    if _for_programs(context, as_json=as_json):
        _say_json(list(listed(law(_of(context)))))
        return
    for one in listed(law(_of(context))):
        said = f"{one['title']}: {one['counted']}"
        typer.echo(f"{one['id']:30}{one['kind']:18}{one['mark']:14}{one['source']:28}{said}")


@app.command("explain")
def explain_command(
    context: typer.Context,
    rule: Annotated[str, typer.Argument(help="A rule's id, as `rules` lists them.")],
    start: Annotated[str, typer.Option(help="2026-12-04, or an instant with its zone.")],
    *,
    calendar: Annotated[str | None, typer.Option(help="A calendar's name or version.")] = None,
    suspend: Annotated[list[str] | None, typer.Option(help="FROM..TO, both days included.")] = None,
    extend: Annotated[list[str] | None, typer.Option(help="A number of days, or a day.")] = None,
    by: Annotated[str | None, typer.Option(help="A day that was set, where one may be.")] = None,
    period: Annotated[str | None, typer.Option(help="Working days that were set, where they may be.")] = None,
    kind: Annotated[str | None, typer.Option(help="The kind of cycle whose standards count.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say why a date is the date, day by day."""
    as_json = _for_programs(context, as_json=as_json)
    question = Question(rule, start, calendar, tuple(suspend or ()), tuple(extend or ()), by, period, kind)
    said = answer(question, _of(context, rule))
    if isinstance(said, Refused):
        _refuse(said, as_json=as_json)
    elif as_json:
        _say_json(for_programs(said))
    else:
        _say(said)


@app.command("majority")
def majority_command(
    context: typer.Context,
    rule: Annotated[str, typer.Argument(help="A majority's id, as `rules` lists them.")],
    members: Annotated[int, typer.Option(help="Members at the moment of the decision, vacancies left out.")],
    votes_for: Annotated[int, typer.Option("--for", help="Votes for; for a quorum, members present.")],
    *,
    votes_against: Annotated[int | None, typer.Option("--against", help="Votes against.")] = None,
    casting: Annotated[bool | None, typer.Option("--casting-for/--casting-against")] = None,
    as_json: AsJson = False,
) -> None:
    """Say how many votes were needed, and whether a question is carried."""
    as_json = _for_programs(context, as_json=as_json)
    said = majority(rule, members, votes_for, votes_against, casting_for=casting)
    if isinstance(said, Refused):
        _refuse(said, as_json=as_json)
    elif as_json:
        _say_json(plain(said))
    else:
        carried = "carried" if said.carried else "not carried"
        typer.echo(f"{said.required} of {said.members} needed: {carried}. Source: {said.source}")


def plain(said: Majority) -> dict[str, Any]:
    """A majority as plain data."""
    return {"required": said.required, "carried": said.carried, "source": said.source}


def _of(context: typer.Context, rule: str | None = None) -> OfOffice:
    """What the office has changed; the product's own numbers where it cannot be asked, which is said.

    A rule whose number is law needs no office, and none is asked.
    """
    spoken = context.obj
    if not isinstance(spoken, Caller) or (rule is not None and not asks_office(rule)):
        return SHIPPED
    try:
        return spoken.read(of_office)
    except (OutOfReachError, WrongUsageError, OSError) as wrong:
        why = str(wrong)
    except Exception as wrong:
        if getattr(wrong, "sqlstate", None) is None:
            raise
        why = "Its tables are not there yet."
    typer.echo(f"The office was not asked; its numbers are those that came with the product. {why}", err=True)
    return SHIPPED


def _for_programs(context: typer.Context, *, as_json: bool) -> bool:
    """Whether --json was written, after the command or anywhere before it."""
    return as_json or (isinstance(context.obj, Caller) and context.obj.as_json)


def _say(said: Explanation) -> None:
    typer.echo(said.due.words)
    typer.echo(f"Source: {said.rule.source} ({said.rule.mark}, {said.rule.kind})")
    for one in said.due.days:
        typer.echo(f"  {one.on:%a} {one.on.isoformat()}  {'counted' if one.counted else '-':8} {one.why}")
    typer.echo(f"If nobody acts: {said.rule.silence}")
    typer.echo(said.rule.lateness)


def _say_json(value: object) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _refuse(refused: Refused, *, as_json: bool) -> None:
    if as_json:
        _say_json(refused.model_dump())
    else:
        typer.echo(f"{refused.message} (Source: {refused.source})", err=True)
    raise typer.Exit(REFUSED)


if __name__ == "__main__":
    app()

"""Opening a cycle question by question; a wrong answer is asked again, with what to write."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar, get_args

import typer

from cli.caller import Caller, WrongUsageError, title_of
from cli.office import Office
from reference.cyclefile import CycleFile, FileRequest, FileSession, usual_due
from reference.places import A_DUE, AN_INSTANT, budget_in, instant_in
from schemas.clocks import Budget
from schemas.evidence import Form
from schemas.people import Person
from schemas.plans import Plan
from schemas.standards import Standards

T = TypeVar("T")
FORMS: dict[str, Form] = {form: form for form in get_args(Form)}


def ask_for_cycle(caller: Caller, kinds: Mapping[str, Standards]) -> CycleFile:
    """A cycle from the answers of the person at the keyboard."""
    plan, people = caller.read(_what_there_is)
    if plan is None:
        raise WrongUsageError("No plan is imported yet. Run: starter.py plan import")
    kind = _one_of("Kind of cycle", list(kinds))
    title = _text("Title")
    theme = _one_of("Objective of the plan", [one.id for one in plan.objectives])
    commitments = _commitments(plan, theme)
    question = _text("The question that the cycle answers")
    session = _session()
    requests = _requests(people, kinds[kind], with_session=session is not None)
    planned = bool(requests) and not typer.confirm("Send the requests at once?", default=True)
    return CycleFile(
        kind=kind,
        title=title,
        theme=theme,
        commitments=commitments,
        question=question,
        session=session,
        requests=requests,
        planned=planned,
    )


async def _what_there_is(office: Office) -> tuple[Plan | None, dict[str, Person]]:
    return await office.reads.plan(), await office.reads.people()


def _commitments(plan: Plan, theme: str) -> tuple[str, ...]:
    objective = next(one for one in plan.objectives if one.id == theme)
    for one in objective.commitments:
        typer.echo(f"  {one.ref}  {one.text}")
    known = plan.commitments()

    def read(words: str) -> tuple[str, ...] | None:
        refs = tuple(words.replace(",", " ").upper().split())
        return refs if refs and all(ref in known for ref in refs) else None

    return _again("Commitments, with spaces between", read, "write references such as SWM-REASSURE-03")


def _session() -> FileSession | None:
    if not typer.confirm("Is the session's day fixed?", default=True):
        return None
    at = _again("Day and hour in London", instant_in, AN_INSTANT)
    place = typer.prompt("Place (may be left empty)", default="", show_default=False)
    return FileSession(starts_at=at, place=place or None)


def _requests(people: dict[str, Person], kind: Standards, *, with_session: bool) -> tuple[FileRequest, ...]:
    leads = [one.id for one in people.values() if one.side == "force"]
    for lead in leads:
        typer.echo(f"  {lead}  {title_of(people, lead)}")
    requests: list[FileRequest] = []
    while typer.confirm(f"Add request {len(requests) + 1}?", default=not requests):
        title = _text("What is asked for")
        lead = _one_of("Lead", leads)
        points = []
        while point := typer.prompt("A point to answer (empty: no more)", default="", show_default=False):
            points.append(point)
        form = FORMS[_one_of("Form", FORMS, default="report")]
        due = typer.prompt("Due (empty: the usual)", default="", show_default=False)
        budget = _due(due) if due else usual_due(kind, with_session=with_session)
        requests.append(FileRequest(title=title, lead=lead, asked=tuple(points), form=form, due=budget))
    return tuple(requests)


def _due(words: str) -> Budget:
    found = budget_in(words)
    while found is None:
        typer.echo(f"That cannot be used; {A_DUE}.")
        found = budget_in(typer.prompt("Due"))
    return found


def _text(question: str) -> str:
    return _again(question, lambda words: words.strip() or None, "write a text")


def _one_of(question: str, choices: Collection[str], default: str | None = None) -> str:
    names = ", ".join(choices)
    return _again(
        f"{question} ({names})",
        lambda words: words if words in choices else None,
        f"write one of: {names}",
        default,
    )


def _again(question: str, read: Callable[[str], T | None], write: str, default: str | None = None) -> T:
    """Ask until the answer can be used."""
    while True:
        found = read(str(typer.prompt(question, default=default)).strip())
        if found is not None:
            return found
        typer.echo(f"That cannot be used; {write}.")

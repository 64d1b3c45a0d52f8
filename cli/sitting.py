"""What belongs to a session: called off, its agenda, interests, questions, answers, votes and draft notes."""

from typing import Annotated, get_args

import typer

from cli import given
from cli.caller import WrongUsageError, caller
from cli.drawing import page_of
from cli.evidence import Cycle, Reason
from cli.office import Office
from cli.session import Session, app
from reference.forums import forums_of
from rules.clocks import civil
from rules.meeting.agenda import agenda, in_order
from rules.meeting.forums import held_on
from rules.meeting.minutes import day_of, markdown, minutes
from schemas.commands import (
    AnyCommand,
    AskQuestion,
    CancelSession,
    ConfirmAssurance,
    DeclareInterest,
    PublishAgenda,
    RecordAnswer,
    RecordVote,
)
from schemas.cycle import Session as Sitting
from schemas.people import Actor
from schemas.rows import CyclePage
from schemas.sessions import AgendaItem, Asker
from schemas.shape import Words

__all__ = ["app"]
ASKERS: dict[str, Asker] = {one: one for one in get_args(Asker)}
Request = Annotated[int | None, typer.Option(help="The item that it is about.", min=1)]
Urgency = Annotated[str | None, typer.Option(help="The chair's reason, where it comes late.")]


@app.command("cancel")
def cancel(context: typer.Context, cycle: Cycle, reason: Reason, session: Session = 1) -> None:
    """Call a session off; what was planned from it follows the next one, or waits."""

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return CancelSession(cycle=cycle, key=key, actor=actor, session=session, reason=words.ref(reason))

    caller(context).act(make)


@app.command("agenda")
def publish_agenda(
    context: typer.Context,
    cycle: Cycle,
    *,
    add: Annotated[list[str] | None, typer.Option(help="A further item; may be repeated.")] = None,
    urgency: Urgency = None,
    session: Session = 1,
    show: Annotated[bool, typer.Option("--show", help="Only show what the record proposes.")] = False,
) -> None:
    """Publish the agenda that the record proposes, with further items after it."""
    asked = caller(context)
    if show:
        page, items = asked.read(lambda office: _proposed(office, cycle, session))
        asked.show(items, lambda out: out.print("\n".join(_line(one, page) for one in items), markup=False))
        return

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        _, items = await _proposed(office, cycle, session)
        more = [AgendaItem(number=1, title=words.ref(one), why="standing") for one in add or ()]
        return PublishAgenda(
            cycle=cycle,
            key=key,
            actor=actor,
            session=session,
            items=in_order((*items, *more)),
            urgency=words.maybe(urgency),
        )

    asked.act(make)


@app.command("interest")
def interest(
    context: typer.Context,
    cycle: Cycle,
    person: Annotated[str, typer.Argument(help="Who declares it: a person's or a seat's id.")],
    *,
    what: Annotated[str, typer.Option(help="What the interest is.")],
    item: Annotated[int | None, typer.Option(help="The agenda item.", min=1)] = None,
    session: Session = 1,
    stays: Annotated[bool, typer.Option("--stays", help="They stay in the room and vote.")] = False,
) -> None:
    """Record a conflict of interest."""

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return DeclareInterest(
            cycle=cycle,
            key=key,
            actor=actor,
            session=session,
            person=person,
            what=words.ref(what),
            item=item,
            leaves=not stays,
        )

    caller(context).act(make)


@app.command("ask")
def ask(
    context: typer.Context,
    cycle: Cycle,
    question: Annotated[str, typer.Argument(help="The question.")],
    *,
    by: Annotated[str, typer.Option(help=f"One of: {', '.join(ASKERS)}.")] = "commissioner",
    request: Request = None,
    received_at: Annotated[str | None, typer.Option(help="When it came in, if not now.")] = None,
    allowed_late: Annotated[
        str | None, typer.Option(help="Why the chair takes it after the cut-off.")
    ] = None,
    session: Session = 1,
) -> None:
    """Record a question put to a session."""
    if by not in ASKERS:
        raise WrongUsageError(f"--by: {by} is not known; write one of: {', '.join(ASKERS)}.")
    at = given.moment(received_at, "--received-at") if received_at else None

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return AskQuestion(
            cycle=cycle,
            key=key,
            actor=actor,
            session=session,
            question=words.ref(question),
            asked_by=ASKERS[by],
            request=request,
            received_at=at,
            allowed_late=words.maybe(allowed_late),
        )

    caller(context).act(make)


@app.command("answer")
def answer(
    context: typer.Context,
    cycle: Cycle,
    question: Annotated[int, typer.Argument(help="The question's number.", min=1)],
    said: Annotated[str, typer.Argument(help="What was answered.")],
    *,
    by: Annotated[str | None, typer.Option(help="Who answered: a person's id.")] = None,
    in_writing_by: Annotated[str | None, typer.Option(help="The day by which it comes in writing.")] = None,
    session: Session = 1,
) -> None:
    """Record what was answered."""
    on = given.day(in_writing_by, "--in-writing-by") if in_writing_by else None

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return RecordAnswer(
            cycle=cycle,
            key=key,
            actor=actor,
            session=session,
            question=question,
            answer=words.ref(said),
            by=by,
            in_writing_by=on,
        )

    caller(context).act(make)


@app.command("confirm")
def confirm(
    context: typer.Context,
    cycle: Cycle,
    number: Annotated[int, typer.Argument(help="The item's number.", min=1)],
    session: Session = 1,
) -> None:
    """Make a judgement the Commissioner's own that an officer recorded."""

    async def make(_office: Office, actor: Actor, key: str, _words: Words) -> AnyCommand:
        return ConfirmAssurance(cycle=cycle, key=key, actor=actor, session=session, request=number)

    caller(context).act(make)


@app.command("vote")
def vote(
    context: typer.Context,
    cycle: Cycle,
    question: Annotated[str, typer.Argument(help="What was voted on.")],
    *,
    rule: Annotated[str, typer.Option(help="The majority, such as panel-decision (starter.py rules).")],
    votes_for: Annotated[int, typer.Option("--for", help="Votes for.", min=0)],
    votes_against: Annotated[int, typer.Option("--against", help="Votes against.", min=0)] = 0,
    abstained: Annotated[int, typer.Option(help="Who abstained.", min=0)] = 0,
    casting: Annotated[str | None, typer.Option(help="The chair's vote at a tie: for or against.")] = None,
    item: Annotated[int | None, typer.Option(help="The agenda item.", min=1)] = None,
    session: Session = 1,
) -> None:
    """Record a vote; whether it is carried is worked out from the membership then in force."""
    if casting not in (None, "for", "against"):
        raise WrongUsageError(f"--casting: {casting} is not known; write for or against.")

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        found = (await page_of(office, cycle)).cycle.session(session)
        return RecordVote(
            cycle=cycle,
            key=key,
            actor=actor,
            session=session,
            question=words.ref(question),
            rule=rule,
            members=seats_at(office, found),
            votes_for=votes_for,
            votes_against=votes_against,
            abstained=abstained,
            casting_for=None if casting is None else casting == "for",
            item=item,
        )

    caller(context).act(make)


@app.command("notes")
def notes(context: typer.Context, cycle: Cycle, session: Session = 1) -> None:
    """Draft the notes of a session from what is recorded, in markdown."""
    asked = caller(context)

    async def read(office: Office) -> str:
        page = await page_of(office, cycle)
        people = await office.reads.people()
        forums = forums_of(office.settings.forums_file)
        titles = {seat.id: seat.title for one in forums.values() for seat in one.seats}
        titles |= {one.id: one.title for one in people.values()}
        found = _sitting(page, session)
        named = page.named_on(day_of(found))
        return markdown(
            minutes(page.cycle, found), page.say, lambda who: titles.get(who or "", who or ""), named
        )

    said = asked.read(read)
    asked.show({"notes": said}, lambda out: out.print(said, markup=False, soft_wrap=True))


def seats_at(office: Office, session: Sitting | None) -> tuple[str, ...]:
    """The seats of a session's forum that are held on its day."""
    forum = forums_of(office.settings.forums_file).get(session.forum) if session else None
    if session is None or forum is None or not forum.seats:
        raise WrongUsageError("--session: there is no such session, or its forum has no seats to vote.")
    return held_on(forum.seats, civil(session.held_at or session.starts_at))


def _sitting(page: CyclePage, number: int) -> Sitting:
    found = page.cycle.session(number)
    if found is None:
        raise WrongUsageError(f"--session: {page.cycle.reference} has no session {number}.")
    return found


async def _proposed(office: Office, cycle: str, number: int) -> tuple[CyclePage, tuple[AgendaItem, ...]]:
    page = await page_of(office, cycle)
    found = _sitting(page, number)
    pages = await office.reads.under_way()
    others = [one.cycle for one in pages if one.cycle.reference != cycle]
    words = {ref: text for one in pages for ref, text in one.words.items()}
    whole = page.model_copy(update={"words": {**words, **page.words}})
    return whole, agenda((page.cycle,), others, civil(found.starts_at))


def _line(one: AgendaItem, page: CyclePage) -> str:
    return f"{one.number}. {page.say(one.title)} ({one.why.replace('_', ' ')}, {one.cycle})"

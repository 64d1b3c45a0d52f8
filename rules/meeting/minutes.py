"""Minutes: what was recorded of a session, in the order in which notes of it are written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rules.clocks import civil, london
from rules.meeting.votes import MAJORITIES, required
from schemas.cycle import Action, Cycle, DecisionRecord, Judgement, Question, Request, Session, Vote
from schemas.outcomes import Refused

Say = Callable[[str | None], str]
"""The words of a text by its reference."""
Title = Callable[[str | None], str]
"""How somebody or some seat is shown, by id."""
ASSURED = {"assured": "assured", "partly_assured": "partly assured", "not_assured": "not assured"}
ASKERS = {"commissioner": "The Commissioner", "member": "A member", "public": "A member of the public"}


@dataclass(frozen=True)
class AboutItem:
    """One item: what was asked and answered about it, and how assured the Commissioner was.

    Source: process.commands
    """

    request: Request
    questions: tuple[Question, ...]
    judgement: Judgement | None


@dataclass(frozen=True)
class Minutes:
    """What was recorded of one session, part by part.

    Source: process.commands
    """

    session: Session
    items: tuple[AboutItem, ...]
    other_questions: tuple[Question, ...]
    decisions: tuple[DecisionRecord, ...]
    actions: tuple[Action, ...]
    next_session: Session | None

    @property
    def quorum(self) -> int | None:
        """How many members made a quorum; None where the forum has none.

        Source: local.quorum
        """
        rules, members = self.session.rules, len(self.session.members)
        if rules is None or rules.quorum is None or not members:
            return None
        found = required(rules.quorum, members)
        return None if isinstance(found, Refused) else found


def day_of(session: Session) -> date:
    """The civil day of a session: when it was held, or is to be; papers carry the names of that day.

    Source: process.clocks
    """
    return civil(session.held_at or session.starts_at)


def minutes(cycle: Cycle, session: Session) -> Minutes:
    """What was recorded of a session: nothing is added that is not on record.

    Decisions and actions carry no session of their own: they stand with the last session before them.

    Source: process.commands
    """
    asked = [one for one in cycle.requests if one.state != "withdrawn"]
    items = tuple(_about(cycle, session, one) for one in asked)
    later = [one for one in cycle.sessions if one.held_at and _after(one, session)]
    until = min((one.held_at for one in later if one.held_at), default=None)
    start = session.held_at or session.starts_at
    return Minutes(
        session=session,
        items=tuple(one for one in items if one.questions or one.judgement or one.request.returns),
        other_questions=tuple(one for one in session.questions if cycle.request(one.request or 0) is None),
        decisions=tuple(
            one for one in cycle.decisions if one.at >= start and (until is None or one.at < until)
        ),
        actions=tuple(
            one
            for one in cycle.actions
            if one.state != "withdrawn"
            and one.clock.starts_at >= start
            and (until is None or one.clock.starts_at < until)
        ),
        next_session=next((one for one in cycle.sessions if one.coming), None),
    )


def markdown(found: Minutes, say: Say, title: Title, named: Sequence[tuple[str, str]] = ()) -> str:
    """The same as a draft of notes in markdown, for an officer to start from.

    `named` are the names that papers carry on the day, where somebody has taken over from another.

    Source: process.commands
    """
    parts = [
        "\n\n".join(f"{label}: {names}." for label, names in named),
        _opening(found, title),
        _interests(found.session, say, title),
        *(_item(one, say, title) for one in found.items),
        _questions("Other questions", found.other_questions, say, title),
        _votes(found.session.votes, say),
        _list(
            "Decisions",
            [f"Decision {one.number}: {say(one.title)}. {say(one.reasons)}" for one in found.decisions],
        ),
        _list("Actions", [_action(one, say, title) for one in found.actions]),
        _next(found.next_session),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _after(one: Session, other: Session) -> bool:
    start = other.held_at or other.starts_at
    return one.held_at is not None and one.number != other.number and one.held_at > start


def _about(cycle: Cycle, session: Session, one: Request) -> AboutItem:
    questions = tuple(asked for asked in session.questions if asked.request == one.number)
    same = (session.number, one.number)
    judged = next((it for it in cycle.judgements if (it.session, it.request) == same), None)
    return AboutItem(one, questions, judged)


def _opening(found: Minutes, title: Title) -> str:
    one = found.session
    at = london(one.held_at or one.starts_at)
    lines = [f"## Who was there\n\nHeld on {at:%A %-d %B %Y at %H:%M}."]
    if one.chair:
        lines.append(f"In the chair: {title(one.chair)}.")
    if there := (*one.members_present, *(it for it in one.present if it not in one.members_present)):
        lines.append("Present: " + "; ".join(title(it) for it in there) + ".")
    if one.apologies:
        lines.append("Apologies: " + "; ".join(title(it) for it in one.apologies) + ".")
    if found.quorum is not None:
        enough = "a quorum was there" if one.quorate else "there was no quorum"
        lines.append(
            f"Members: {len(one.members_present)} of {len(one.members)}; {found.quorum} are a quorum, "
            f"so {enough}."
        )
    if one.urgency:
        lines.append("The chair found the meeting urgent; the reason is on record.")
    return "\n\n".join(lines)


def _interests(one: Session, say: Say, title: Title) -> str:
    said = [
        f"{title(it.person)}: {_open(say(it.what))}{f' (item {it.item})' if it.item else ''}"
        f"{'; left the room' if it.leaves else ''}."
        for it in one.interests
    ]
    return _list("Interests declared", said)


def _item(one: AboutItem, say: Say, title: Title) -> str:
    lines = [f"## {say(one.request.draft.title)}"]
    if one.request.returns:
        late = ", late" if one.request.returns[0].late else ""
        lines.append(f"Evidence came in on {civil(one.request.returns[0].received_at):%-d %B %Y}{late}.")
    lines += [_asked(it, say, title) for it in one.questions]
    if one.judgement:
        said = ASSURED[one.judgement.judgement]
        lines.append(f"**The Commissioner was {said}.** {say(one.judgement.reasons)}".strip())
    return "\n\n".join(lines)


def _questions(heading: str, found: tuple[Question, ...], say: Say, title: Title) -> str:
    return "\n\n".join([f"## {heading}", *(_asked(one, say, title) for one in found)]) if found else ""


def _asked(one: Question, say: Say, title: Title) -> str:
    asked = f"{ASKERS[one.asked_by]} asked: {say(one.question)}"
    if one.answer is None:
        return f"{asked}\n\nNo answer is recorded."
    by = f"{title(one.answered_by)} answered" if one.answered_by else "Answer"
    written = f" (in writing by {one.in_writing_by:%-d %B %Y})" if one.in_writing_by else ""
    return f"{asked}\n\n{by}{written}: {say(one.answer)}"


def _votes(votes: tuple[Vote, ...], say: Say) -> str:
    said = [
        f"{say(one.question)} {one.votes_for} for, {one.votes_against} against, {one.abstained} abstained, "
        f"of {len(one.members)} members; {one.required} were needed "
        f"({MAJORITIES[one.rule].title.lower() if one.rule in MAJORITIES else one.rule}). "
        f"{'Carried' if one.carried else 'Lost'}{_casting(one)}."
        for one in votes
    ]
    return _list("Votes", said)


def _casting(one: Vote) -> str:
    return "" if one.casting_for is None else " by the chair's casting vote"


def _action(one: Action, say: Say, title: Title) -> str:
    agreed = "" if one.confirmed_by else " (not agreed by both sides yet)"
    owner = f"Owner: {title(one.owner)}, by {one.due.on:%-d %B %Y}{agreed}."
    return f"{one.number}: {_open(say(one.what))}. {owner}"


def _open(text: str) -> str:
    """A text without its full stop, where the sentence goes on."""
    return text.rstrip().rstrip(".")


def _next(one: Session | None) -> str:
    return f"## Next session\n\n{london(one.starts_at):%A %-d %B %Y at %H:%M}." if one else ""


def _list(heading: str, lines: list[str]) -> str:
    return f"## {heading}\n\n" + "\n".join(f"- {one}" for one in lines) if lines else ""

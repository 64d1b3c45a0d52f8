"""What is recorded of a session while it is held: who was there, who declared an interest, who voted how."""

from collections.abc import Iterable

from rules.clocks import civil
from rules.deciding.moment import Moment
from rules.deciding.session_of import held, standing, unheld
from rules.meeting.votes import majority, required
from schemas.commands import DeclareInterest, RecordAttendance, RecordVote
from schemas.cycle import Cycle, Session
from schemas.events import InterestDeclared, SessionHeld, VoteRecorded
from schemas.outcomes import Allowed, Decision, Refused


def record_attendance(cycle: Cycle, command: RecordAttendance, moment: Moment) -> Decision:
    """Record who was there; with this the session has been held. Too few members is recorded, not refused.

    Source: process.commands
    Source: local.quorum
    """
    session = unheld(cycle, command)
    if isinstance(session, Refused):
        return session
    held_at = command.held_at or session.starts_at
    if civil(held_at) > moment.today or civil(session.starts_at) > moment.today:
        return _wrong(
            "not_yet_held",
            f"The session is on {civil(session.starts_at):%A %-d %B %Y}. "
            "Record who attended on that day or after it, or move the session first.",
            "held_at",
        )
    if refused := _wrong_people(command):
        return refused
    quorum = _quorum(session, command.members)
    event = SessionHeld(
        session=session.number,
        held_at=held_at,
        present=command.present,
        apologies=command.apologies,
        chair=command.chair,
        members=command.members,
        members_present=command.members_present,
        quorum=quorum,
        quorate=None if quorum is None else len(command.members_present) >= quorum,
    )
    return Allowed(events=(event,))


def declare_interest(cycle: Cycle, command: DeclareInterest, _moment: Moment) -> Decision:
    """Record a conflict of interest, and whether who declared it left the room.

    Source: process.commands
    """
    session = standing(cycle, command)
    if isinstance(session, Refused):
        return session
    there = (*session.present, *session.members_present)
    if session.held_at and command.person not in there:
        return _wrong(
            "not_at_session",
            "Nobody of that name is recorded as present. Choose somebody who was there.",
            "person",
        )
    items = {one.number for one in session.agendas[-1].agenda} if session.agendas else set()
    if command.item and items and command.item not in items:
        return _wrong("no_such_item", f"The agenda has no item {command.item}. Choose one of it.", "item")
    if any((one.person, one.item) == (command.person, command.item) for one in session.interests):
        return _wrong(
            "interest_declared", "That interest is on record already. Nothing has to be added.", "person"
        )
    event = InterestDeclared(
        session=session.number,
        person=command.person,
        what=command.what,
        item=command.item,
        leaves=command.leaves,
    )
    return Allowed(events=(event,))


def record_vote(cycle: Cycle, command: RecordVote, _moment: Moment) -> Decision:
    """Record a vote, whether it was carried, and by which rule, with the membership then in force.

    A veto is measured against every seat that was held at that moment, whoever was there.

    Source: prsra-2011.sch5.p4
    Source: prsra-2011.sch8.p5
    Source: local.voting
    Units: votes.
    """
    session = held(cycle, command)
    if isinstance(session, Refused):
        return session
    if refused := _cannot_vote(session, command) or _wrong_count(session, command):
        return refused
    votes = (command.votes_for, command.votes_against)
    found = majority(command.rule, len(command.members), *votes, casting_for=command.casting_for)
    if isinstance(found, Refused):
        return found
    event = VoteRecorded(
        session=session.number,
        vote=len(session.votes) + 1,
        question=command.question,
        rule=command.rule,
        members=command.members,
        votes_for=command.votes_for,
        votes_against=command.votes_against,
        abstained=command.abstained,
        casting_for=command.casting_for,
        required=found.required,
        carried=found.carried,
        source=found.source,
        item=command.item,
    )
    return Allowed(events=(event,))


def may_vote(session: Session, item: int | None) -> tuple[str, ...]:
    """The members who were in the room for a vote: present, and not gone for an interest that it touches.

    Source: local.voting
    """
    gone = {one.person for one in session.interests if one.leaves and one.item in (None, item)}
    return tuple(one for one in session.members_present if one not in gone)


def _wrong_people(command: RecordAttendance) -> Refused | None:
    if not command.present and not command.members_present:
        return _wrong("nobody_present", "Name at least one person who was there.", "present")
    for field, people in (("present", command.present), ("members_present", command.members_present)):
        if twice := _twice(people):
            return _wrong("present_twice", f"{twice} is named twice. Name everybody once.", field)
    if strangers := [one for one in command.members_present if one not in command.members]:
        return _wrong(
            "not_a_member",
            f"{strangers[0]} holds no seat of the forum on that day. Record them among those who attended.",
            "members_present",
        )
    if command.chair and command.chair not in (*command.present, *command.members_present):
        said = "The chair is not among those who were there. Add them there, or choose who took the chair."
        return _wrong("chair_not_there", said, "chair")
    return None


def _quorum(session: Session, members: tuple[str, ...]) -> int | None:
    if session.rules is None or session.rules.quorum is None or not members:
        return None
    found = required(session.rules.quorum, len(members))
    return None if isinstance(found, Refused) else found


def _cannot_vote(session: Session, command: RecordVote) -> Refused | None:
    by = session.rules.votes_by if session.rules else ()
    if command.rule not in by:
        forum = session.rules.title if session.rules else "forum"
        how = f"by that rule. It votes by: {', '.join(by)}." if by else "at all. Record a decision instead."
        return _wrong("not_the_forums_vote", f"The {forum} does not vote {how}", "rule")
    if session.quorate is False:
        return _wrong(
            "not_quorate",
            "Too few members were there for a quorum, so nothing could be voted on. "
            "Put the question to another session.",
            None,
        )
    return None


def _wrong_count(session: Session, command: RecordVote) -> Refused | None:
    could = len(may_vote(session, command.item))
    cast = command.votes_for + command.votes_against + command.abstained
    if cast > could:
        return _wrong(
            "more_votes_than_present",
            f"{cast} votes were given, and {could} members were in the room for it. Count again.",
            "votes_for",
        )
    tie = command.rule == "panel-decision" and command.votes_for == command.votes_against
    if command.casting_for is not None and not tie:
        return _wrong(
            "no_tie",
            "A casting vote is for a tie in an ordinary decision, and this is none. Leave it out.",
            "casting_for",
        )
    return None


def _twice(people: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for one in people:
        if one in seen:
            return one
        seen.add(one)
    return None


def _wrong(code: str, message: str, field: str | None) -> Refused:
    return Refused(code=code, message=message, source="process.wrong-input", field=field)

"""Forums: who sits in them on a day, and what a command says of them held against the office's own data."""

from collections.abc import Iterable, Mapping
from datetime import date

from rules.clocks import civil
from schemas.commands import AnyCommand, FixSession, OpenCycle, RecordAttendance, RecordVote
from schemas.cycle import Cycle, Session
from schemas.outcomes import Refused
from schemas.sessions import OfficeForum, Seat, SessionDraft
from schemas.windows import Window

Forums = Mapping[str, OfficeForum]
"""The forums of an office by their ids."""
END_OF_DAY = "23:59"
CARRY_RULES = (FixSession, OpenCycle)
"""The commands that carry the rules of a session's forum."""
CARRY_MEMBERS = (RecordAttendance, RecordVote)
"""The commands that carry the membership then in force."""


def held_on(seats: Iterable[Seat], on: date) -> tuple[str, ...]:
    """The seats that are held on a day, by their ids: the membership then in force, vacancies left out.

    Source: prsra-2011.sch5.p4
    """
    return tuple(one.id for one in seats if one.from_on <= on and (one.to_on is None or on <= one.to_on))


def day_of(session: Session, command: RecordAttendance | RecordVote) -> date:
    """The civil day at which membership is looked at: when the session was held, or is said to be.

    Source: prsra-2011.sch5.p4
    """
    said = command.held_at if isinstance(command, RecordAttendance) else None
    return civil(said or session.held_at or session.starts_at)


def seats_of(
    forums: Forums, cycle: Cycle | None, command: RecordAttendance | RecordVote
) -> tuple[str, ...] | None:
    """The membership that a command has to carry; None where its session or forum is not known.

    Source: prsra-2011.sch5.p4
    """
    session = cycle.session(command.session) if cycle else None
    forum = forums.get(session.forum) if session else None
    return held_on(forum.seats, day_of(session, command)) if session and forum else None


def with_rules(draft: SessionDraft | None, forums: Forums) -> SessionDraft | None:
    """A session as it is being fixed, with the rules of its forum where it has none.

    Source: process.commands
    """
    forum = forums.get(draft.forum) if draft and draft.rules is None else None
    return draft.model_copy(update={"rules": forum.rules}) if draft and forum else draft


def with_cutoff(forums: Forums, window: Window) -> Forums:
    """The forums with the public's cut-off of a window, but for those that have their own.

    Source: panel.public-participation
    Units: working days before the session's day; the hour is London's.
    """
    cutoff = {"cutoff_days": window.days, "cutoff_hour": window.hour or END_OF_DAY}
    return {
        name: one if one.own_cutoff else one.model_copy(update={"rules": one.rules.model_copy(update=cutoff)})
        for name, one in forums.items()
    }


def check_forums(command: AnyCommand, forums: Forums, cycle: Cycle | None) -> Refused | None:
    """A refusal where the rules or the members that a command carries are not the office's on that day.

    What travels with a command decides later, so it may not be whatever somebody sent.

    Source: process.wrong-input
    """
    if isinstance(command, CARRY_RULES):
        return _other_rules(command.session, forums) if command.session else None
    if isinstance(command, CARRY_MEMBERS):
        return _other_members(command, forums, cycle)
    return None


def _other_rules(draft: SessionDraft, forums: Forums) -> Refused | None:
    forum = forums.get(draft.forum)
    if forum is None or draft.rules == forum.rules:
        return None
    if draft.rules is None and not forum.rules.statutory:
        return None
    return Refused(
        code="not_the_forums_rules",
        message=f"These are not the rules of the {forum.rules.title} as the office has them. "
        "Open the page again, which fills them in, and send it once more.",
        source="process.wrong-input",
        field="session.rules",
    )


def _other_members(
    command: RecordAttendance | RecordVote, forums: Forums, cycle: Cycle | None
) -> Refused | None:
    seats = seats_of(forums, cycle, command)
    session = cycle.session(command.session) if cycle else None
    if seats is None or session is None or set(seats) == set(command.members):
        return None
    rules = forums[session.forum].rules
    if not command.members and not rules.quorum and not rules.votes_by:
        return None
    return Refused(
        code="not_the_membership",
        message=f"On {day_of(session, command):%A %-d %B %Y} the {rules.title} had {len(seats)} seats held, "
        "and these are not those. Open the page again, which fills them in, and send it once more.",
        source="prsra-2011.sch5.p4",
        field="members",
    )

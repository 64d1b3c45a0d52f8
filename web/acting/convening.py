"""What the office's own forums fill into acts on sessions: a forum's rules, and the seats held on the day."""

from datetime import datetime
from typing import Any

from pydantic import ValidationError

from engine.in_force import forums_now
from rules.clocks import civil
from rules.meeting.forums import held_on
from schemas.cycle import Session
from web.door.rooms import Rooms


async def with_rules(here: Rooms, draft: Any) -> Any:
    """A session's draft with the rules of its forum as they are now; what is given already stays."""
    if not isinstance(draft, dict) or draft.get("rules"):
        return draft
    forum = (await forums_now(here.forums, here.reads)).get(str(draft.get("forum", "holding_to_account")))
    return {**draft, "rules": forum.rules.model_dump(mode="json")} if forum else draft


async def fixing(here: Rooms, facts: dict[str, Any]) -> dict[str, Any]:
    """A FixSession with the rules of its forum."""
    return {**facts, "session": await with_rules(here, facts.get("session"))}


async def attendance(here: Rooms, facts: dict[str, Any]) -> dict[str, Any]:
    """A RecordAttendance with the membership of its day, and those of it who are among the people present."""
    members = facts.get("members") or await members_on(here, facts, facts.get("held_at"))
    there = set(facts.get("present") or ())
    present = facts.get("members_present") or tuple(one for one in members if one in there)
    return {**facts, "members": members, "members_present": present}


async def vote(here: Rooms, facts: dict[str, Any]) -> dict[str, Any]:
    """A RecordVote with the membership then in force."""
    return {**facts, "members": facts.get("members") or await members_on(here, facts, None)}


async def members_on(here: Rooms, facts: dict[str, Any], at: Any) -> tuple[str, ...]:
    """The seats of a session's forum that are held on its day; none where the session is not known."""
    session = await _session(here, facts)
    forum = here.forums.get(session.forum) if session else None
    if session is None or forum is None:
        return ()
    told = _instant(at)
    return held_on(forum.seats, civil(told or session.held_at or session.starts_at))


async def _session(here: Rooms, facts: dict[str, Any]) -> Session | None:
    try:
        page = await here.reads.cycle(str(facts.get("cycle")))
        return page.cycle.session(int(facts.get("session") or 1)) if page else None
    except (ValueError, TypeError, ValidationError):
        return None


def _instant(at: Any) -> datetime | None:
    if isinstance(at, datetime):
        return at
    try:
        found = datetime.fromisoformat(at) if isinstance(at, str) else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None

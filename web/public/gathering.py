"""Meetings as everybody may know of them: when, where, about what, with what notice, until when to ask."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from reference.working import working_calendar
from rules.meeting.noticing import cutoff, notice_due
from schemas.clocks import Due
from schemas.cycle import Notice
from schemas.evidence import Item
from schemas.outcomes import Refused
from schemas.public_meetings import SeenSession
from web.showing import words

WHY_HELD_BACK = "A file for a meeting that is not held in public: ask the office for a copy."


@dataclass(frozen=True)
class Subject:
    """One question that a meeting is about; a slug where its findings are published."""

    reference: str
    title: str
    slug: str = ""


@dataclass(frozen=True)
class Paper:
    """One paper of a meeting."""

    name: str
    address: str = ""
    words: str = ""
    digest: str = ""
    """Of a file: the SHA-256 of what was sent."""
    media_type: str = ""


@dataclass(frozen=True)
class Published:
    """An agenda or papers, when they were published and whether in time."""

    at: datetime
    late: bool
    due: bool
    reason: str
    items: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class Meeting:
    """One meeting with the questions that share it."""

    key: str
    forum: str
    starts_at: datetime
    subjects: tuple[Subject, ...]
    place: str
    in_public: bool
    held_at: datetime | None
    cancelled_at: datetime | None
    agenda: Published | None
    papers: tuple[Published, ...]
    notice: Due | None
    """When the agenda is owed; None where the forum owes no notice."""
    ask_until: datetime | None
    """Until when the public may send questions; None where it may not, or no longer."""
    changed_at: datetime
    sequence: int

    @property
    def coming(self) -> bool:
        """Whether it is still to be held."""
        return self.held_at is None and self.cancelled_at is None

    @property
    def title(self) -> str:
        """What it is called in a list."""
        return f"{self.forum}: {'; '.join(one.title for one in self.subjects)}"


def meetings(rows: Iterable[SeenSession], now: datetime) -> list[Meeting]:
    """Every meeting of these sessions, those that several cycles share together, soonest first."""
    together: dict[str, list[SeenSession]] = {}
    for one in rows:
        shared = one.session.meeting
        key = shared.lower() if shared else f"{one.cycle.lower()}-{one.session.number}"
        together.setdefault(key, []).append(one)
    found = [_meeting(key, parts, now) for key, parts in together.items()]
    return sorted(found, key=lambda one: (one.starts_at, one.key))


def _meeting(key: str, parts: list[SeenSession], now: datetime) -> Meeting:
    lead = next((one for one in parts if not one.session.cancelled_at), parts[0])
    first = lead.session
    standing = (one.session for one in parts if not one.session.cancelled_at)
    agenda = next((one.agendas[-1] for one in standing if one.agendas), None)
    said = {ref: text for one in parts for ref, text in one.words.items()}

    def say(ref: str | None) -> str:
        return said.get(ref, "") if ref else ""

    return Meeting(
        key=key,
        forum=first.rules.title if first.rules else words.FORUMS.get(first.forum, "Meeting"),
        starts_at=first.starts_at,
        subjects=tuple(Subject(it.cycle, it.title, it.cycle.lower() if it.published else "") for it in parts),
        place=say(first.place),
        in_public=bool(first.rules and first.rules.in_public),
        held_at=first.held_at,
        cancelled_at=first.cancelled_at,
        agenda=_published(agenda, say, "") if agenda else None,
        papers=tuple(
            _published(one, say, key if first.rules and first.rules.in_public else "") for one in first.papers
        ),
        notice=_notice(lead),
        ask_until=_ask_until(lead, now),
        changed_at=max(it.changed_at for it in parts),
        sequence=sum(it.version for it in parts),
    )


def _published(one: Notice, say: Callable[[str | None], str], at: str) -> Published:
    return Published(
        at=one.at,
        late=one.late,
        due=one.due is not None,
        reason=say(one.urgency),
        items=tuple(say(it.title) for it in one.agenda),
        papers=tuple(_paper(it, say, at) for it in one.papers),
    )


def _paper(one: Item, say: Callable[[str | None], str], at: str) -> Paper:
    """A paper of the meeting whose page is there; a file is given out where it is held in public."""
    match one.kind:
        case "file":
            address, why = (f"/meetings/{at}/papers/{one.digest}", "") if at else ("", WHY_HELD_BACK)
            return Paper(say(one.name) or "A file", address, why, one.digest, one.media_type)
        case "link":
            address = say(one.address)
            return Paper(address, address=address if address.startswith(("https://", "http://")) else "")
        case "written":
            return Paper("In writing", words=say(one.text))
        case _:
            return Paper(f"Shown at the meeting: {say(one.what)}")


def _notice(one: SeenSession) -> Due | None:
    calendar, session = working_calendar(one.calendar), one.session
    if isinstance(calendar, Refused):
        return None
    found = notice_due(session.rules, session.starts_at, one.due_hour, calendar)
    return found if isinstance(found, Due) else None


def _ask_until(one: SeenSession, now: datetime) -> datetime | None:
    calendar, session = working_calendar(one.calendar), one.session
    rules = session.rules
    if rules is None or not rules.public_questions or not session.coming or isinstance(calendar, Refused):
        return None
    until = cutoff(rules, session.starts_at, calendar)
    return None if isinstance(until, Refused) or until <= now else until

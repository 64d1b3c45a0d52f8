"""Meetings as everybody may know of them: when, where, about what, with what notice, until when to ask."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from reference.working import working_calendar
from rules.meeting.noticing import cutoff, notice_of
from schemas.clocks import Due
from schemas.cycle import Notice, Session
from schemas.evidence import Item
from schemas.outcomes import Refused
from schemas.rows import CyclePage
from web.showing import words

WHY_HELD_BACK = "A paper that was sent to the meeting as a file: ask the office for a copy."


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


def meetings(pages: Iterable[CyclePage], now: datetime) -> list[Meeting]:
    """Every meeting of these cycles, those that several share together, soonest first."""
    together: dict[str, list[tuple[CyclePage, Session]]] = {}
    for page in pages:
        for one in page.cycle.sessions:
            key = one.meeting.lower() if one.meeting else f"{page.cycle.reference.lower()}-{one.number}"
            together.setdefault(key, []).append((page, one))
    found = [_meeting(key, parts, now) for key, parts in together.items()]
    return sorted(found, key=lambda one: (one.starts_at, one.key))


def _meeting(key: str, parts: list[tuple[CyclePage, Session]], now: datetime) -> Meeting:
    page, first = next((one for one in parts if not one[1].cancelled_at), parts[0])
    agenda = next((one.agendas[-1] for _, one in parts if one.agendas and not one.cancelled_at), None)
    return Meeting(
        key=key,
        forum=first.rules.title if first.rules else words.FORUMS.get(first.forum, "Meeting"),
        starts_at=first.starts_at,
        subjects=tuple(_subject(it) for it, _ in parts),
        place=page.say(first.place),
        in_public=bool(first.rules and first.rules.in_public),
        held_at=first.held_at,
        cancelled_at=first.cancelled_at,
        agenda=_published(agenda, page.say) if agenda else None,
        papers=tuple(_published(one, page.say) for one in first.papers),
        notice=_notice(page, first),
        ask_until=_ask_until(page, first, now),
        changed_at=max(it.cycle.changed_at for it, _ in parts),
        sequence=sum(it.cycle.version for it, _ in parts),
    )


def _subject(page: CyclePage) -> Subject:
    cycle = page.cycle
    return Subject(
        cycle.reference, page.say(cycle.title), cycle.reference.lower() if cycle.published() else ""
    )


def _published(one: Notice, say: Callable[[str | None], str]) -> Published:
    return Published(
        at=one.at,
        late=one.late,
        due=one.due is not None,
        reason=say(one.urgency),
        items=tuple(say(it.title) for it in one.agenda),
        papers=tuple(_paper(it, say) for it in one.papers),
    )


def _paper(one: Item, say: Callable[[str | None], str]) -> Paper:
    match one.kind:
        case "file":
            return Paper(say(one.name), words=WHY_HELD_BACK)
        case "link":
            address = say(one.address)
            return Paper(address, address=address if address.startswith(("https://", "http://")) else "")
        case "written":
            return Paper("In writing", words=say(one.text))
        case _:
            return Paper(f"Shown at the meeting: {say(one.what)}")


def _notice(page: CyclePage, session: Session) -> Due | None:
    calendar = working_calendar(page.cycle.calendar)
    return None if isinstance(calendar, Refused) else notice_of(page.cycle, session, calendar)


def _ask_until(page: CyclePage, session: Session, now: datetime) -> datetime | None:
    calendar = working_calendar(page.cycle.calendar)
    rules = session.rules
    if rules is None or not rules.public_questions or not session.coming or isinstance(calendar, Refused):
        return None
    until = cutoff(rules, session.starts_at, calendar)
    return None if isinstance(until, Refused) or until <= now else until

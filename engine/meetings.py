"""Meetings: one change handed to the session of every cycle that shares the meeting, repeatably."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rules.meeting.joining import check_joining
from schemas.commands import AnyCommand, MoveSession
from schemas.cycle import Cycle, Session
from schemas.outcomes import Decision, Outcome, Receipt, Refused
from schemas.rows import CyclePage, MeetingPart, MeetingRow
from schemas.shape import Words

SHARED = ("MoveSession", "CancelSession", "PublishAgenda", "PublishPapers", "RecordAttendance")
"""What is done to a meeting as a whole. Questions, judgements and votes belong to one cycle."""

STANDS = {
    "MoveSession": "same_day",
    "CancelSession": "session_cancelled",
    "RecordAttendance": "session_held",
}
"""The refusal that says that this was done to a session already, by whomever."""


class Sends(Protocol):
    """Where commands are handed in."""

    async def send(self, command: AnyCommand, words: Words | None = None) -> Outcome:
        """Hand in a command."""
        ...

    async def preview(self, command: AnyCommand) -> Decision:
        """What a command would do now."""
        ...


class KnowsMeetings(Protocol):
    """What has to be known to join a meeting."""

    async def cycle(self, reference: str) -> CyclePage | None:
        """One cycle as it stands."""
        ...

    async def meeting(self, reference: str) -> list[CyclePage]:
        """The cycles on a meeting; none where there is no such meeting."""
        ...


@dataclass(frozen=True)
class Part:
    """One cycle's session within a meeting."""

    cycle: str
    session: int


@dataclass(frozen=True)
class Became:
    """What became of a change in one cycle."""

    part: Part
    outcome: Outcome

    @property
    def done(self) -> bool:
        """Whether it stands there now."""
        return isinstance(self.outcome, Receipt)


Make = Callable[[Part, str], Awaitable[AnyCommand]]
"""Makes the command for one cycle's session, under its own key."""


def parts_of(cycles: Iterable[Cycle], meeting: str) -> tuple[Part, ...]:
    """The sessions that share a meeting, called-off ones included, in the order of their cycles."""
    found = sorted(cycles, key=lambda one: one.reference)
    return tuple(
        Part(cycle.reference, one.number)
        for cycle in found
        for one in cycle.sessions
        if one.meeting == meeting
    )


def coming(cycles: Iterable[Cycle], meeting: str) -> tuple[Part, ...]:
    """The sessions that share a meeting and are not called off: those a change goes to."""
    every = list(cycles)
    at: dict[tuple[str, int], Session] = {
        (cycle.reference, one.number): one for cycle in every for one in cycle.sessions
    }
    return tuple(one for one in parts_of(every, meeting) if not at[one.cycle, one.session].cancelled_at)


def key_for(key: str, part: Part) -> str:
    """The key under which a meeting's change is carried out in one cycle: the same whenever it is tried."""
    return f"{key}:{part.cycle}"


async def hand_out(
    desk: Sends, parts: Sequence[Part], key: str, make: Make, words: Words | None = None
) -> list[Became]:
    """Hand a change to each cycle's session, one after the other; may be repeated under the same key.

    Each stands for itself: a refusal in one cycle stops nothing in the others and is reported. What a
    half-way stop left out is done when the same is handed out again.
    """
    return [Became(one, await desk.send(await make(one, key_for(key, one)), words)) for one in parts]


async def look_ahead(desk: Sends, parts: Sequence[Part], key: str, make: Make) -> list[tuple[Part, Decision]]:
    """What the change would do in each cycle; nothing is written."""
    return [(one, await desk.preview(await make(one, key_for(key, one)))) for one in parts]


def first_refused(found: Iterable[tuple[Part, Decision]], kind: str) -> tuple[Part, Refused] | None:
    """The first cycle that would refuse the change, unless it says that the change stands there already."""
    refused = ((part, one) for part, one in found if isinstance(one, Refused))
    return next((pair for pair in refused if pair[1].code != STANDS.get(kind)), None)


async def check_meeting(command: AnyCommand, knows: KnowsMeetings) -> Refused | None:
    """A refusal where a session would join a meeting that is not there, or that is not as the session is."""
    if not isinstance(command, MoveSession) or command.meeting is None:
        return None
    page = await knows.cycle(command.cycle)
    pages = await knows.meeting(command.meeting)
    return check_joining(command, [one.cycle for one in pages], page.cycle if page else None)


def listed(pages: Iterable[CyclePage], meeting: str | None = None) -> list[MeetingRow]:
    """The meetings of some cycles, or one of them, soonest first; each with its sessions."""
    parts: dict[str, list[MeetingPart]] = {}
    for page in sorted(pages, key=lambda one: one.cycle.reference):
        for one in page.cycle.sessions:
            if one.meeting and meeting in (None, one.meeting):
                title = page.say(page.cycle.title)
                parts.setdefault(one.meeting, []).append(
                    MeetingPart(cycle=page.cycle.reference, title=title, session=one)
                )
    rows = [_row(name, tuple(found)) for name, found in parts.items()]
    return sorted(rows, key=lambda one: (one.starts_at, one.meeting))


def _row(meeting: str, parts: tuple[MeetingPart, ...]) -> MeetingRow:
    first = next((one.session for one in parts if not one.session.cancelled_at), parts[0].session)
    coming = any(one.session.coming for one in parts)
    return MeetingRow(
        meeting=meeting, forum=first.forum, starts_at=first.starts_at, coming=coming, parts=parts
    )

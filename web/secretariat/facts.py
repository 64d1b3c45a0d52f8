"""What the panel's secretariat is told: meetings, clocks, what was published, replies, delivery.

All of it is read as everybody may read it, but the programme, which the panel's secretariat reads anyway: so
nothing that is withheld can reach the page or the pack.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request

from rules.clocks import civil
from schemas.board_pages import SessionRow
from schemas.panel import PanelMeetings
from schemas.programme import Slot
from schemas.rows import PublicationRow
from schemas.searching import LatePage
from schemas.successions import Announced
from store.viewing import looking
from web.door.rooms import Rooms, rooms
from web.programme.board import Board, board_of
from web.public.gathering import Meeting
from web.public.late import Late, said
from web.public.meetings import the_meeting
from web.public.record import Record, record
from web.secretariat.clocks import Clock, of_law, of_meeting, of_reports, reply
from web.secretariat.delivery import Delivery, delivery_of
from web.showing import words
from web.showing.pages import A_PAGE

A_FEW, MOST_LATE = 10, 500
"""What is late, on the page and in the pack."""
NEWEST = 20
"""Findings on the page; the pack has as many as a page of a list."""
OF_REPORT = "Inspection report"
REPLIES = ("panel_recommendation", "inspection_response")
STATES = {"proposed": "Proposed", "adopted": "Planned", "opened": "Being answered", "dropped": "Dropped"}


@dataclass(frozen=True)
class Sitting:
    """One meeting of the panel, with what can be done about it."""

    row: SessionRow
    meeting: Meeting | None
    address: str
    acts: str
    """Where its acts begin, such as `/meetings/MTG-2026-01/act/`."""
    session: str
    """What the address of an act says beside, where the session stands by itself."""

    @property
    def key(self) -> str:
        """Its public address's last part."""
        return self.row.meeting.lower() if self.row.meeting else f"{self.row.cycle.lower()}-{self.row.number}"


@dataclass(frozen=True)
class Published:
    """One thing that became public, or was withdrawn."""

    row: PublicationRow
    record: Record
    what: str
    at: datetime
    newest: bool
    """Whether no later version has replaced this one."""


@dataclass(frozen=True)
class Reply:
    """A recommendation or a report that the office answers, and its clock."""

    title: str
    kind: str
    state: str
    cycle: str
    clock: Clock | None
    published: bool


@dataclass(frozen=True)
class PanelFacts:
    """Everything of the page and of the pack."""

    now: datetime
    coming: tuple[Sitting, ...]
    unrecorded: tuple[Sitting, ...]
    last: SessionRow | None
    called_off: tuple[SessionRow, ...]
    clocks: tuple[Clock, ...]
    published: tuple[Published, ...]
    cut: bool
    """Whether more was published than is shown."""
    late: tuple[Late, ...]
    """The longest first; on the page a few of them, in the pack as many as there may be."""
    late_in_all: int
    replies: tuple[Reply, ...]
    successions: tuple[Announced, ...]
    delivery: Delivery | None

    @property
    def since(self) -> datetime | None:
        """When the panel met last; None where it has not."""
        return self.last.starts_at if self.last else None

    @property
    def standing(self) -> tuple[Published, ...]:
        """The newest version of each set of findings that is not withdrawn."""
        found: dict[str, Published] = {}
        for one in sorted(self.published, key=lambda it: it.row.version):
            found[one.row.cycle] = one
        kept = sorted(found.values(), key=lambda it: (it.at, it.row.cycle), reverse=True)
        return tuple(one for one in kept if one.row.withdrawn_at is None)

    @property
    def next(self) -> Sitting | None:
        """The next meeting; None where none is fixed."""
        return next(iter(self.coming), None)


@dataclass(frozen=True)
class _Seen:
    """What everybody may know."""

    found: PanelMeetings
    told: Meeting | None
    """The next meeting's agenda and papers."""
    rows: Sequence[PublicationRow]
    """What was published since the last meeting, one more than is shown."""
    late: LatePage
    reports: Mapping[str, Clock]


async def panel_facts(request: Request, *, whole: bool = False) -> PanelFacts:
    """What the panel's page shows now; for the pack, how each promise stands today as well."""
    here = rooms(request)
    now = here.now()
    board, seen, clocks, successions = await asyncio.gather(
        board_of(request), _seen(request, now, whole=whole), of_law(request, civil(now), now),
        here.reads.successions(),
    )  # fmt: skip
    last, ahead = _last(seen.found), _ahead(seen.found, now)
    sittings = [_sitting(one, seen.told if one is ahead else None) for one in seen.found.coming]
    coming = tuple(one for one in sittings if one.row.starts_at >= now)
    of_next = await of_meeting(request, coming[0].row, coming[0].meeting) if coming else []
    most = A_PAGE if whole else NEWEST
    replied = {one.cycle for one in seen.rows}
    return PanelFacts(
        now=now,
        coming=coming,
        unrecorded=tuple(one for one in sittings if one.row.starts_at < now),
        last=last,
        called_off=tuple(one for one in seen.found.past if one.cancelled and one.starts_at >= now),
        clocks=tuple(sorted((*of_next, *clocks, *seen.reports.values()), key=lambda one: one.due_at)),
        published=tuple(await _published(here, board, seen.rows[:most], last, whole=whole)),
        cut=len(seen.rows) > most,
        late=tuple(said(one, here.office.short) for one in seen.late.rows),
        late_in_all=seen.late.all,
        replies=(
            *[await _reply(request, board, one, replied, seen.reports) for one in _asked(board)],
            *_beside(board, seen.reports),
        ),
        successions=tuple(one for one in successions if one.from_on >= civil(now)),
        delivery=await delivery_of(here, board.programme),
    )


async def _seen(request: Request, now: datetime, *, whole: bool) -> _Seen:
    """All that does not hang together is asked at one time, in nobody's name."""
    here = rooms(request)
    with looking():
        (found, told, rows), late, reports = await asyncio.gather(
            _met(here, now),
            here.reads.late_page(now, MOST_LATE if whole else A_FEW),
            of_reports(request, now),
        )
    return _Seen(found, told, rows, late, reports)


async def _met(here: Rooms, now: datetime) -> tuple[PanelMeetings, Meeting | None, Sequence[PublicationRow]]:
    found = await here.reads.panel_meetings()
    last, ahead = _last(found), _ahead(found, now)
    rows = await here.reads.published_since(last.starts_at if last else None, A_PAGE + 1)
    return found, await _told(here, ahead) if ahead else None, rows


def _last(found: PanelMeetings) -> SessionRow | None:
    return next((one for one in found.past if not one.cancelled), None)


def _ahead(found: PanelMeetings, now: datetime) -> SessionRow | None:
    return next((one for one in found.coming if one.starts_at >= now), None)


def _sitting(row: SessionRow, meeting: Meeting | None) -> Sitting:
    if row.meeting:
        address = f"/meetings/{row.meeting}"
        return Sitting(row, meeting, address, f"{address}/act/", "")
    address = f"/cycles/{row.cycle}/sessions/{row.number}"
    return Sitting(row, meeting, address, f"/cycles/{row.cycle}/act/", f"?session={row.number}")


async def _told(here: Rooms, row: SessionRow) -> Meeting | None:
    """A meeting as everybody may know of it; None where nobody may."""
    try:
        return await the_meeting(here, _sitting(row, None).key)
    except HTTPException:
        return None


async def _published(
    here: Rooms, board: Board, rows: Sequence[PublicationRow], last: SessionRow | None, *, whole: bool
) -> list[Published]:
    wanted = (one.cycle for one in rows if whole and not one.withdrawn_at)
    with looking():
        pages = await here.reads.cycles_named(wanted)
    newest = {one.cycle: one.version for one in sorted(rows, key=lambda one: one.version)}
    return [
        Published(
            row=row,
            record=record(
                row, pages.get(row.cycle), [], plan=board.plan, people=board.people, now=here.now()
            ),
            what=_what(row, last),
            at=row.withdrawn_at if _gone(row, last) and row.withdrawn_at else row.published_at,
            newest=newest[row.cycle] == row.version,
        )
        for row in rows
    ]


def _what(row: PublicationRow, last: SessionRow | None) -> str:
    if _gone(row, last):
        return "Withdrawn"
    return "Correction" if row.version > 1 else "Findings"


def _gone(row: PublicationRow, last: SessionRow | None) -> bool:
    """Whether it was withdrawn since the last meeting."""
    return row.withdrawn_at is not None and (last is None or row.withdrawn_at > last.starts_at)


def _asked(board: Board) -> list[Slot]:
    return [one for one in board.slots if one.draft.cycle_kind in REPLIES and one.state != "dropped"]


def _beside(board: Board, reports: Mapping[str, Clock]) -> list[Reply]:
    """Reports that are answered in cycles which the programme did not plan."""
    planned = {one.cycle for one in _asked(board)}
    return [
        Reply(
            title=clock.title,
            kind=OF_REPORT,
            state=STATES["opened"],
            cycle=cycle,
            clock=clock,
            published=False,
        )
        for cycle, clock in reports.items()
        if cycle not in planned
    ]


async def _reply(
    request: Request, board: Board, slot: Slot, replied: Iterable[str], reports: Mapping[str, Clock]
) -> Reply:
    began = civil(slot.opened_at) if slot.opened_at else slot.draft.opens_on
    panel = slot.draft.cycle_kind == "panel_recommendation"
    done = slot.cycle is not None and slot.cycle in replied
    return Reply(
        title=board.say(slot.draft.title),
        kind="Panel recommendation" if panel else OF_REPORT,
        state="Answered" if done else STATES[slot.state],
        cycle=slot.cycle or "",
        clock=None if done else reports.get(slot.cycle or "") or await reply(request, began, panel=panel),
        published=done,
    )


def forum(row: SessionRow) -> str:
    """What a meeting is called."""
    return words.FORUMS.get(row.forum, "Meeting")

"""What the panel's secretariat is told: meetings, clocks, what was published, replies, delivery.

All of it is read as everybody may read it, but the programme, which the panel's secretariat reads anyway: so
nothing that is withheld can reach the page or the pack.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request

from rules.clocks import civil
from schemas.board_pages import SessionRow
from schemas.programme import Slot, Snapshot
from schemas.rows import PublicationRow
from schemas.successions import Announced
from store.viewing import looking
from web.door.rooms import Rooms, rooms
from web.programme.board import Board, board_of
from web.public.gathering import Meeting
from web.public.late import Late, said
from web.public.meetings import the_meeting
from web.public.record import Record, record
from web.secretariat.clocks import Clock, of_law, of_meeting, reply
from web.showing import words
from web.showing.pages import A_PAGE

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
class Delivery:
    """The newest snapshot of the delivery plan, line by line."""

    snapshot: Snapshot
    lines: tuple[dict[str, str], ...]


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


async def panel_facts(request: Request) -> PanelFacts:
    """What the panel's page shows now."""
    here, board = rooms(request), await board_of(request)
    now = here.now()
    with looking():
        found = await here.reads.panel_meetings()
        last = next((one for one in found.past if not one.cancelled), None)
        sittings = [await _sitting(here, one) for one in found.coming]
        coming = tuple(one for one in sittings if one.row.starts_at >= now)
        rows = await here.reads.published_since(last.starts_at if last else None, A_PAGE + 1)
        published = [await _published(here, board, row, last) for row in rows[:A_PAGE]]
        late = await here.reads.late_now(now)
        replied = {one.cycle for one in rows}
    clocks = [*(await of_meeting(request, coming[0].row, coming[0].meeting) if coming else ())]
    clocks += await of_law(request, civil(now), now)
    snapshot = board.programme.snapshots[-1] if board.programme and board.programme.snapshots else None
    return PanelFacts(
        now=now,
        coming=coming,
        unrecorded=tuple(one for one in sittings if one.row.starts_at < now),
        last=last,
        called_off=tuple(one for one in found.past if one.cancelled and one.starts_at >= now),
        clocks=tuple(sorted(clocks, key=lambda one: one.due_at)),
        published=tuple(published),
        cut=len(rows) > A_PAGE,
        late=tuple(said(one, here.office.short) for one in late),
        replies=tuple([await _reply(request, board, one, replied) for one in _asked(board)]),
        successions=tuple(one for one in await here.reads.successions() if one.from_on >= civil(now)),
        delivery=await _delivery(here, snapshot),
    )


async def _sitting(here: Rooms, row: SessionRow) -> Sitting:
    if row.meeting:
        address, session = f"/meetings/{row.meeting}", ""
        acts = f"{address}/act/"
    else:
        address, session = f"/cycles/{row.cycle}/sessions/{row.number}", f"?session={row.number}"
        acts = f"/cycles/{row.cycle}/act/"
    made = Sitting(row, None, address, acts, session)
    try:
        return Sitting(row, await the_meeting(here, made.key), address, acts, session)
    except HTTPException:
        return made


async def _published(here: Rooms, board: Board, row: PublicationRow, last: SessionRow | None) -> Published:
    page = None if row.withdrawn_at else await here.reads.cycle(row.cycle)
    found = record(row, page, [], plan=board.plan, people=board.people, now=here.now())
    gone = row.withdrawn_at is not None and (last is None or row.withdrawn_at > last.starts_at)
    what = "Withdrawn" if gone else "Correction" if row.version > 1 else "Findings"
    return Published(row, found, what, row.withdrawn_at if gone and row.withdrawn_at else row.published_at)


def _asked(board: Board) -> list[Slot]:
    return [one for one in board.slots if one.draft.cycle_kind in REPLIES and one.state != "dropped"]


async def _reply(request: Request, board: Board, slot: Slot, replied: Iterable[str]) -> Reply:
    began = civil(slot.opened_at) if slot.opened_at else slot.draft.opens_on
    panel = slot.draft.cycle_kind == "panel_recommendation"
    done = slot.cycle is not None and slot.cycle in replied
    return Reply(
        title=board.say(slot.draft.title),
        kind="Panel recommendation" if panel else "Inspection report",
        state="Answered" if done else STATES[slot.state],
        cycle=slot.cycle or "",
        clock=await reply(request, began, panel=panel) if not done else None,
        published=done,
    )


async def _delivery(here: Rooms, snapshot: Snapshot | None) -> Delivery | None:
    if snapshot is None:
        return None
    ref = f"text:{snapshot.table}"
    table = (await here.reads.words({ref})).get(ref, "").removeprefix("\ufeff")
    return Delivery(snapshot, tuple(dict(one) for one in csv.DictReader(io.StringIO(table))))


def forum(row: SessionRow) -> str:
    """What a meeting is called."""
    return words.FORUMS.get(row.forum, "Meeting")

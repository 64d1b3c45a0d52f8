# ruff: noqa: ARG002 - a stand-in takes the arguments of what it stands for
"""The boards' reads over cycles in memory: the rows are made by the real rules, then sorted here."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Literal

from reference.catalogue import demonstration_people
from rules.boards import board_rows
from schemas.board_pages import (
    ActionRow,
    ActionsPage,
    Choice,
    ChoicesPage,
    ConcerningPage,
    CyclesPage,
    Joinable,
    JoinablePage,
    LentPage,
    MeetingToJoin,
    NeedRow,
    NeedsPage,
    NextDue,
    OwedPage,
    SessionRow,
    SessionsPage,
    TasksPage,
)
from schemas.boards import BoardRows, CycleSession, Needed
from schemas.cycle import Cycle
from schemas.rows import CyclePage, CycleRow, DeadlineRow, TaskRow
from schemas.sessions import AgendaItem
from store.boards import OWED

PLACES = {"late": 0, "today": 1, "later": 2}


class BoardsMemory:
    """What the boards ask, of whatever the class beside it holds in memory."""

    memory: Any
    last_seen: datetime | Literal["now"] | None = "now"
    """When the engine was at work last, as a test says."""
    _open: Callable[[], None]
    cycle: Callable[[str], Awaitable[CyclePage | None]]
    cycles: Callable[..., Awaitable[list[CycleRow]]]
    deadlines: Callable[..., Awaitable[list[DeadlineRow]]]

    def _boards(self) -> Iterator[tuple[Cycle, BoardRows]]:
        self._open()
        for reference in self.memory.ledgers:
            cycle = self.memory.cycle(reference)
            yield cycle, board_rows(cycle)

    async def engine_seen(self) -> datetime | None:
        """A moment ago, or when a test says."""
        found: datetime | None = self.memory.now if self.last_seen == "now" else self.last_seen
        return found

    def _said(self, ref: str | None) -> str:
        return str(self.memory.words.get(ref, ""))

    async def needs(
        self, whom: Sequence[str], person: str, now: datetime, most: int = 50, skip: int = 0
    ) -> NeedsPage:
        """In order of need."""
        found = [
            self._need(cycle, one, now)
            for cycle, rows in self._boards()
            for one in rows.needs
            if one.whom in whom and one.but_not != person and one.shows_at <= now
        ]
        found.sort(key=lambda one: (PLACES[one.state], one.at, one.cycle, one.key))
        today = sum(one.state != "later" for one in found)
        return NeedsPage(rows=tuple(found[skip : skip + most]), all=len(found), today=today)

    def _need(self, cycle: Cycle, one: Needed, now: datetime) -> NeedRow:
        late = one.late_at is not None and one.late_at <= now
        return NeedRow(
            cycle=cycle.reference,
            cycle_title=self._said(cycle.title),
            key=one.key,
            what=one.what,
            number=one.number,
            title=self._said(one.title),
            at=one.at,
            state="late" if late else "later" if one.can_wait else "today",
        )

    async def cycles_of(self, person: str | None, now: datetime, most: int = 50, skip: int = 0) -> CyclesPage:
        """Those under way that somebody opened, or all."""
        rows = [row for row in await self.cycles() if row.stage not in ("closed", "cancelled")]
        found = [row for row in rows if person in (None, row.opened_by)]
        return CyclesPage(rows=tuple(found[skip : skip + most]), all=len(found))

    async def next_due(self, now: datetime) -> NextDue | None:
        """The soonest of what is owed."""
        rows = sorted((one.due_at, one.cycle, one.what) for one in await self.deadlines() if one.due_at > now)
        return NextDue(cycle=rows[0][1], what=rows[0][2], due_at=rows[0][0]) if rows else None

    async def open_actions(
        self,
        owner: str | None,
        now: datetime,
        *,
        late: bool = False,
        state: str | None = None,
        most: int | None = 50,
        skip: int = 0,
    ) -> ActionsPage:
        """The soonest due first."""
        people = demonstration_people()
        rows = [
            ActionRow(
                cycle=cycle.reference,
                cycle_title=self._said(cycle.title),
                late=one.state == "confirmed" and (one.missed or one.due_at < now),
                **{
                    **one.model_dump(exclude={"missed"}),
                    "what": self._said(one.what),
                    "owner": people[one.owner].title if one.owner in people else one.owner,
                },
            )
            for cycle, found in self._boards()
            for one in found.actions
            if owner in (None, one.owner) and state in (None, one.state)
        ]
        kept = sorted((one for one in rows if one.late or not late), key=lambda one: one.due_at)
        return ActionsPage(rows=tuple(kept[skip : None if most is None else skip + most]), all=len(kept))

    async def action_owners(self) -> dict[str, str]:
        """By their titles."""
        people = demonstration_people()
        found = {one.owner for _, rows in self._boards() for one in rows.actions}
        return {one: people[one].title if one in people else one for one in sorted(found)}

    async def session_list(self, *, coming: bool, most: int = 50, skip: int = 0) -> SessionsPage:
        """Those of one meeting together."""
        lines: dict[str, list[tuple[Cycle, CycleSession]]] = {}
        for cycle, rows in self._boards():
            for one in rows.sessions:
                lines.setdefault(one.meeting or f"{cycle.reference}/{one.number}", []).append((cycle, one))
        owed = {(one.cycle, one.key): one for one in await self.deadlines()}
        made = [
            self._line(parts, owed) for parts in lines.values() if any(p.coming for _, p in parts) == coming
        ]
        made.sort(key=lambda one: one.starts_at, reverse=not coming)
        return SessionsPage(rows=tuple(made[skip : skip + most]), all=len(made))

    def _line(self, parts: list[tuple[Cycle, CycleSession]], owed: dict[Any, Any]) -> SessionRow:
        cycle, first = min(parts, key=lambda one: (one[1].cancelled, one[0].reference))
        notice = "panel-notice" if first.forum == "panel" else "notice"
        due = owed.get((cycle.reference, f"{notice}/{first.number}"))
        return SessionRow(
            cycle=cycle.reference,
            owed_at=due.due_at if due else None,
            owed_missed=bool(due and due.missed),
            cycles=tuple((one.reference, self._said(one.title)) for one, _ in parts),
            **first.model_dump(exclude={"coming"}),
        )

    async def task_list(
        self, lead: str | None, today: date, *, owed: bool, most: int = 50, skip: int = 0
    ) -> TasksPage:
        """Own ones and those of colleagues who delegated them."""
        found = []
        for cycle, rows in self._boards():
            lent = {
                one.number
                for one in rows.colleagues
                if one.person == lead and (one.until_on is None or one.until_on >= today)
            }
            found += [
                self._task(cycle, one)
                for one in cycle.requests
                if (lead in (None, one.draft.lead) or one.number in lent)
                and (one.state in OWED) == owed
                and not cycle.cancelled_at
            ]
        return TasksPage(rows=tuple(found[skip : skip + most]), all=len(found))

    def _task(self, cycle: Cycle, one: Any) -> TaskRow:
        return TaskRow(
            cycle=cycle.reference,
            number=one.number,
            title=self._said(one.draft.title),
            cycle_title=self._said(cycle.title),
            state=one.state,
            form=one.draft.form,
            due_at=one.due.at if one.due else None,
            missed=one.late,
        )

    async def lent_items(self, on: Iterable[str], day: date, most: int = 50) -> LentPage:
        """What the other cycles left open."""
        kept = set(on)
        found = [
            AgendaItem(
                number=1, title=one.title, why=one.why, cycle=cycle.reference, request=one.request,
                action=one.action,
            )
            for cycle, rows in self._boards()
            if cycle.reference not in kept
            for one in rows.left_open
            if one.from_on is None or one.from_on <= day
        ]  # fmt: skip
        return LentPage(items=tuple(found[:most]), all=len(found))

    async def choices(self, words: str, also: Sequence[str] = (), most: int = 50) -> ChoicesPage:
        """Cycles under way by their words."""
        rows = [
            Choice(reference=cycle.reference, title=self._said(cycle.title))
            for cycle, _ in self._boards()
            if not cycle.over
        ]
        found = [one for one in rows if words.lower() in f"{one.reference} {one.title}".lower()]
        shown = [one for one in rows if one in found[:most] or one.reference in also]
        return ChoicesPage(rows=tuple(shown), all=len(found))

    async def meetings_to_join(self, forum: str, cycle: str, most: int = 20) -> tuple[MeetingToJoin, ...]:
        """Those of the forum on which the cycle is not."""
        found: dict[str, datetime] = {}
        mine: set[str | None] = set()
        for one, rows in self._boards():
            for it in rows.sessions:
                if it.meeting and it.coming and it.forum == forum:
                    found.setdefault(it.meeting, it.starts_at)
                mine |= {it.meeting} if one.reference == cycle else set()
        return tuple(
            MeetingToJoin(meeting=name, starts_at=at) for name, at in found.items() if name not in mine
        )[:most]

    async def joinable(
        self, forum: str, meeting: str, words: str, named: str = "", most: int = 50
    ) -> JoinablePage:
        """Sessions to come that are not on the meeting."""
        found = [
            Joinable(
                cycle=cycle.reference, title=self._said(cycle.title), number=one.number,
                starts_at=one.starts_at, meeting=one.meeting,
            )
            for cycle, rows in self._boards()
            if not cycle.over
            for one in rows.sessions
            if one.coming and one.forum == forum and one.meeting != meeting
        ]  # fmt: skip
        return JoinablePage(rows=tuple(found[:most]), all=len(found))

    async def owed(
        self,
        owner: str | None,
        what: str | None,
        now: datetime,
        soon: datetime,
        *,
        most: int = 50,
        skip: int = 0,
    ) -> OwedPage:
        """The soonest first."""
        rows = [one for one in await self.deadlines(owner) if what in (None, one.what)]
        rows.sort(key=lambda one: (one.due_at, one.cycle, one.key))
        late = sum(one.due_at <= now for one in rows)
        between = sum(now < one.due_at < soon for one in rows)
        later = len(rows) - late - between
        return OwedPage(rows=tuple(rows[skip : skip + most]), late=late, soon=between, later=later)

    async def soonest(self, what: str, since: datetime | None = None, most: int = 1) -> tuple[Any, ...]:
        """Of everything that is owed."""
        rows = [
            one
            for one in await self.deadlines()
            if one.what == what and (since is None or one.due_at >= since)
        ]
        return tuple(sorted(rows, key=lambda one: one.due_at)[:most])

    async def owing(self) -> dict[str, str]:
        """By their titles."""
        people = demonstration_people()
        found = {one.owner for one in await self.deadlines() if one.owner}
        return {one: people[one].title if one in people else one for one in sorted(found)}

    async def concerning(
        self,
        people: Sequence[str] | None,
        since: datetime,
        cycle: str = "",
        most: int = 50,
        skip: int = 0,
    ) -> ConcerningPage:
        """Whole cycles."""
        found = []
        for one, rows in self._boards():
            page = await self.cycle(one.reference)
            its = {row.owner for row in await self.deadlines() if row.cycle == one.reference}
            its |= {one.opened_by.person} | {it.person for it in rows.colleagues}
            named = people is None or its & set(people)
            if page and named and cycle in ("", one.reference) and (not one.over or one.changed_at >= since):
                found.append(page)
        return ConcerningPage(pages=tuple(found[skip : skip + most]), all=len(found))

"""What the boards read: what needs somebody, open actions, meetings, tasks, deadlines, what agendas borrow.

Every question is answered from rows, a page at a time and with how much there is in all.
"""

import json
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from datetime import date, datetime
from typing import Any

import asyncpg

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
from schemas.boards import BoardRows
from schemas.cycle import Cycle, RequestState
from schemas.cycle.outcomes import ActionState
from schemas.rows import CyclePage, CycleRow, DeadlineRow, TaskRow
from schemas.sessions import AgendaItem
from store import boards_sql as sql
from store.pool import Pool
from store.texts import TEXT, TextReads

A_PAGE = 50
BATCH = 200
OWED: tuple[RequestState, ...] = ("asked", "acknowledged", "part_returned", "sent_back")
"""States of requests that wait for an answer."""


class BoardReads:
    """What can be asked of the boards."""

    _pool: Pool

    async def needs(
        self, whom: Sequence[str], person: str, now: datetime, most: int = A_PAGE, skip: int = 0
    ) -> NeedsPage:
        """What needs somebody, in order of need: late first, then what cannot wait, then the rest."""
        rows = await self._pool.fetch(sql.NEEDS, list(whom), person, now, most, skip)
        found = tuple(NeedRow.model_validate(dict(row)) for row in rows if row["cycle"])
        return NeedsPage(rows=found, all=rows[0]["all"], today=rows[0]["today"])

    async def cycles_of(
        self, person: str | None, now: datetime, most: int = A_PAGE, skip: int = 0
    ) -> CyclesPage:
        """The cycles under way that somebody opened, or all, newest change first."""
        rows = await self._pool.fetch(sql.MINE, person, most, skip, now)
        found = tuple(CycleRow.model_validate(dict(row)) for row in rows if row["reference"])
        return CyclesPage(rows=found, all=rows[0]["all"])

    async def next_due(self, now: datetime) -> NextDue | None:
        """What falls due next, in any cycle."""
        row = await self._pool.fetchrow(sql.NEXT, now)
        return NextDue.model_validate(dict(row)) if row else None

    async def open_actions(
        self,
        owner: str | None,
        now: datetime,
        *,
        late: bool = False,
        state: ActionState | None = None,
        most: int | None = A_PAGE,
        skip: int = 0,
    ) -> ActionsPage:
        """Open actions, soonest due first: of one owner, the late ones, those of a state; or every one."""
        rows = await self._pool.fetch(sql.ACTIONS, owner, late, now, most, skip, state)
        return ActionsPage(rows=_actions(rows), all=rows[0]["all"])

    async def every_open_action(
        self, owner: str | None, now: datetime, *, late: bool = False
    ) -> AsyncGenerator[tuple[ActionRow, ...]]:
        """All of them, some at a time, as they stand at one instant."""
        asked = (owner, late, now, None, 0, None)
        async with aclosing(self._pool.batches(sql.ACTIONS, *asked)) as batches:
            async for rows in batches:
                yield _actions(rows)

    async def action_owners(self) -> dict[str, str]:
        """Everybody who owns an open action, by id, in the order of their titles."""
        return {row["id"]: row["title"] for row in await self._pool.fetch(sql.OWNERS)}

    async def session_list(self, *, coming: bool, most: int = A_PAGE, skip: int = 0) -> SessionsPage:
        """Meetings to come, soonest first; or those held and called off, newest first."""
        rows = await self._pool.fetch(sql.SESSIONS, coming, most, skip)
        found = tuple(_session(row) for row in rows if row["cycle"])
        return SessionsPage(rows=found, all=rows[0]["all"])

    async def task_list(
        self, lead: str | None, today: date, *, owed: bool, most: int = A_PAGE, skip: int = 0
    ) -> TasksPage:
        """Requests that wait for an answer, soonest due first, or those answered: of a lead, of all leads.

        Those that the lead may answer on a day beside a colleague are among them.
        """
        asked = (list(OWED), owed, most, skip)
        rows = await (
            self._pool.fetch(sql.TASKS_OF_LEAD, *asked, lead, today)
            if lead
            else self._pool.fetch(sql.TASKS_OF_ALL, *asked)
        )
        found = tuple(TaskRow.model_validate(dict(row)) for row in rows if row["cycle"])
        return TasksPage(rows=found, all=rows[0]["all"])

    async def lent_items(self, on: Sequence[str], day: date, most: int = A_PAGE) -> LentPage:
        """What the cycles that are not on a meeting lend to its agenda, the most pressing first."""
        rows = await self._pool.fetch(sql.LENT, list(on), day, most)
        items = tuple(
            AgendaItem.model_validate({**dict(row), "number": number})
            for number, row in enumerate(rows, start=1)
            if row["cycle"]
        )
        return LentPage(items=items, all=rows[0]["all"])

    async def choices(self, words: str, also: Sequence[str] = (), most: int = A_PAGE) -> ChoicesPage:
        """The cycles under way that some words find, newest change first; and those that were named."""
        rows = await self._pool.fetch(sql.CHOICES, words, list(also), most)
        found = tuple(Choice.model_validate(dict(row)) for row in rows if row["reference"])
        return ChoicesPage(rows=found, all=rows[0]["all"])

    async def meetings_to_join(self, forum: str, cycle: str, most: int = 20) -> tuple[MeetingToJoin, ...]:
        """Meetings to come of a forum on which a cycle is not yet, soonest first."""
        rows = await self._pool.fetch(sql.MEETINGS_TO_JOIN, forum, cycle, most)
        return tuple(MeetingToJoin.model_validate(dict(row)) for row in rows)

    async def joinable(
        self, forum: str, meeting: str, words: str, named: str = "", most: int = A_PAGE
    ) -> JoinablePage:
        """Sessions to come of a forum that are not on a meeting, soonest first; `named` is one of them."""
        rows = await self._pool.fetch(sql.JOINABLE, forum, meeting, words, named, most)
        found = tuple(Joinable.model_validate(dict(row)) for row in rows if row["cycle"])
        return JoinablePage(rows=found, all=rows[0]["all"])


class OwedReads(TextReads):
    """What can be asked about what is owed, and about the cycles in which it is."""

    async def owed(
        self,
        owner: str | None,
        what: str | None,
        now: datetime,
        soon: datetime,
        *,
        most: int = A_PAGE,
        skip: int = 0,
    ) -> OwedPage:
        """What is still owed, soonest first, of one owner or kind; how much is late, or due before `soon`."""
        rows = await self._pool.fetch(
            sql.owed(of_one=owner is not None, of_kind=what is not None), owner, what, now, soon, most, skip
        )
        found = tuple(DeadlineRow.model_validate(dict(row)) for row in rows if row["cycle"])
        return OwedPage(rows=found, late=rows[0]["late"], soon=rows[0]["soon"], later=rows[0]["later"])

    async def soonest(
        self, what: str, since: datetime | None = None, most: int = 1
    ) -> tuple[DeadlineRow, ...]:
        """What of a kind is still owed, soonest first; due from an instant on, or overdue too."""
        rows = await self._pool.fetch(sql.SOONEST, what, since, most)
        return tuple(DeadlineRow.model_validate(dict(row)) for row in rows)

    async def owing(self) -> dict[str, str]:
        """Everybody who owes something, by id, in the order of their titles."""
        return {row["id"]: row["title"] for row in await self._pool.fetch(sql.OWING)}

    async def concerning(
        self,
        people: Sequence[str] | None,
        since: datetime,
        cycle: str = "",
        most: int = A_PAGE,
        skip: int = 0,
    ) -> ConcerningPage:
        """Whole cycles under way or changed since an instant, soonest owed first; of some people or all."""
        named = list(people) if people is not None else None
        rows = await self._pool.fetch(sql.CONCERNING, named, cycle, since, most, skip)
        states = [row["state"] for row in rows if row["state"]]
        words = await self.words({ref for state in states for ref in TEXT.findall(state)})
        found = tuple(
            CyclePage(cycle=Cycle.model_validate_json(row["state"]), stage=row["stage"], words=words)
            for row in rows
            if row["state"]
        )
        return ConcerningPage(pages=found, all=rows[0]["all"])


class Boards:
    """Makes rows again that an older edition of the rules made, or none."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def renew(self, rows_of: Callable[[Cycle], BoardRows], edition: int) -> int:
        """Make the rows of every cycle that needs it; how many did.

        It may run beside the ledger and beside itself: whoever writes a cycle's rows holds that of the cycle.
        """
        made = 0
        while found := await self._batch(rows_of, edition):
            made += found
        return made

    async def _batch(self, rows_of: Callable[[Cycle], BoardRows], edition: int) -> int:
        async with self._pool.transaction() as connection:
            rows = await connection.fetch(sql.STALE, edition, BATCH)
            kept: list[tuple[Any, ...]] = []
            for row in rows:
                made = rows_of(Cycle.model_validate_json(row["state"]))
                kept.append((row["reference"], made.model_dump_json(), edition))
            await connection.executemany(sql.RENEW, kept)
        return len(rows)


def _actions(rows: list[asyncpg.Record]) -> tuple[ActionRow, ...]:
    return tuple(ActionRow.model_validate(dict(row)) for row in rows if row["cycle"])


def _session(row: asyncpg.Record) -> SessionRow:
    return SessionRow.model_validate({**dict(row), "cycles": json.loads(row["cycles"])})

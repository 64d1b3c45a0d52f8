"""Reads: one function per question that a page asks. Nothing here writes, and nothing asks Temporal."""

import json
from collections.abc import Iterable
from datetime import datetime

from schemas.cycle import Cycle
from schemas.people import Person
from schemas.plans import Plan
from schemas.records import Entry
from schemas.rows import (
    CyclePage,
    CycleRow,
    DeadlineRow,
    MailRow,
    PublicationRow,
    ReleaseRow,
    TaskRow,
    TimelineRow,
)
from store.boards import BoardReads, OwedReads
from store.checkpoints import CheckpointReads
from store.closed_before import ClosedBeforeReads
from store.directory import DirectoryReads
from store.editions import EditionReads
from store.findings import FindingReads
from store.ledger import ENTRIES, entry_of
from store.listing import CycleListReads
from store.meetings import MeetingReads
from store.outages import OutageReads
from store.outside import OutsideReads
from store.panel import PanelReads
from store.pictures import PictureReads
from store.pool import Pool
from store.preflight import PreflightReads
from store.programmes import ProgrammeReads
from store.promises import PromiseReads
from store.public_meetings import PublicMeetingReads
from store.runs import RunReads
from store.scans import ScanReads
from store.signs import SignReads
from store.successions import SuccessionReads
from store.texts import TEXT
from store.walls import AccessReads

CYCLES = """
select c.reference, c.stage, coalesce(t.words, '') as title, c.theme, c.opened_by, c.opened_at,
       c.changed_at, c.session_at, c.paused, d.open_requests, d.late, d.next_due_at
from cycles c left join texts t on t.ref = c.title
left join lateral (
    select count(*) filter (where what = 'return') as open_requests,
           count(*) filter (where missed) as late, min(due_at) as next_due_at
    from deadlines where cycle = c.reference and not done) d on true
where ($1::text is null or c.stage = $1)
  and ($2::text is null or strpos(c.reference, upper($2)) > 0 or c.reference in (
       select cycle from cycle_titles where strpos(sought, lower($2)) > 0))
order by c.changed_at desc limit $3 offset $4
"""

NAMED = "select stage, state from cycles where reference = any ($1) order by reference"

DEADLINES = """
select d.cycle, coalesce(ct.words, '') as cycle_title, d.key, d.what, d.number,
       coalesce(t.words, '') as title, d.owner, p.title as owner_title, d.due_at, d.missed, d.done
from deadlines d join cycles c on c.reference = d.cycle
left join texts ct on ct.ref = c.title left join texts t on t.ref = d.title
left join people p on p.id = d.owner
where not d.done and ($1::text is null or d.owner = $1) and ($2::text is null or d.cycle = $2)
  and ($3::timestamptz is null or d.due_at < $3)
order by d.due_at, d.cycle, d.key limit $4 offset $5
"""

TASKS = """
select r.cycle, r.number, coalesce(t.words, '') as title, coalesce(ct.words, '') as cycle_title,
       r.state, r.form, r.due_at, r.missed
from requests r join cycles c on c.reference = r.cycle
left join texts t on t.ref = r.title left join texts ct on ct.ref = c.title
where ($1::text is null or r.lead = $1) and c.stage <> 'cancelled'
order by r.state in ('accepted', 'withdrawn', 'returned'), r.due_at nulls last limit $2
"""

PUBLICATIONS = """
select p.cycle, version, published_at, fingerprint, theme, facts, withdrawn_at, t.words as withdrawal
from publications p left join texts t on t.ref = p.withdrawal
where ($1::text is null or p.cycle = $1) and ($2::integer is null or version = $2)
order by published_at desc, version desc limit $3
"""

RELEASES = """
select r.cycle, r.version, r.at, c.words as condition, coalesce(t.words, '') as title,
       coalesce(n.words, '') as notice
from releases r left join texts c on c.ref = r.condition left join texts t on t.ref = r.title
left join texts n on n.ref = r.notice
where $1::text is null or r.cycle = $1 order by r.at nulls last, r.cycle limit $2
"""


class Reads(
    AccessReads,
    DirectoryReads,
    ScanReads,
    BoardReads,
    OwedReads,
    CycleListReads,
    RunReads,
    PictureReads,
    FindingReads,
    PromiseReads,
    PublicMeetingReads,
    PanelReads,
    EditionReads,
    MeetingReads,
    SuccessionReads,
    ProgrammeReads,
    OutsideReads,
    PreflightReads,
    OutageReads,
    SignReads,
    ClosedBeforeReads,
    CheckpointReads,
):
    """Everything that a page, a feed or the command line can ask of the store."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def cycles(
        self, stage: str | None = None, search: str | None = None, most: int = 100, skip: int = 0
    ) -> list[CycleRow]:
        """Cycles, newest change first; of one stage, or whose title or reference holds some words."""
        rows = await self._pool.fetch(CYCLES, stage, search, most, skip)
        return [CycleRow.model_validate(dict(row)) for row in rows]

    async def cycle(self, reference: str) -> CyclePage | None:
        """One cycle with its words; None where there is no such cycle."""
        row = await self._pool.fetchrow("select stage, state from cycles where reference = $1", reference)
        if row is None:
            return None
        cycle = Cycle.model_validate_json(row["state"])
        return CyclePage(cycle=cycle, stage=row["stage"], words=await self._words_in(row["state"]))

    async def cycles_named(self, references: Iterable[str]) -> dict[str, CyclePage]:
        """Some cycles by their references, each with the words of all; what is not seen is left out."""
        wanted = list(references)
        rows = await self._pool.fetch(NAMED, wanted) if wanted else []
        return {page.cycle.reference: page for page in await self._pages(rows)}

    async def under_way(self, most: int | None = None) -> list[CyclePage]:
        """The cycles that are neither closed nor cancelled, newest change first, each with its words.

        Each is read whole: for what looks at all of them. Pages read rows (`store.boards`).
        """
        rows = await self._pool.fetch(
            "select stage, state from cycles where stage not in ('closed', 'cancelled')"
            " order by changed_at desc limit $1",
            most,
        )
        return await self._pages(rows)

    async def timeline(
        self, reference: str, *, public: bool = False, most: int | None = None
    ) -> list[TimelineRow]:
        """The ledger of a cycle with its words, newest first, all or so many; in public what is public."""
        rows = await self._pool.fetch(
            ENTRIES + " where cycle = $1 and (public or not $2) order by version desc limit $3",
            reference,
            public,
            most,
        )
        words = await self.words({ref for row in rows for ref in TEXT.findall(row["event"])})
        return [
            TimelineRow(
                entry=entry_of(row),
                words={ref: words[ref] for ref in TEXT.findall(row["event"]) if ref in words},
            )
            for row in rows
        ]

    async def written(self, reference: str, key: str | None = None) -> tuple[Entry, ...]:
        """The entries that stand in a cycle's ledger, under one key or all, oldest first."""
        rows = await self._pool.fetch(
            ENTRIES + " where cycle = $1 and ($2::text is null or key = $2) order by version",
            reference,
            key,
        )
        return tuple(entry_of(row) for row in rows)

    async def deadlines(
        self,
        owner: str | None = None,
        cycle: str | None = None,
        before: datetime | None = None,
        most: int = 500,
        skip: int = 0,
    ) -> list[DeadlineRow]:
        """What is still owed, soonest first; of one owner, of one cycle, or due before an instant."""
        rows = await self._pool.fetch(DEADLINES, owner, cycle, before, most, skip)
        return [DeadlineRow.model_validate(dict(row)) for row in rows]

    async def tasks(self, lead: str | None = None, most: int = 200) -> list[TaskRow]:
        """Evidence requests, those still owed first; of one lead, or of all for force coordination."""
        return [TaskRow.model_validate(dict(row)) for row in await self._pool.fetch(TASKS, lead, most)]

    async def publications(self, most: int = 200) -> list[PublicationRow]:
        """Published findings with their words, newest first."""
        return await self._publications(None, None, most)

    async def publication(self, reference: str, version: int | None = None) -> PublicationRow | None:
        """One published version, the newest unless one is named; None where nothing is published."""
        found = await self._publications(reference, version, 1)
        return found[0] if found else None

    async def releases(self, reference: str | None = None, most: int | None = None) -> list[ReleaseRow]:
        """Findings whose release is scheduled, soonest first, those that wait for a condition last."""
        rows = await self._pool.fetch(RELEASES, reference, most)
        return [ReleaseRow.model_validate(dict(row)) for row in rows]

    async def people(self) -> dict[str, Person]:
        """Everybody by id."""
        rows = await self._pool.fetch("select * from people order by id")
        return {
            row["id"]: Person.model_validate({**dict(row), "appointments": json.loads(row["appointments"])})
            for row in rows
        }

    async def plan(self, plan: str | None = None) -> Plan | None:
        """One plan, or the one imported last; None where none is imported."""
        row = await self._pool.fetchrow(
            "select plan from plans where ($1::text is null or id = $1) order by imported_at desc limit 1",
            plan,
        )
        return Plan.model_validate_json(row["plan"]) if row else None

    async def mails(self, cycle: str | None = None, most: int | None = None) -> list[MailRow]:
        """Notices that were sent or bounced, newest first; all, or so many."""
        rows = await self._pool.fetch(
            "select * from mails where ($1::text is null or cycle = $1) order by at desc, key limit $2",
            cycle,
            most,
        )
        return [MailRow.model_validate(dict(row)) for row in rows]

    async def ready(self) -> bool:
        """Whether the store answers.

        Raises: StoreDownError: it does not.
        """
        return bool(await self._pool.fetchval("select true"))

    async def _publications(
        self, reference: str | None, version: int | None, most: int
    ) -> list[PublicationRow]:
        rows = await self._pool.fetch(PUBLICATIONS, reference, version, most)
        words = await self.words({ref for row in rows for ref in TEXT.findall(row["facts"])})
        return [
            PublicationRow.model_validate(
                {
                    **dict(row),
                    "facts": json.loads(row["facts"]),
                    "words": {ref: words[ref] for ref in TEXT.findall(row["facts"]) if ref in words},
                }
            )
            for row in rows
        ]

"""A crowd of cycles in a real PostgreSQL: a few dozen told by the product's own rules, the rest their copies.

The templates stand at every stage and began at different days. Their copies, made in SQL, have references and
titles of their own, are asked of twenty leads in turn and happen some minutes apart.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bench.clock import instant
from bench.workload import SAID, WORDS, whole_cycle
from demonstration.actors import COMMISSIONER, LEAD
from engine.timing import count_up
from reference.catalogue import calendar, demonstration_people
from reference.working import working_calendar
from rules.apply import add_up
from rules.calendars import WorkingCalendar
from rules.decide import decide
from rules.deciding.moment import Moment
from rules.duties import by_notice, duties, own_events
from rules.writing import Act, act_of, entries_of, own_act, writing_of
from schemas.commands import (
    AnyCommand,
    AskClarification,
    ClaimDone,
    Delegate,
    RecordDecision,
    ReportProgress,
    RequestExtension,
)
from schemas.cycle import Cycle
from schemas.events import AnyEvent, DutyFiredLate
from schemas.outcomes import Refused
from schemas.records import Entry
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from store.runs import RunKeeping

if TYPE_CHECKING:
    import asyncpg
    from asyncpg.pool import PoolConnectionProxy

LEFT_OUT = (
    "ledger", "cycles", "restrictions", "openings", "access_log", "outside_looked_at", "public_feed",
)  # fmt: skip
"""Tables with a row or more for a cycle that are not copied with the others."""
BEGAN = (3, 40, 110)
"""Days ago: so that some templates are fresh, some late and some long over."""
LEADS = 20
"""Leads of the force among whom the copies are spread."""
ROUNDS = 18
"""How often the owner of each action says how it stands."""


@dataclass(frozen=True)
class Template:
    """One cycle that the rules told, and how many copies it has beside others."""

    reference: str
    entries: tuple[Entry, ...]
    weight: int


class Teller:
    """Tells one cycle by the rules, without an engine: what was typed, and what the engine notes."""

    def __init__(self, reference: str, known: WorkingCalendar) -> None:
        self.reference = reference
        self.known = known
        self.entries: list[Entry] = []
        self.writings: list[tuple[tuple[Entry, ...], Cycle]] = []

    @property
    def cycle(self) -> Cycle | None:
        """The cycle as it stands."""
        return self.writings[-1][1] if self.writings else None

    def do(self, command: AnyCommand, now: datetime) -> None:
        """Carry out a command.

        Raises: TypeError: it was refused.
        """
        decision = decide(self.cycle, command, Moment(now=now, calendar=self.known))
        if isinstance(decision, Refused):
            raise TypeError(f"{command.kind}: {decision.message}")
        self.write(act_of(command), decision.events, now)

    def write(self, act: Act, events: tuple[AnyEvent, ...], now: datetime) -> None:
        """Write events down."""
        found = entries_of(act, events, now, self.cycle)
        if found:
            self.entries.extend(found)
            self.writings.append((found, add_up(found, self.cycle)))

    def until(self, now: datetime) -> None:
        """Note what the engine would have noted by itself up to an instant, a little late once."""
        for _ in range(50):
            assert self.cycle is not None
            soon = [one for one in duties(self.cycle, self.known) if one.at <= now and not by_notice(one)]
            if not soon:
                return
            first = min(soon, key=lambda one: one.at)
            events = own_events(self.cycle, first, Moment(now=first.at, calendar=self.known))
            late = DutyFiredLate(duty=first.kind, planned_at=first.at, late_by=timedelta(hours=2))
            self.write(own_act(self.reference, f"{first.kind}/{first.at:%d%H}"), (*events, late), first.at)


def stories(reference: str, now: datetime) -> Iterator[tuple[list[AnyCommand], int]]:
    """The cycle at each of its stages as the commands so far, and how many copies each is to have."""
    whole = list(whole_cycle(reference, now, ("2026/0101", "2026/0102")))
    kinds = [one.kind for one in whole]
    at = {kind: kinds.index(kind) for kind in dict.fromkeys(kinds)}
    ask = RequestExtension(**_by(reference, LEAD, "time"), request=1, days=5, reason=SAID)
    what = AskClarification(**_by(reference, LEAD, "what"), request=2, question=SAID)
    lent = Delegate(**_by(reference, LEAD, "lend"), request=3, to="acc-protecting-people")
    yield [whole[0], ask], 2
    yield [whole[0], what, lent], 2
    yield whole[: at["SendBack"]], 3
    yield whole[: at["AcceptReturn"]], 2
    yield whole[: at["RecordAttendance"]], 2
    yield whole[: at["ProposeAction"]], 2
    yield whole[: at["ConfirmAction"]], 2
    yield whole[: at["ApproveFindings"]], 2
    yield whole[: at["Publish"]], 2
    yield [*whole[: at["ClaimDone"]], *_accounts(reference)], 14
    claims = [one for one in whole if isinstance(one, ClaimDone)]
    yield [*whole[: at["ClaimDone"]], *_accounts(reference), claims[0]], 8
    yield [*whole[: at["ClaimDone"]], *_accounts(reference), *whole[at["ClaimDone"] :]], 28


def _accounts(reference: str) -> Iterator[AnyCommand]:
    """What happens over months of following up: accounts of progress, a decision, one more request."""
    for number, turn in itertools.product((101, 102), range(ROUNDS)):
        yield ReportProgress(
            **_by(reference, LEAD, f"progress{number}-{turn}"),
            action=f"2026/0{number}", account=SAID, assessment="on_track",
        )  # fmt: skip
    yield RecordDecision(
        **_by(reference, COMMISSIONER, "decide"),
        title=SAID,
        options=SAID,
        reasons=SAID,
        basis="prsra-2011.s1",
    )


def _by(reference: str, actor: object, act: str) -> dict[str, object]:
    return {"cycle": reference, "key": f"{reference}:{act}", "actor": actor}


async def templates(pool: Pool, now: datetime) -> list[Template]:
    """Tell the templates and write them down as the engine would."""
    known = working_calendar(calendar().version)
    assert isinstance(known, WorkingCalendar)
    await Keeping(pool).keep_words(WORDS.kept)
    ledger, made, numbers = Ledger(pool), [], itertools.count(1)
    for days in BEGAN:
        began = now - timedelta(days=days)
        count = len(list(stories("HTA-2026-01", began)))
        for place in range(count):
            reference = f"HTA-2026-{next(numbers):02d}"
            commands, weight = list(stories(reference, began))[place]
            teller = Teller(reference, known)
            for minute, command in enumerate(commands):
                teller.do(command, began + timedelta(minutes=minute))
            teller.until(now)
            for entries, cycle in teller.writings:
                await ledger.record(writing_of(entries, cycle, known))
            made.append(Template(reference, tuple(teller.entries), weight))
    while await count_up(RunKeeping(pool)):
        pass
    return made


TITLES = "insert into texts (ref, words) select title, words from clones on conflict do nothing"
LEDGER = """
insert into ledger (cycle, version, kind, at, actor, key, content, marking, public, event)
select c.reference, l.version, l.kind, l.at + c.shift, l.actor, replace(l.key, c.template, c.reference),
       l.content, l.marking, l.public,
       replace(replace(l.event::text, c.old, c.title), 'acc-local-policing', c.lead)::jsonb
from clones c join ledger l on l.cycle = c.template order by l.version, c.reference
"""


async def multiply(pool: Pool, told: Sequence[Template], cycles: int, have: int = 0) -> None:
    """Copy the templates until there are so many cycles; `have` of these copies stand already."""
    turns = [one.reference for one in told for _ in range(one.weight)]
    wanted = range(have, cycles - len(told))
    named = [f"HTA-{2030 + number // 9999}-{1 + number % 9999:04d}" for number in wanted]
    step = max(1, next(one for one in (37, 41, 43) if len(turns) % one))
    chosen = [turns[number * step % len(turns)] for number in wanted]
    async with pool.transaction() as connection:
        await connection.execute(
            "create temp table clones (template text, reference text, old text, title text, words text,"
            " shift interval, lead text) on commit drop"
        )
        await connection.execute(
            "insert into clones select r.template, r.reference, c.title, '', 'Question ' || r.number ||"
            " ' about how the plan is carried out', r.number % 9999 * interval '1 minute',"
            " ($4::text[])[1 + r.number % $5]"
            " from unnest($1::text[], $2::text[], $3::integer[]) as r (template, reference, number)"
            " join cycles c on c.reference = r.template",
            chosen,
            named,
            list(wanted),
            [LEAD.person, *more_leads()],
            LEADS,
        )
        await connection.execute("update clones set title = 'text:' || encode(sha256(words::bytea), 'hex')")
        await connection.execute(TITLES)
        # what triggers would make of each row is copied as it was made of the templates' rows
        await connection.execute("set local session_replication_role = replica")
        await connection.execute(LEDGER, timeout=600)
        await _copy(connection, "cycles", "reference")
        for row in await connection.fetch(TABLES, list(LEFT_OUT)):
            await _copy(connection, row["table_name"], "cycle")
        for said in SOUGHT:
            await connection.execute(said, timeout=600)


SOUGHT = (
    "update cycle_titles t set words = c.words from clones c where t.cycle = c.reference",
    "select search_again(f.cycle) from findings_search f join clones c on c.reference = f.cycle",
    "select public_feed_again(array(select reference from clones))",
)
"""What words are sought in is made again of each clone's own title; what everybody hears, of its entries."""
TABLES = """
select c.table_name
from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
where table_schema = 'public' and table_type = 'BASE TABLE' and column_name = 'cycle'
  and table_name <> all ($1)
order by 1
"""
COLUMNS = """
select column_name, data_type from information_schema.columns
where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' and is_identity = 'NO'
order by ordinal_position
"""


async def _copy(connection: "PoolConnectionProxy[asyncpg.Record]", table: str, of: str) -> None:
    """Copy a table's rows: references and titles replaced, instants moved by the clone's minutes."""
    columns = await connection.fetch(COLUMNS, table)
    chosen = ", ".join(_of_clone(row["column_name"], row["data_type"], of) for row in columns)
    names = ", ".join(row["column_name"] for row in columns)
    await connection.execute(
        f"insert into {table} ({names}) select {chosen} from clones c"  # noqa: S608 - names of our own tables
        f" join {table} o on o.{of} = c.template order by c.reference",
        timeout=600,
    )


def _of_clone(column: str, kind: str, of: str) -> str:
    if column == of:
        return "c.reference"
    if kind == "timestamp with time zone":
        return f"o.{column} + c.shift"
    if kind == "jsonb":
        return f"{_said(f'o.{column}::text')}::jsonb"
    if kind == "text":
        return _said(f"o.{column}")
    return f"o.{column}"


def _said(of: str) -> str:
    """A text with the clone's own reference, title and lead in it."""
    return (
        f"replace(replace(replace({of}, c.template, c.reference), c.old, c.title), '{LEAD.person}', c.lead)"
    )


def more_leads() -> list[str]:
    """The ids of all leads but the first."""
    return [f"lead-{number:02d}" for number in range(2, LEADS + 1)]


async def crowd(pool: Pool, cycles: int, events: int) -> str:
    """Fill the database; what it holds then, in one line."""
    began = instant()
    lead = demonstration_people()[LEAD.person]
    await Keeping(pool).keep_people(lead.model_copy(update={"id": one}) for one in more_leads())
    told = await templates(pool, began)
    await multiply(pool, told, cycles)
    await pool.execute("analyze")
    row = await pool.fetchrow(
        "select (select count(*) from cycles) as cycles, (select count(*) from ledger) as events,"
        " (select count(*) from cycles where stage not in ('closed', 'cancelled')) as open,"
        " (select count(*) from deadlines where not done) as owed"
    )
    assert row is not None
    short = "" if row["events"] >= events else f" (fewer than the {events:,} asked for)"
    return (
        f"{row['cycles']:,} cycles of which {row['open']:,} open, {row['events']:,} events{short}, "
        f"{row['owed']:,} things owed; {len(told)} templates"
    )

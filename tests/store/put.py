"""Entries put into a ledger as they are, without the rows that follow from them."""

import json
from collections.abc import Iterable

from schemas.records import Entry
from store.pool import Pool
from tests import scenario as s
from tests.rules import acts, findings_acts
from tests.rules.table import signed

PUT = """
insert into ledger (cycle, version, kind, at, actor, key, content, marking, public, event)
select e.cycle, e.version, e.event ->> 'kind', e.at, e.actor, e.key, e.content, e.marking, e.public, e.event
from jsonb_to_recordset($1::jsonb) as e (
    cycle text, version integer, at timestamptz, actor jsonb, key text, content text, marking text,
    public boolean, event jsonb)
"""


def as_of(entries: Iterable[Entry], cycle: str) -> list[Entry]:
    """The same entries in another cycle."""
    return [one.model_copy(update={"cycle": cycle}) for one in entries]


def rows(entries: Iterable[Entry]) -> str:
    """Entries as the one argument of `PUT`."""
    return json.dumps([one.model_dump(mode="json") for one in entries])


async def put(pool: Pool, entries: Iterable[Entry]) -> None:
    """Append entries in one statement."""
    await pool.execute(PUT, rows(entries))


def corrected(*, withdrawn: bool = False) -> list[Entry]:
    """A cycle whose findings were published, corrected, and withdrawn where that is asked for."""
    table = signed()
    table.do(acts.propose(s.date_after(table.now, 30)), acts.confirm())
    table.do(s.publish(acts.REF), findings_acts.correction())
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE, 2), s.approve(acts.REF, s.COMMISSIONER, 2))
    table.do(findings_acts.correct())
    if withdrawn:
        table.do(findings_acts.withdraw(2))
    return list(table.entries)

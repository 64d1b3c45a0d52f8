"""What a database says of itself when it is examined: its version, its clock, its shape and its walls."""

from dataclasses import dataclass
from datetime import datetime

from store.migrate import FOLDER
from store.pool import Pool

EXAMINED = """
select current_setting('server_version') as version, current_setting('server_version_num')::integer as number,
       clock_timestamp() as at, to_regclass('migrations') is not null as has_tables,
       (select count(*) from pg_roles where rolname in ('answerable_face', 'answerable_hand')) as roles,
       (select count(distinct tablename) from pg_policies where schemaname = 'public') as walled,
       (select coalesce(array_agg(distinct p.tablename), '{}') from pg_policies p
        join pg_class c on c.relname = p.tablename and c.relnamespace = 'public'::regnamespace
        where p.schemaname = 'public' and not c.relrowsecurity) as open
"""


@dataclass(frozen=True)
class Examined:
    """What was found."""

    version: str
    number: int
    """Such as 160004."""
    at: datetime
    roles: int
    walled: int
    """Tables with walls."""
    open: tuple[str, ...]
    """Tables whose walls are off."""
    waiting: tuple[str, ...]
    """Migrations of this code that were not applied."""
    unknown: tuple[str, ...]
    """Migrations that were applied and are not of this code."""


async def examine(pool: Pool) -> Examined:
    """Ask once."""
    row = await pool.fetchrow(EXAMINED)
    assert row is not None
    ours = {one.name for one in FOLDER.glob("*.sql")}
    rows = (
        await pool.fetch("select name from migrations where name not like 'walls%'")
        if row["has_tables"]
        else []
    )
    done = {one["name"] for one in rows}
    return Examined(
        version=row["version"],
        number=row["number"],
        at=row["at"],
        roles=row["roles"],
        walled=row["walled"],
        open=tuple(row["open"]),
        waiting=tuple(sorted(ours - done)),
        unknown=tuple(sorted(done - ours)),
    )

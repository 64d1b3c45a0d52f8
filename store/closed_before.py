"""What old trackers say is over: kept as they say it, and asked by words. None of it is in the ledger."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from schemas.trackers import Import, KeptOver, KeptPage, Over
from store.pool import Pool

KEEP = """
insert into tracker_history (mark, import, row, what, status, owner, number, due, closed, closed_on, notes,
                             file, sheet, digest, by, at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do nothing
"""
SOUGHT = """
select *, count(*) over () as all from tracker_history
where $1 = '' or strpos(lower(concat_ws(' ', what, number, owner, status, notes, file)), lower($1)) > 0
order by closed_on desc nulls last, mark limit $2 offset $3
"""
HOW_MANY = """
select count(*) from tracker_history
where $1 = '' or strpos(lower(concat_ws(' ', what, number, owner, status, notes, file)), lower($1)) > 0
"""
KNOWN = "select mark, file, sheet, row from tracker_history where mark = any ($1)"


class ClosedBeforeReads:
    """What can be asked of what was over before the record began."""

    _pool: Pool

    async def closed_before(self, search: str = "", most: int | None = 50, skip: int = 0) -> KeptPage:
        """Those that are sought, the newest closed first; with most=0 only how many there are."""
        if most == 0:
            return KeptPage((), int(await self._pool.fetchval(HOW_MANY, search)))
        rows = await self._pool.fetch(SOUGHT, search, most, skip)
        count = rows[0]["all"] if rows else int(await self._pool.fetchval(HOW_MANY, search)) if skip else 0
        return KeptPage(tuple(_kept(row) for row in rows), count)


class ClosedBefore:
    """Keeps them, each once over all files."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def known(self, marks: Collection[str]) -> dict[str, str]:
        """From where those were kept that are kept already."""
        rows = await self._pool.fetch(KNOWN, sorted(marks)) if marks else []
        return {row["mark"]: f"{_file(row)}, row {row['row']}" for row in rows}

    async def keep_over(self, one: Import, rows: Iterable[Over], by: str, at: datetime) -> None:
        """Keep rows of a sheet; what is kept stays as it was."""
        said = [
            (it.mark, one.number, it.row, it.what, it.status, it.owner, it.number, it.due, it.closed,
             it.closed_on, it.notes, one.name, one.sheet, one.digest, by, at)
            for it in rows
        ]  # fmt: skip
        async with self._pool.transaction() as connection:
            await connection.executemany(KEEP, said)

    async def kept_of(self, number: int) -> int:
        """How many rows of an import were kept."""
        return int(
            await self._pool.fetchval("select count(*) from tracker_history where import = $1", number)
        )


def _file(row: Any) -> str:
    return f"{row['file']}, sheet {row['sheet']}" if row["sheet"] else str(row["file"])


def _kept(row: Any) -> KeptOver:
    over = Over(
        row["row"], row["what"], row["status"], row["owner"], row["number"], row["due"], row["closed"],
        row["closed_on"], row["notes"], row["mark"],
    )  # fmt: skip
    return KeptOver(over, row["file"], row["sheet"], row["digest"], row["by"], row["at"])

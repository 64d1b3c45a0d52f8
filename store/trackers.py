"""Trackers on their way in, in PostgreSQL: what was uploaded, what it means, what became of each row."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from schemas.trackers import Became, Cell, Import, Meant, Sheet, SheetRow
from store.closed_before import ClosedBefore

KEEP = """
with made as (
    insert into imports (digest, sheet, name, person, at, read) values ($1, $2, $3, $4, $5, $6::jsonb)
    on conflict (digest, sheet) do nothing returning number
)
select number from made union all select number from imports where digest = $1 and sheet = $2 limit 1
"""
HEADINGS = """
insert into import_headings (heading, meaning, at) values ($1, $2, $3)
on conflict (heading) do update set meaning = excluded.meaning, at = excluded.at
"""
BECAME = """
insert into import_rows (import, row, became, cycle, action, said, at) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (import, row) do update set became = excluded.became, cycle = excluded.cycle,
    action = excluded.action, said = excluded.said, at = excluded.at
where import_rows.became <> 'proposed'
"""


class Trackers(ClosedBefore):
    """What was uploaded, and what became of it."""

    async def keep(self, digest: str, name: str, sheet: Sheet, person: str, at: datetime) -> int:
        """Keep a sheet; the same one again is the same import. Its number."""
        read = [[row.number, [[one.text, one.kind] for one in row.cells]] for row in sheet.rows]
        number: int = await self._pool.fetchval(KEEP, digest, sheet.name, name, person, at, json.dumps(read))
        return number

    async def found(self, number: int) -> Import | None:
        """One import."""
        row = await self._pool.fetchrow("select * from imports where number = $1", number)
        return _import(row) if row else None

    async def recent(self, most: int = 20) -> list[Import]:
        """The newest imports, without their rows."""
        rows = await self._pool.fetch(
            "select number, digest, sheet, name, person, at, '[]' as read, meant, confirmed_at from imports"
            " order by number desc limit $1",
            most,
        )
        return [_import(row) for row in rows]

    async def mean(self, number: int, meant: Meant) -> None:
        """Keep what a sheet was said to mean."""
        said = {
            "columns": meant.columns,
            "who": meant.who,
            "commitment": meant.commitment,
            "new_day": meant.new_day.isoformat() if meant.new_day else None,
        }
        await self._pool.execute(
            "update imports set meant = $2::jsonb where number = $1", number, json.dumps(said)
        )

    async def remember(self, said: Mapping[str, str], at: datetime) -> None:
        """Keep what the office calls its columns."""
        await self._pool.executemany(
            HEADINGS, [(heading, meaning, at) for heading, meaning in sorted(said.items())]
        )

    async def remembered(self) -> dict[str, str]:
        """What the office calls its columns, as it last said."""
        rows = await self._pool.fetch("select heading, meaning from import_headings limit 2000")
        return {row["heading"]: row["meaning"] for row in rows}

    async def confirm(self, number: int, at: datetime) -> None:
        """Note that somebody wants it brought in."""
        await self._pool.execute(
            "update imports set confirmed_at = $2 where number = $1 and confirmed_at is null", number, at
        )

    async def became(self, number: int, one: Became, at: datetime) -> None:
        """Note what became of a row; one that is in stays so."""
        await self._pool.execute(BECAME, number, one.row, one.became, one.cycle, one.action, one.said, at)

    async def outcome(self, number: int) -> dict[int, Became]:
        """What became of the rows that were handed in, by their numbers."""
        rows = await self._pool.fetch("select * from import_rows where import = $1 order by row", number)
        return {
            row["row"]: Became(row["row"], row["became"], row["said"], row["cycle"], row["action"])
            for row in rows
        }


def _import(row: Any) -> Import:
    said = json.loads(row["meant"])
    new_day = said.get("new_day")
    meant = Meant(
        tuple(said.get("columns", ())),
        dict(said.get("who", {})),
        said.get("commitment", ""),
        date.fromisoformat(new_day) if new_day else None,
    )
    rows = tuple(
        SheetRow(number, tuple(Cell(text, kind) for text, kind in cells))
        for number, cells in json.loads(row["read"])
    )
    return Import(
        number=row["number"],
        digest=row["digest"],
        sheet=row["sheet"],
        name=row["name"],
        person=row["person"],
        at=row["at"],
        rows=rows,
        meant=meant,
        confirmed_at=row["confirmed_at"],
    )

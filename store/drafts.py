"""Drafts: kept, changed by whoever saw the newest version, and thrown away."""

import json
from collections.abc import Mapping

from schemas.drafts import Draft, DraftKind
from store.pool import Pool

BEGIN = """
insert into drafts (id, kind, about, person, facts, version, begun_at, changed_by, changed_at)
values ($1, $2, $3, $4, $5, 1, $6, $7, $8) on conflict (id) do nothing returning *
"""
CHANGE = """
update drafts set facts = $2, version = version + 1, changed_by = $3, changed_at = $4
where id = $1 and version = $5 and sent_as is null returning *
"""
BEGUN = """
select * from drafts
where sent_as is null and kind = $1 and ($2::text is null or person = $2) and ($3::text is null or about = $3)
order by changed_at desc limit $4
"""


class Drafts:
    """What was begun and not handed in, in PostgreSQL."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def draft(self, name: str) -> Draft | None:
        """One draft; None where there is none, or no longer."""
        row = await self._pool.fetchrow("select * from drafts where id = $1", name)
        return _draft(dict(row)) if row else None

    async def begun(
        self, kind: DraftKind, person: str | None = None, about: str | None = None, most: int = 20
    ) -> tuple[Draft, ...]:
        """Drafts that were not handed in, changed last first; of everybody or of one person."""
        rows = await self._pool.fetch(BEGUN, kind, person, about, most)
        return tuple(_draft(dict(row)) for row in rows)

    async def keep_draft(self, draft: Draft) -> Draft | None:
        """Keep a draft: begun at version 0, otherwise changed where its version is still the newest.

        None where somebody else was sooner, or where it was thrown away or handed in meanwhile.
        """
        facts = json.dumps(draft.facts)
        if draft.version == 0:
            row = await self._pool.fetchrow(
                BEGIN, draft.id, draft.kind, draft.about, draft.person, facts, draft.begun_at,
                draft.changed_by, draft.changed_at,
            )  # fmt: skip
        else:
            row = await self._pool.fetchrow(
                CHANGE, draft.id, facts, draft.changed_by, draft.changed_at, draft.version
            )
        return _draft(dict(row)) if row else None

    async def hand_in(self, name: str, reference: str) -> None:
        """Note what came of a draft; the first note stands."""
        await self._pool.execute(
            "update drafts set sent_as = $2 where id = $1 and sent_as is null", name, reference
        )

    async def discard(self, name: str) -> None:
        """Throw a draft away with its words; one that was handed in stays."""
        await self._pool.execute("delete from drafts where id = $1 and sent_as is null", name)


def _draft(row: Mapping[str, object]) -> Draft:
    return Draft.model_validate({**row, "facts": json.loads(str(row["facts"]))})

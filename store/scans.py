"""What scanners said of files: asked by pages, noted by the rounds, and let go by people on record."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from schemas.files import InfectedIn, Release, Scan, Verdict
from schemas.shape import Digest
from store.pool import Pool

SCAN = """
select digest, scan as state, found, scanned_at, trouble, released_by, released_role, released_at,
       released_because
from files
"""

TO_LOOK_AT = """
select digest from files
where (scan = 'waiting' or look_again or (scan = 'not_scanned' and $1)) and not (digest = any ($3))
order by tries, kept_at limit $2
"""

NOTE = """
update files set scan = $2, found = left($3, 200), scanned_at = $4, look_again = false,
    trouble = null
where digest = $1 and scan <> 'infected'
"""

RELEASE = """
with released as (
    update files set released_by = $2, released_role = $3, released_at = $4, released_because = $5
    where digest = $1 and released_at is null and scan in ('not_scanned', 'too_large', 'encrypted')
    returning digest
), noted as (
    insert into access_log (at, person, role, what, cycle, reason)
    select $4, $2, $3, 'released the file ' || left(digest, 12) || ', which no scanner found clean', $6, $5
    from released
)
select count(*) from released
"""

UNTOLD = """
select f.digest, p.cycle from files f left join lateral (
    select distinct cycle from file_places where digest = f.digest) p on true
where f.scan = 'infected' and f.told_at is null and f.removed_at is null
order by f.scanned_at, p.cycle limit 200
"""


class ScanReads:
    """What can be asked about the files that whoever looks may see."""

    _pool: Pool

    async def scans(self, digests: Iterable[Digest]) -> dict[Digest, Scan]:
        """What is known of some files, by their digests; a file that nobody noted is left out."""
        wanted = sorted(set(digests))
        rows = await self._pool.fetch(SCAN + " where digest = any ($1)", wanted) if wanted else []
        return {row["digest"]: Scan.model_validate(dict(row)) for row in rows}


class Scans(ScanReads):
    """Notes what scanners say, and lets files go on record. Everything may be repeated without harm."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def to_look_at(
        self, *, scanner: bool, most: int = 50, besides: Iterable[Digest] = ()
    ) -> tuple[Digest, ...]:
        """Files to be looked at, those that failed least often first; with a scanner, unscanned ones too."""
        rows = await self._pool.fetch(TO_LOOK_AT, scanner, most, sorted(besides))
        return tuple(row["digest"] for row in rows)

    async def note(self, digest: Digest, verdict: Verdict | None, at: datetime) -> None:
        """Keep what a scanner said of a file; None where there is no scanner. What is infected stays so."""
        state, found = (verdict.state, verdict.found) if verdict else ("not_scanned", None)
        await self._pool.execute(NOTE, digest, state, found, at if verdict else None)

    async def failed(self, digest: Digest, why: str) -> None:
        """Note that a file could not be looked at; it waits for the next time, after the others."""
        await self._pool.execute(
            "update files set tries = tries + 1, trouble = left($2, 200) where digest = $1", digest, why
        )

    async def release(self, one: Release) -> bool:
        """Let a held file go, with its line in the log of access; False where nothing had to be done."""
        said = (one.digest, one.by, one.role, one.at, one.reason, one.cycle)
        return bool(await self._pool.fetchval(RELEASE, *said))

    async def look_again(self, since: datetime) -> int:
        """Have files looked at again that were found clean since an instant; how many."""
        return int(
            await self._pool.fetchval(
                "with again as (update files set look_again = true, tries = 0"
                " where scan = 'clean' and scanned_at >= $1 returning 1) select count(*) from again",
                since,
            )
        )

    async def to_put_away(self) -> tuple[Digest, ...]:
        """Infected files whose bytes still lie on the shelf."""
        rows = await self._pool.fetch(
            "select digest from files where scan = 'infected' and put_away_at is null and removed_at is null"
            " order by scanned_at limit 200"
        )
        return tuple(row["digest"] for row in rows)

    async def put_away(self, digest: Digest, at: datetime) -> None:
        """Note that an infected file lies in quarantine."""
        await self._pool.execute(
            "update files set put_away_at = $2"
            " where digest = $1 and scan = 'infected' and put_away_at is null",
            digest,
            at,
        )

    async def untold(self) -> tuple[InfectedIn, ...]:
        """Infected files of which nobody was told, once for each cycle that names them, or for none."""
        rows = await self._pool.fetch(UNTOLD)
        return tuple(InfectedIn.model_validate(dict(row)) for row in rows)

    async def told(self, digest: Digest, at: datetime) -> None:
        """Note that those whom it concerns were told."""
        await self._pool.execute(
            "update files set told_at = $2 where digest = $1 and scan = 'infected' and told_at is null",
            digest,
            at,
        )

    async def to_remove(self, now: datetime, after: timedelta) -> tuple[Digest, ...]:
        """Infected files that have lain in quarantine for long enough."""
        rows = await self._pool.fetch(
            "select digest from files where scan = 'infected' and removed_at is null and put_away_at < $1"
            " order by put_away_at limit 200",
            now - after,
        )
        return tuple(row["digest"] for row in rows)

    async def removed(self, digest: Digest, at: datetime) -> None:
        """Note that the bytes of an infected file are gone; that it was there stays."""
        await self._pool.execute(
            "update files set removed_at = $2 where digest = $1 and scan = 'infected'", digest, at
        )

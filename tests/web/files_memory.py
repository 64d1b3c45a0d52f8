"""What scanners said, in memory: everything is clean unless a test says otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from schemas.files import Release, Scan
from schemas.shape import Digest


@dataclass
class MemoryScans:
    """Keeps what is known of files; the reads of the office ask it too."""

    known: dict[Digest, Scan] = field(default_factory=dict)
    released: list[Release] = field(default_factory=list)
    nudged: int = 0

    async def scans(self, digests: Iterable[Digest]) -> dict[Digest, Scan]:
        """What is known."""
        return {one: self.known.get(one, Scan(digest=one, state="clean")) for one in digests}

    async def release(self, one: Release) -> bool:
        """Once."""
        scan = self.known[one.digest]
        if scan.released_at:
            return False
        self.released.append(one)
        changed = {
            "released_by": one.by, "released_role": one.role, "released_at": one.at,
            "released_because": one.reason,
        }  # fmt: skip
        self.known[one.digest] = scan.model_copy(update=changed)
        return True

    async def soon(self) -> None:
        """Somebody was told that a file came."""
        self.nudged += 1


class ScanMemory:
    """Reads over it."""

    memory: Any

    async def scans(self, digests: Iterable[Digest]) -> dict[Digest, Scan]:
        """What is known."""
        known: dict[Digest, Scan] = await self.memory.scanned.scans(digests)
        return known

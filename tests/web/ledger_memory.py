"""Checkpoints in memory, for the pages that show them."""

from typing import Any

from schemas.proving import ChainedOn, PublicKey, Signed
from tests.proving_memory import MemoryRecord


class LedgerMemory:
    """What the pages ask of checkpoints: nothing, unless a test puts a record there."""

    proved: MemoryRecord | None = None

    async def checkpoint_count(self) -> int:
        """How many there are."""
        return len(self.proved.signed) if self.proved else 0

    async def checkpoints(self, most: int | None = None, skip: int = 0) -> list[Signed]:
        """The newest first."""
        return await self.proved.checkpoints(most, skip) if self.proved else []

    async def checkpoint(self, number: int) -> Signed | None:
        """One of them."""
        found = self.proved.signed if self.proved else []
        return next((one for one in found if one.checkpoint.number == number), None)

    async def ledger_keys(self) -> list[PublicKey]:
        """The keys that signed."""
        return self.proved.keys if self.proved else []

    async def ledger_proof(self, chain: str) -> dict[str, Any] | None:
        """One proof."""
        return self.proved.proofs.get(chain) if self.proved else None

    async def ledger_proofs(self) -> list[str]:
        """Which there are."""
        return sorted(self.proved.proofs) if self.proved else []

    async def chained_on(self) -> list[ChainedOn]:
        """When what stood already was chained."""
        return []

"""Verifying the whole record: every chain by itself, against its cycle, and against what was signed."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from itertools import groupby
from typing import Protocol

from rules.proving.checking import (
    Keys,
    chain_wrong,
    checkpoints_wrong,
    erasures_wrong,
    heads_wrong,
    seen_wrong,
    stands_wrong,
)
from schemas.chain import Line
from schemas.proving import ChainedOn, Erasure, HeadAt, PublicKey, Signed, Verified, Wrong


class KnowsChains(Protocol):
    """What is asked of the record."""

    async def signed_and_noted(self) -> tuple[list[Signed], list[HeadAt]]:
        """Every checkpoint, the first one first, and what they noted of the chains, as of one instant."""
        ...

    async def ledger_keys(self) -> list[PublicKey]:
        """The keys that ever signed."""
        ...

    def names(self) -> AsyncIterator[list[str]]:
        """The references of all chains, some at a time."""
        ...

    async def lines(self, chains: Sequence[str]) -> dict[str, list[Line]]:
        """The lines of some chains."""
        ...

    async def stands(self, chains: Sequence[str] | None = None) -> dict[str, int]:
        """How far cycles and programmes are, as their own rows say: some of them, or all."""
        ...

    async def erasures(self) -> list[Erasure]:
        """What was erased."""
        ...

    async def chained_on(self) -> list[ChainedOn]:
        """When what stood already was chained."""
        ...


async def verify(
    record: KnowsChains,
    pinned: Mapping[str, str],
    seen: Mapping[int, str],
    tell: Callable[[int], None] = lambda _: None,
) -> Verified:
    """Everything that does not hold. Without keys from elsewhere, those of the record itself are believed."""
    stands = await record.stands()
    signed, noted = await record.signed_and_noted()
    own = {one.id: one.public for one in await record.ledger_keys()}
    wrong = checkpoints_wrong(signed, noted, Keys(own | dict(pinned), frozenset(pinned or own)))
    notes = await record.erasures()
    wrong += seen_wrong(signed, seen) + erasures_wrong(signed, notes)
    chains = Chains(signed, noted, notes, stands)
    async for names in record.names():
        for chain, lines in (await record.lines(names)).items():
            wrong += chains.check(chain, lines)
        tell(chains.entries)
    later = await record.stands(chains.orphans)
    wrong += [it for one in chains.orphans if one not in later for it in stands_wrong(one, [], None)]
    return Verified(
        chains=chains.seen,
        entries=chains.entries,
        erased=chains.erased,
        checkpoints=len(signed),
        newest=signed[-1] if signed else None,
        pinned=bool(pinned),
        chained_on=tuple(await record.chained_on()),
        wrong=tuple(wrong + chains.missing()),
    )


class Chains:
    """Checks one chain after another against what is known of all."""

    def __init__(
        self,
        signed: Sequence[Signed],
        noted: Sequence[HeadAt],
        erasures: Sequence[Erasure],
        stands: Mapping[str, int],
    ) -> None:
        self._signed = {one.checkpoint.number: one for one in signed}
        by_chain = sorted(noted, key=lambda one: one.chain)
        self._noted = {name: list(found) for name, found in groupby(by_chain, lambda one: one.chain)}
        self._erased: dict[str, dict[int, frozenset[str]]] = {}
        for one in erasures:
            gone = self._erased.setdefault(one.chain, {})
            gone[one.version] = gone.get(one.version, frozenset()) | frozenset(one.pointers)
        self._stands = dict(stands)
        self.orphans: list[str] = []
        self.seen = self.entries = self.erased = 0

    def check(self, chain: str, lines: Sequence[Line]) -> list[Wrong]:
        """What does not hold of one chain. Entries that came since the check began are checked too."""
        self.seen += 1
        self.entries += len(lines)
        self.erased += sum(one.erased is not None for one in lines)
        found = chain_wrong(chain, lines, self._erased.get(chain, {}))
        found += heads_wrong(chain, lines, self._noted.pop(chain, []), self._signed)
        if chain not in self._stands:
            self.orphans.append(chain)
            return found
        return found + stands_wrong(chain, lines, self._stands.pop(chain))

    def missing(self) -> list[Wrong]:
        """Chains of which nothing is left, though a checkpoint noted them or a row says they are there."""
        found = []
        for chain, heads in sorted(self._noted.items()):
            found += heads_wrong(chain, [], heads, self._signed)
        for chain, version in sorted(self._stands.items()):
            found += stands_wrong(chain, [], version) if chain not in self._noted else []
        return found

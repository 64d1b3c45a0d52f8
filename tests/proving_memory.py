"""A record in memory with its chains and checkpoints: the real hashes and the real rules over it."""

import hashlib
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

from engine.checkpoints import Checkpointing
from engine.verifying import verify
from rules.proving.making import leaf_of
from rules.proving.signing import Signer, new_signing_key, signer_of
from schemas.chain import Line, Said, genesis, leaf, link, step
from schemas.proving import ChainedOn, Erasure, Head, HeadAt, PublicKey, Signed, Verified

Found = TypeVar("Found")
BEGAN = datetime(2026, 6, 1, 9, tzinfo=UTC)


def at_once(asked: Coroutine[Any, Any, Found]) -> Found:
    """What something comes to that waits for nobody."""
    try:
        asked.send(None)
    except StopIteration as done:
        return cast("Found", done.value)
    raise AssertionError("it waits for somebody")


def a_key() -> Signer:
    """A new key."""
    found = signer_of(new_signing_key())
    assert isinstance(found, Signer)
    return found


def salt_for(name: str) -> bytes:
    """A salt that is the same in every run."""
    return hashlib.sha256(name.encode()).digest()[:16]


@dataclass
class MemoryRecord:
    """What the store keeps, as lists."""

    chains: dict[str, list[Line]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    signed: list[Signed] = field(default_factory=list)
    noted: list[HeadAt] = field(default_factory=list)
    keys: list[PublicKey] = field(default_factory=list)
    gone: list[Erasure] = field(default_factory=list)
    proofs: dict[str, dict[str, Any]] = field(default_factory=dict)
    published: set[str] = field(default_factory=set)
    now: datetime = BEGAN

    def copy(self) -> "MemoryRecord":
        """Another one, to be tampered with."""
        return replace(
            self,
            chains={name: list(lines) for name, lines in self.chains.items()},
            rows=dict(self.rows),
            signed=list(self.signed),
            noted=list(self.noted),
            keys=list(self.keys),
            gone=list(self.gone),
            proofs=dict(self.proofs),
        )

    def append(self, said: Said) -> None:
        """Record one line as the store does."""
        lines = self.chains.setdefault(said.chain, [])
        assert said.version == len(lines) + 1
        salt = salt_for(f"{said.chain}/{said.version}")
        before = lines[-1].link if lines else genesis(said.chain)
        assert before is not None
        on = link(before, step(leaf(said, salt), self.now))
        lines.append(Line(said, self.now, salt, on))
        self.rows[said.chain] = said.version

    def rechain(self, chain: str) -> None:
        """Link all lines of a chain anew, as somebody would who hides what they changed."""
        before, lines = genesis(chain), []
        for line in self.chains[chain]:
            before = link(before, step(leaf_of(line), line.recorded_at))
            lines.append(replace(line, link=before))
        self.chains[chain] = lines

    async def checkpoint(self, signers: Sequence[Signer]) -> None:
        """The checkpoint of the day, as the worker makes it."""
        await Checkpointing(self, signers, "https://office.test", lambda: self.now).round()

    async def verify(self, pinned: Sequence[Signer] = (), seen: Mapping[int, str] | None = None) -> Verified:
        """What verifying comes to."""
        return await verify(self, {one.id: one.public for one in pinned}, seen or {})

    # what Checkpointing and verify ask of the store
    async def chain_what_stands(self) -> int:
        return 0

    async def where_all_stand(self) -> tuple[datetime, list[Head]]:
        heads = [
            Head(chain=name, length=len(lines), head=(lines[-1].link or b"").hex())
            for name, lines in self.chains.items()
        ]
        return self.now, heads

    async def noted_heads(self) -> dict[str, HeadAt]:
        return {one.chain: one for one in sorted(self.noted, key=lambda one: one.checkpoint)}

    async def checkpoints(self, most: int | None = None, skip: int = 0) -> list[Signed]:
        return self.signed[::-1][skip : None if most is None else skip + most]

    async def keep_checkpoint(
        self, signed: Signed, digest: str, moved: Sequence[Head], publics: Mapping[str, str]
    ) -> bool:
        number = signed.checkpoint.number
        assert digest
        self.signed.append(signed)
        self.noted += [HeadAt(**one.model_dump(), checkpoint=number) for one in moved]
        known = {one.id for one in self.keys}
        self.keys += [
            PublicKey(id=one, public=publics[one], since=number)
            for one in signed.signatures
            if one not in known
        ]
        return True

    async def unproved(self) -> list[str]:
        heads = await self.noted_heads()
        found = sorted(self.published & set(heads))
        return [
            it for it in found if self.proofs.get(it, {"checkpoint": 0})["checkpoint"] < heads[it].checkpoint
        ]

    async def keep_proof(self, chain: str, checkpoint: int, proof: dict[str, Any]) -> None:
        assert checkpoint
        self.proofs[chain] = proof

    async def signed_and_noted(self) -> tuple[list[Signed], list[HeadAt]]:
        return self.signed, self.noted

    async def ledger_keys(self) -> list[PublicKey]:
        return self.keys

    async def names(self) -> AsyncIterator[list[str]]:
        yield list(self.chains)

    async def lines(self, chains: Sequence[str]) -> dict[str, list[Line]]:
        return {one: self.chains[one] for one in chains}

    async def stands(self, chains: Sequence[str] | None = None) -> dict[str, int]:
        return {one: at for one, at in self.rows.items() if chains is None or one in chains}

    async def erasures(self) -> list[Erasure]:
        return self.gone

    async def chained_on(self) -> list[ChainedOn]:
        return []

    def erase(self, chain: str, without: Callable[[Line], Line]) -> None:
        """Erase of a chain, and note it."""
        lines = []
        for line in self.chains[chain]:
            left = without(line)
            if left is not line:
                assert left.erased is not None
                before = set(line.erased["gone"]) if line.erased else set()
                where = tuple(sorted(set(left.erased["gone"]) - before))
                self.gone.append(Erasure(
                    at=self.now, by="officer", reason="asked for", chain=chain, version=line.said.version,
                    pointers=where,
                    nonce=f"nonce {len(self.gone)}",
                ))  # fmt: skip
            lines.append(left)
        self.chains[chain] = lines


def line_of_said(chain: str, version: int, event: dict[str, Any], at: datetime) -> Said:
    """A line about an event."""
    return Said(
        chain=chain, version=version, kind=event["kind"], at=at, key=f"key-{chain}-{version}",
        actor={"person": "policy-officer", "role": "policy_officer", "on_behalf_of": "west-mercia-opcc"},
        content=hashlib.sha256(event["kind"].encode()).hexdigest(), marking="OFFICIAL", public=True,
        event=event,
    )  # fmt: skip


def text(words: str) -> str:
    """The reference of a text."""
    return "text:" + hashlib.sha256(words.encode()).hexdigest()


FACTS = '{"answer":"yes","reference":"HTA-2026-03"}'
"""The canonical facts of what is published in this record."""
PUBLISHED = "HTA-2026-03"
EVENTS: tuple[dict[str, Any], ...] = (
    {"kind": "WakeSet", "wake": 1, "on": "2026-07-01", "about": text("ask again")},
    {"kind": "RequestWithdrawn", "request": 1, "reason": text("answered elsewhere")},
    {"kind": "SessionHeld", "session": 1, "held_at": "2026-06-02T10:00:00Z", "present": ["chief", "lead"]},
    {"kind": "FindingsApproved", "version": 1, "statement": text("I sign"), "name": text("A. Person")},
    {"kind": "FindingsPublished", "version": 1, "fingerprint": hashlib.sha256(FACTS.encode()).hexdigest()},
)


async def a_record(signers: Sequence[Signer], chains: int = 5, days: int = 3) -> MemoryRecord:
    """A record of some days, with a checkpoint at the end of each."""
    record = MemoryRecord()
    names = [*(f"HTA-2026-{n:02}" for n in range(1, chains)), "PRG-west-mercia-opcc"]
    record.published = {names[0], PUBLISHED}
    for day in range(days):
        for at, chain in enumerate(names):
            for turn in range(2 if (day + at) % 2 else 1):
                record.now += timedelta(minutes=1)
                event = EVENTS[(day + at + turn) % len(EVENTS)]
                version = len(record.chains.get(chain, ())) + 1
                record.append(line_of_said(chain, version, event, record.now))
        record.now += timedelta(hours=12)
        await record.checkpoint(signers)
        record.now += timedelta(hours=12)
    return record

"""Making a checkpoint, and what proves from it that published findings stand in their cycle's ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rules.clocks import civil
from rules.proving import tree
from rules.proving.signing import Signer, digest
from schemas.chain import Line, Stands, closed, committed, hashed, microseconds, moment, own_salt, step
from schemas.chain import canonical as written
from schemas.proving import Checkpoint, Erasure, Head, Signed

SHOWN = frozenset({"FindingsPublished", "FindingsCorrected", "FindingsWithdrawn"})
"""The entries of a cycle that its proof opens, and of them only these strings."""
OPENED = ("kind", "fingerprint")


def due(newest: Signed | None, now: datetime) -> bool:
    """Whether there is a checkpoint to make: one for each civil day.

    Source: process.ledger
    """
    return newest is None or civil(newest.checkpoint.at) < civil(now)


@dataclass(frozen=True)
class Stand:
    """Where everything stands at an instant.

    Source: process.ledger
    """

    at: datetime
    heads: Sequence[Head]
    notes: Sequence[Erasure] = ()


def erased(notes: Sequence[Erasure]) -> str:
    """What the notes of erasures come to.

    Source: process.ledger
    """
    said = [{**one.model_dump(mode="json"), "at": moment(one.at)} for one in notes]
    return hashed("erasures", written(said)).hex()


def checkpoint(stand: Stand, office: str, before: Signed | None, signers: Sequence[Signer]) -> Signed:
    """The next checkpoint over all heads, signed by the key in use; at a change, by the one before too.

    Source: process.ledger
    """
    made = Checkpoint(
        number=before.checkpoint.number + 1 if before else 1,
        at=stand.at,
        office=office,
        chains=len(stand.heads),
        entries=sum(one.length for one in stand.heads),
        root=tree.root(tree.levels(tree.ordered(stand.heads))).hex(),
        erasures=len(stand.notes),
        erased=erased(stand.notes),
        previous=digest(before.checkpoint) if before else None,
        key=signers[0].id,
    )
    wanted = {made.key, before.checkpoint.key if before else made.key}
    return Signed(checkpoint=made, signatures={one.id: one.sign(made) for one in signers if one.id in wanted})


def proof(head: Head, lines: Sequence[Line], index: int, met: Sequence[bytes], number: int) -> dict[str, Any]:
    """What proves the entries of one chain under a checkpoint: every step, and those shown that are public.

    Source: process.ledger
    """
    had = lines[: head.length]
    return {
        "chain": head.chain,
        "checkpoint": number,
        "index": index,
        "path": [one.hex() for one in met],
        "steps": [step(leaf_of(one), one.recorded_at).hex() for one in had],
        "shown": [_shown(one) for one in had if one.said.kind in SHOWN],
    }


def leaf_of(line: Line) -> bytes:
    """The hash of a line as it stands, whether something of it was erased or not.

    Source: process.ledger
    """
    return hashed("entry", written(closed(line.said, stands(line))))


def stands(line: Line) -> Stands:
    """What stands for a string of a line: of one that was erased, the commitment that was kept.

    Source: process.ledger
    """
    if line.erased is None:
        return committed(line.salt or b"")
    gone, salts = line.erased["gone"], line.erased["salts"]

    def kept(pointer: str, value: str) -> str:
        if pointer in gone:
            return gone[pointer]
        return hashed("value", bytes.fromhex(salts.get(pointer, "")), value.encode()).hex()

    return kept


def _shown(line: Line) -> dict[str, Any]:
    """An entry with its strings closed, and with those opened that everybody may read."""
    return {
        "recorded_at": microseconds(line.recorded_at),
        "closed": closed(line.said, stands(line)),
        "opened": {name: one for name in OPENED if (one := _opened(line, name))},
    }


def _opened(line: Line, name: str) -> tuple[str, str] | None:
    value, pointer = line.said.event.get(name), f"/event/{name}"
    if not isinstance(value, str):
        return None
    if line.erased is None:
        return own_salt(line.salt or b"", pointer).hex(), value
    salt = line.erased["salts"].get(pointer)
    return (salt, value) if salt else None

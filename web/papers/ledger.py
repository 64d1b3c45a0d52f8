"""The part of the archive that proves the rest: checkpoints, keys, proofs, and the program that checks."""

import json
from collections.abc import AsyncIterator

from store.reads import Reads
from web.papers.bundle import File
from web.public.ledger import VERIFIER, as_signed, verifier


async def ledger_files(reads: Reads) -> AsyncIterator[File]:
    """Every file of it, once there is a checkpoint."""
    signed = (await reads.checkpoints())[::-1]
    if not signed:
        return
    yield "ledger/checkpoints.json", _said([as_signed(one) for one in signed])
    yield "ledger/keys.json", _said({one.id: one.public for one in await reads.ledger_keys()})
    for chain in await reads.ledger_proofs():
        if proof := await reads.ledger_proof(chain):
            yield f"ledger/proofs/{chain}.json", _said(proof)
    yield f"ledger/{VERIFIER}", verifier()


def _said(found: object) -> bytes:
    return json.dumps(found, ensure_ascii=False, sort_keys=True).encode() + b"\n"

"""A thousand tamperings with the record, by somebody who has the whole database, and each is found."""

import random  # noqa: TID251 - a seed says which tamperings there are
from collections import Counter

from rules.proving.erasing import without
from rules.proving.signing import digest
from tests.proving_memory import a_key, a_record, text
from tests.tampering import KINDS

OURS, THIEF = a_key(), a_key()
TIMES = 1000


async def test_every_one_of_a_thousand_tamperings_is_found() -> None:
    """Whatever is changed in rows, chains, checkpoints and keys: verifying says what is wrong, and where."""
    record, dice = await a_record([OURS]), random.Random(7)  # noqa: S311 - a seed, no secret
    record.erase("HTA-2026-01", lambda line: without(line, lambda value: value == text("ask again")))
    await record.checkpoint([OURS])
    newest = record.signed[-1].checkpoint
    kept = {newest.number: digest(newest)}
    assert (await record.verify([OURS], kept)).wrong == ()
    missed: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for turn in range(TIMES):
        kind = KINDS[turn % len(KINDS)]
        theirs = record.copy()
        kind(theirs, dice, THIEF)
        assert theirs != record, kind.__name__
        found = await theirs.verify([OURS], kept)
        done[kind.__name__] += 1
        missed[kind.__name__] += not found.wrong
        for one in found.wrong:
            assert one.what
            assert one.do
            assert one.chain or one.checkpoint
    assert +missed == Counter()
    assert sum(done.values()) == TIMES

"""Proving the ledger: what is published checks out, and whatever is done to the record is found."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, cast

import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from rules.proving import tree
from rules.proving.erasing import without
from rules.proving.signing import digest
from schemas.chain import TEXT_GONE, canonical, commitment, committed, own_salt
from schemas.events import AnyEvent
from schemas.programme.events import AnyProgrammeEvent
from schemas.proving import Head
from tests.proving_memory import EVENTS, a_key, a_record, text

KEY = a_key()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abcdefghijklmnopqrstuvwxyz_", max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON)
@settings(max_examples=150, deadline=None)
def test_what_is_hashed_is_written_as_rfc_8785_has_it(value: object) -> None:
    """Our encoding and an independent one of RFC 8785 write every value the same."""
    assert canonical(value) == rfc8785.dumps(cast("Any", value))


def test_no_entry_has_a_number_that_could_be_written_in_two_ways() -> None:
    """No event of a cycle or a programme has a field that is not whole."""
    shapes: tuple[Any, ...] = (AnyEvent, AnyProgrammeEvent)
    for shape in shapes:
        schema = json.dumps(TypeAdapter(shape).json_schema())
        assert '"type": "number"' not in schema


def heads(count: int) -> list[Head]:
    """So many heads."""
    return [
        Head(chain=f"HTA-2026-{n:04}", length=n + 1, head=hashlib.sha256(bytes([n % 256])).hexdigest())
        for n in range(count)
    ]


def rfc9162(leaves: list[bytes]) -> bytes:
    """The root by the words of RFC 9162, 2.1.1: split at the largest power of two below."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    cut = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + rfc9162(leaves[:cut]) + rfc9162(leaves[cut:])).digest()


def test_the_tree_is_that_of_rfc_9162() -> None:
    """For every size up to 40, and each path leads from its leaf to the root and from no other."""
    for count in range(41):
        wanted = tree.levels(heads(count))
        assert tree.root(wanted) == rfc9162([tree.leaf(one) for one in heads(count)])
        for at in range(count):
            assert climbed(wanted, at, at, count) == tree.root(wanted)
            if count > 1:
                assert climbed(wanted, at, (at + 1) % count, count) != tree.root(wanted)


def climbed(grown: list[list[bytes]], at: int, leaf: int, size: int) -> bytes:
    """Where a leaf comes to on the path of a place."""
    node, met = grown[0][leaf], tree.path(grown, at)
    while size > 1:
        if at ^ 1 < size:
            pair = (met.pop(0), node) if at & 1 else (node, met.pop(0))
            node = hashlib.sha256(b"\x01" + b"".join(pair)).digest()
        at, size = at // 2, (size + 1) // 2
    return node


@given(st.binary(min_size=16, max_size=16), st.text(max_size=20), st.text(max_size=80))
@settings(max_examples=50, deadline=None)
def test_a_commitment_is_the_same_made_singly_or_with_its_line(salt: bytes, pointer: str, value: str) -> None:
    """What opens one string alone is what stands for it in the line."""
    assert committed(salt)(pointer, value) == commitment(own_salt(salt, pointer), value)


async def test_a_record_that_nobody_touched_is_found_right() -> None:
    """Every chain, checkpoint, key and root holds, by the office's key and by a checkpoint that was kept."""
    record = await a_record([KEY])
    newest = record.signed[-1].checkpoint
    found = await record.verify([KEY], {newest.number: digest(newest)})
    assert found.wrong == ()
    assert (found.chains, found.checkpoints, found.erased) == (5, 3, 0)
    assert found.entries == newest.entries == sum(map(len, record.chains.values()))


async def test_what_is_erased_leaves_every_chain_as_it_was() -> None:
    """A text is erased of an entry: the heads stay, it cannot be guessed, and the rest still opens."""
    record, name = await a_record([KEY]), EVENTS[3]["name"]
    chain = next(
        one for one, lines in record.chains.items() if any(it.said.event.get("name") for it in lines)
    )
    record.erase(chain, lambda line: without(line, lambda value: value == name))
    found = await record.verify([KEY])
    assert (found.wrong, found.erased) == ((), 1)
    [line] = [it for it in record.chains[chain] if it.erased]
    assert line.said.event["name"] == TEXT_GONE
    assert line.said.content == "erased"
    assert line.salt is None
    assert line.erased is not None
    assert "/event/name" not in line.erased["salts"]
    assert "/event/statement" in line.erased["salts"]
    record.erase(chain, lambda line: without(line, lambda value: value == text("I sign")))
    assert (await record.verify([KEY])).wrong == ()


async def test_what_nobody_noted_as_erased_is_found() -> None:
    """A string that is gone without a note of who erased it and why, is said with its entry."""
    record = await a_record([KEY])
    chain = "HTA-2026-01"
    kept = record.chains[chain][0].said.event
    some = next(
        value for value in kept.values() if isinstance(value, str) and value.startswith(("text:", "ab"))
    )
    record.erase(chain, lambda line: without(line, lambda value: value == some))
    record.gone.clear()
    found = await record.verify([KEY])
    assert any("nobody noted" in one.what for one in found.wrong)


async def test_a_new_key_is_known_by_the_one_before_it() -> None:
    """Signed by both once: whoever knows only the old key, or only the new one, finds all of it right."""
    other = a_key()
    record = await a_record([KEY])
    record.now = datetime(2026, 7, 1, tzinfo=UTC)
    await record.checkpoint([other, KEY])
    assert set(record.signed[-1].signatures) == {KEY.id, other.id}
    record.now = datetime(2026, 7, 2, tzinfo=UTC)
    await record.checkpoint([other])
    assert set(record.signed[-1].signatures) == {other.id}
    for known in (KEY, other):
        assert (await record.verify([known])).wrong == ()


async def test_a_key_that_was_lost_is_said() -> None:
    """Where the old key did not sign the change, whoever knows only that one is told so."""
    other = a_key()
    record = await a_record([KEY])
    record.now = datetime(2026, 7, 1, tzinfo=UTC)
    await record.checkpoint([other])
    assert (await record.verify([other])).wrong == ()
    assert "which is not known" in (await record.verify([KEY])).wrong[0].what


async def test_one_checkpoint_a_day_and_none_without_a_key() -> None:
    """A round that comes again makes nothing; one without a key says that there is none."""
    record = await a_record([KEY], days=1)
    record.now = record.signed[0].checkpoint.at
    await record.checkpoint([KEY])
    assert len(record.signed) == 1
    record.now = datetime(2026, 7, 1, tzinfo=UTC)
    await record.checkpoint([])
    assert len(record.signed) == 1

"""What somebody with the whole database in their hands may do to the record, each to a copy of it."""

import random  # noqa: TID251 - a seed says which tamperings there are
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from rules.proving import tree
from rules.proving.erasing import without
from rules.proving.signing import Signer, digest
from schemas.chain import Line, Said, strings
from schemas.proving import HeadAt, PublicKey, Signed
from tests.proving_memory import EVENTS, MemoryRecord, line_of_said

MANY = 2
Tamper = Callable[[MemoryRecord, random.Random, Signer], None]


def edit(record: MemoryRecord, dice: random.Random, _: Signer) -> None:
    """Change one field of one entry, any of them, as they stand in the row."""
    chain, at = _somewhere(record, dice)
    line = record.chains[chain][at]
    record.chains[chain][at] = dice.choice(FIELDS)(line, dice)


def remove_newest(record: MemoryRecord, dice: random.Random, _: Signer) -> None:
    """Cut the newest entries off, with the row that says how far the cycle is."""
    chain, at = _somewhere(record, dice)
    del record.chains[chain][at:]
    record.rows[chain] = at
    if not at:
        del record.chains[chain], record.rows[chain]


def remove_within(record: MemoryRecord, dice: random.Random, _: Signer) -> None:
    """Take an entry out of the middle, and number those after it anew half of the time."""
    chain, at = _somewhere(record, dice, inner=True)
    del record.chains[chain][at]
    if dice.random() < 0.5:
        _renumber(record, chain)
        record.rows[chain] -= 1


def reorder(record: MemoryRecord, dice: random.Random, _: Signer) -> None:
    """Let two entries of a cycle change places, with their numbers or without, linked anew or not."""
    chain, at = _somewhere(record, dice, inner=True)
    lines = record.chains[chain]
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    if dice.random() < 0.7:
        _renumber(record, chain)
    if dice.random() < 0.5:
        record.rechain(chain)


def forge_cycle(record: MemoryRecord, dice: random.Random, _: Signer) -> None:
    """Add a cycle that never was, rightly chained, as if it had been there before a checkpoint."""
    chain, now = "HTA-2026-77", record.now
    record.now = dice.choice(record.signed).checkpoint.at - timedelta(hours=dice.randint(1, 400))
    for version in range(1, dice.randint(2, 5)):
        record.append(line_of_said(chain, version, dice.choice(EVENTS), record.now))
    record.now = now


def forge_entry(record: MemoryRecord, dice: random.Random, _: Signer) -> None:
    """Put an entry into the middle, number and link all after it anew."""
    chain, at = _somewhere(record, dice)
    line = record.chains[chain][at]
    record.chains[chain].insert(at, replace(line, said=replace(line.said, key="key-forged")))
    _renumber(record, chain)
    record.rechain(chain)
    record.rows[chain] += 1


def swap_between(record: MemoryRecord, dice: random.Random, _: Signer) -> None:
    """Let entries of two cycles change places, each under the other's name, linked anew or not."""
    one, other = dice.sample(sorted(record.chains), 2)
    at = dice.randrange(min(len(record.chains[one]), len(record.chains[other])))
    left, right = record.chains[one][at], record.chains[other][at]
    if left.said.event == right.said.event:
        right = replace(right, said=replace(right.said, key="key-other"))
    record.chains[one][at] = replace(right, said=replace(right.said, chain=one))
    record.chains[other][at] = replace(left, said=replace(left.said, chain=other))
    if dice.random() < 0.5:
        record.rechain(one)
        record.rechain(other)


def roll_back(record: MemoryRecord, dice: random.Random, _: Signer) -> None:
    """Take the newest checkpoints away, with what they noted and half of the time what came since."""
    left = dice.randrange(len(record.signed))
    del record.signed[left:]
    record.noted = [one for one in record.noted if one.checkpoint <= left]
    if dice.random() < 0.5:
        chain, at = _somewhere(record, dice)
        record.chains[chain][at] = _other_event(record.chains[chain][at], dice)
        record.rechain(chain)


def sign_anew(record: MemoryRecord, dice: random.Random, thief: Signer) -> None:
    """Sign checkpoints with a key of one's own, and put that key among those that are published."""
    first = dice.randrange(len(record.signed))
    _sign_from(record, first, thief)


def rewrite(record: MemoryRecord, dice: random.Random, thief: Signer) -> None:
    """Change an entry and link its chain anew; then note that, count the roots anew, and sign it."""
    chain, at = _somewhere(record, dice)
    record.chains[chain][at] = _other_event(record.chains[chain][at], dice)
    record.rechain(chain)
    how_far = dice.randrange(3)
    if how_far:
        links = record.chains[chain]
        record.noted = [
            one.model_copy(update={"head": (links[one.length - 1].link or b"").hex()})
            if one.chain == chain
            else one
            for one in record.noted
        ]
    if how_far > 1:
        _count_roots(record)
        _sign_from(record, 0, thief)


def erase_unnoted(record: MemoryRecord, dice: random.Random, _: Signer) -> None:
    """Erase a string of an entry without a word of who did and why."""
    chain, at = _somewhere(record, dice, whole=True)
    line = record.chains[chain][at]
    value = dice.choice([value for _, value in strings({"actor": line.said.actor, "event": line.said.event})])
    record.chains[chain][at] = without(line, lambda one: one == value)


def change_note(record: MemoryRecord, dice: random.Random, _: Signer) -> None:
    """Take away, or write otherwise, a note of who erased something and why."""
    place = dice.randrange(len(record.gone))
    note = record.gone.pop(place)
    changes: dict[str, Any] = dice.choice([
        {"reason": "another"}, {"by": "somebody-else"}, {"at": note.at - timedelta(days=1)}, {"nonce": "n"},
    ])  # fmt: skip
    if dice.random() < 0.7:
        record.gone.insert(place, note.model_copy(update=changes))


KINDS: tuple[Tamper, ...] = (
    edit, edit, edit, remove_newest, remove_within, reorder, forge_cycle, forge_entry, swap_between,
    roll_back, sign_anew, rewrite, erase_unnoted, change_note,
)  # fmt: skip


def _said(line: Line, **changes: Any) -> Line:
    return replace(line, said=replace(line.said, **changes))


def _other_event(line: Line, dice: random.Random) -> Line:
    said: Said = line.said
    name = dice.choice([name for name in said.event if name != "kind"])
    value = said.event[name]
    other = value + 1 if isinstance(value, int) else [*value, "x"] if isinstance(value, list) else f"{value}x"
    return _said(line, event=said.event | {name: other})


def _bytes(held: bytes | None, dice: random.Random) -> bytes:
    found = bytearray(held or b"\0" * 16)
    found[dice.randrange(len(found))] ^= 1 << dice.randrange(8)
    return bytes(found)


FIELDS: tuple[Callable[[Line, random.Random], Line], ...] = (
    lambda line, _: _said(line, at=line.said.at + timedelta(microseconds=1)),
    lambda line, _: _said(line, actor=line.said.actor | {"person": "somebody-else"}),
    lambda line, _: _said(line, actor=line.said.actor | {"deputising_for": "lead"}),
    lambda line, _: _said(line, key=line.said.key + "x"),
    lambda line, _: _said(line, content="0" * 64),
    lambda line, _: _said(line, marking="OFFICIAL-SENSITIVE"),
    lambda line, _: _said(line, public=not line.said.public),
    lambda line, _: _said(line, kind="CycleClosed"),
    lambda line, _: _said(line, event=line.said.event | {"kind": "CycleClosed"}),
    lambda line, _: _said(line, kind="CycleClosed", event=line.said.event | {"kind": "CycleClosed"}),
    lambda line, _: _said(line, event=line.said.event | {"more": None}),
    lambda line, _: _said(line, version=line.said.version + 100),
    _other_event,
    lambda line, _: replace(line, recorded_at=line.recorded_at - timedelta(microseconds=1)),
    lambda line, dice: replace(line, salt=_bytes(line.salt, dice)),
    lambda line, dice: replace(line, link=_bytes(line.link, dice)),
    lambda line, _: replace(line, link=None),
    lambda line, _: replace(line, salt=None),
    lambda line, _: replace(line, salt=None, erased={"gone": {}, "salts": {}}),
    lambda line, _: replace(line, salt=None, erased={}),
)


def _somewhere(
    record: MemoryRecord, dice: random.Random, *, inner: bool = False, whole: bool = False
) -> tuple[str, int]:
    """An entry: any, one that is not the last of three or more, or one of which nothing was erased."""
    places = [
        (name, at)
        for name, lines in sorted(record.chains.items())
        for at, line in enumerate(lines)
        if not (inner and (len(lines) <= MANY or at == len(lines) - 1)) and not (whole and line.erased)
    ]
    return dice.choice(places)


def _renumber(record: MemoryRecord, chain: str) -> None:
    record.chains[chain] = [_said(line, version=at) for at, line in enumerate(record.chains[chain], 1)]


def _count_roots(record: MemoryRecord) -> None:
    stand: dict[str, HeadAt] = {}
    for at, one in enumerate(record.signed):
        stand |= {it.chain: it for it in record.noted if it.checkpoint == one.checkpoint.number}
        root = tree.root(tree.levels(tree.ordered(stand.values()))).hex()
        record.signed[at] = one.model_copy(
            update={"checkpoint": one.checkpoint.model_copy(update={"root": root})}
        )


def _sign_from(record: MemoryRecord, first: int, thief: Signer) -> None:
    """Put the checkpoints from one on in order again, under another key."""
    previous = digest(record.signed[first - 1].checkpoint) if first else None
    for at in range(first, len(record.signed)):
        changes = {"key": thief.id, "previous": previous}
        made = record.signed[at].checkpoint.model_copy(update=changes)
        record.signed[at] = Signed(checkpoint=made, signatures={thief.id: thief.sign(made)})
        previous = digest(made)
    record.keys.append(PublicKey(id=thief.id, public=thief.public, since=first + 1))

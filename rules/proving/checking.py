"""Whether the ledgers are what they were: every chain by itself, and against what was signed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from rules.proving import tree
from rules.proving.making import erased, leaf_of
from rules.proving.signing import digest, signed_by
from schemas.chain import GONE, TEXT_GONE, Line, covered, genesis, link, step, strings
from schemas.proving import Erasure, Head, HeadAt, Signed, Wrong

AT_WORK = timedelta(minutes=2)
"""So long an act may take to be written down: until then it may miss a checkpoint that was made meanwhile."""
BACKUP = (
    "Stop the worker, keep the database as it is for whoever looks into it, and compare with a backup from "
    "before: docs/ledger.md, When something is wrong."
)
UNCHAINED = "Run: starter.py migrate. Where that was done already, somebody has taken the link away."
PINNED = (
    "Check which key the office announced. Where this is not it, the checkpoints were made by somebody else."
)


@dataclass(frozen=True)
class Keys:
    """The keys that checkpoints name, and those that are known from elsewhere than the record itself.

    Source: process.ledger
    """

    publics: Mapping[str, str]
    pinned: frozenset[str]


def chain_wrong(chain: str, lines: Sequence[Line], erasures: Mapping[int, frozenset[str]]) -> list[Wrong]:
    """What does not hold of one chain by itself: what is missing, altered, unchained or unduly erased.

    Source: process.ledger
    """
    found, before, expected = [], genesis(chain), 1
    for line in lines:
        version = line.said.version
        if version != expected:
            gap = f"entries {expected} to {version - 1}" if version > expected + 1 else f"entry {expected}"
            found.append(_wrong(chain, expected, f"{gap} is missing before entry {version}"))
        found += _line_wrong(chain, line, before, erasures.get(version, frozenset()))
        before, expected = line.link or b"", version + 1
    return found


def heads_wrong(
    chain: str, lines: Sequence[Line], heads: Sequence[HeadAt], checkpoints: Mapping[int, Signed]
) -> list[Wrong]:
    """What does not hold of one chain against the checkpoints: the first that it does not lead to.

    Source: process.ledger
    """
    links = {line.said.version: line.link for line in lines}
    held = 0
    for one in sorted(heads, key=lambda head: head.checkpoint):
        has = links.get(one.length)
        if has is None or has.hex() != one.head:
            why = (
                f"ends with entry {max(links, default=0)}, and had {one.length} entries"
                if max(links, default=0) < one.length
                else f"is not what it was: an entry from {held + 1} to {one.length} was altered"
            )
            return [
                _wrong(chain, held + 1, f"the chain {why} at checkpoint {one.checkpoint}", one.checkpoint)
            ]
        held = one.length
    return _backdated(chain, lines, heads, checkpoints)


def checkpoints_wrong(signed: Sequence[Signed], heads: Iterable[HeadAt], keys: Keys) -> list[Wrong]:
    """What does not hold of the checkpoints themselves, from the first to the newest.

    Source: process.ledger
    """
    by_checkpoint: dict[int, list[HeadAt]] = {}
    for one in heads:
        by_checkpoint.setdefault(one.checkpoint, []).append(one)
    found: list[Wrong] = []
    stand: dict[str, Head] = {}
    before: Signed | None = None
    for this in signed:
        number = this.checkpoint.number
        stand |= {one.chain: one for one in by_checkpoint.pop(number, [])}
        found += [_of(number, what, BACKUP) for what in _after(this, before)]
        found += [_of(number, what, BACKUP) for what in _rootless(this, list(stand.values()))]
        before = this
    late = sorted(by_checkpoint)
    found += [_of(one, f"checkpoint {one} is missing: chains are noted under it", BACKUP) for one in late]
    return found + keys_wrong(signed, keys)


def keys_wrong(signed: Sequence[Signed], keys: Keys) -> list[Wrong]:
    """Which checkpoints nobody signed whom we know.

    A key is known that was given; one to which a known key handed over, by signing its first checkpoint too;
    and every key before a checkpoint of a known one, because that names those before it.

    Source: process.ledger
    """
    known, found, last = set(keys.pinned), [], 0
    before: Signed | None = None
    for this in signed:
        one = this.checkpoint
        if not signed_by(this, keys.publics, one.key):
            what = f"checkpoint {one.number} does not carry a good signature of the key {one.key}"
            found.append(_of(one.number, what, PINNED))
        elif one.key in known or _handed_over(this, before, known, keys):
            known.add(one.key)
            last = one.number
        before = this
    strange = [one.checkpoint for one in signed if one.checkpoint.number > last]
    said = "checkpoint {} is signed with the key {}, which is not known"
    return found + [_of(one.number, said.format(one.number, one.key), PINNED) for one in strange]


def erasures_wrong(signed: Sequence[Signed], notes: Sequence[Erasure]) -> list[Wrong]:
    """Which checkpoints had other notes of erasures than there are.

    Source: process.ledger
    """
    counted = [(one.checkpoint, notes[: one.checkpoint.erasures]) for one in signed]
    what = "the notes of what was erased are not those of checkpoint {}"
    return [
        _of(one.number, what.format(one.number), BACKUP)
        for one, had in counted
        if (len(had), erased(had)) != (one.erasures, one.erased)
    ]


def seen_wrong(signed: Sequence[Signed], seen: Mapping[int, str]) -> list[Wrong]:
    """What does not hold against checkpoints that somebody kept elsewhere, by number and digest.

    Source: process.ledger
    """
    known = {one.checkpoint.number: digest(one.checkpoint) for one in signed}
    return [
        _of(number, f"checkpoint {number} is {'missing' if number not in known else 'another'}", BACKUP)
        for number, kept in sorted(seen.items())
        if known.get(number) != kept
    ]


def stands_wrong(chain: str, lines: Sequence[Line], version: int | None) -> list[Wrong]:
    """What does not hold between a ledger and the row that says how far its cycle or programme is.

    Source: process.ledger
    """
    last = lines[-1].said.version if lines else 0
    if version is None:
        return [_wrong(chain, 1, "there is a ledger and no cycle or programme of that reference")]
    if version > last:
        return [
            _wrong(chain, last + 1, f"the newest entries are missing: it stands at {version}, not {last}")
        ]
    return []


def _line_wrong(chain: str, line: Line, before: bytes, noted: frozenset[str]) -> list[Wrong]:
    said = line.said
    if line.link is None or (line.salt is None and line.erased is None):
        return [
            Wrong(
                chain=chain, version=said.version, what=f"entry {said.version} is not chained", do=UNCHAINED
            )
        ]
    whole = _well_made(line)
    if not whole or link(before, step(leaf_of(line), line.recorded_at)) != line.link:
        return [
            _wrong(chain, said.version, f"entry {said.version} is not what was recorded, or not in its place")
        ]
    gone = line.erased["gone"] if line.erased else {}
    shown = {pointer for pointer, value in strings(covered(said)) if value in (GONE, TEXT_GONE)}
    if set(gone) != shown or set(gone) != noted:
        return [
            _wrong(chain, said.version, f"entry {said.version} says it was erased, and nobody noted that")
        ]
    return []


def _well_made(line: Line) -> bool:
    """Whether a line's own parts agree, so far as they can be hashed at all."""
    erased = line.erased
    held = erased is None or ({"gone", "salts"} <= set(erased) and line.salt is None)
    return held and line.said.event.get("kind") == line.said.kind


def _backdated(
    chain: str, lines: Sequence[Line], heads: Sequence[HeadAt], checkpoints: Mapping[int, Signed]
) -> list[Wrong]:
    """Entries that say they were there before a checkpoint which does not have them."""
    had = {one.checkpoint: one.length for one in heads}
    length = 0
    for number in sorted(checkpoints):
        length = had.get(number, length)
        for line in lines[length:]:
            if line.recorded_at < checkpoints[number].checkpoint.at - AT_WORK:
                version = line.said.version
                what = f"entry {version} is dated before checkpoint {number}, which does not have it"
                return [_wrong(chain, version, what, number)]
    return []


def _after(this: Signed, before: Signed | None) -> list[str]:
    one, last = this.checkpoint, before.checkpoint if before else None
    found = []
    if one.number != (last.number + 1 if last else 1):
        found.append(f"the checkpoint before {one.number} is missing")
    elif one.previous != (digest(last) if last else None):
        found.append(f"checkpoint {one.number} follows another than the one that stands before it")
    if last and one.at <= last.at:
        found.append(f"checkpoint {one.number} is older than the one before it")
    return found


def _handed_over(this: Signed, before: Signed | None, known: set[str], keys: Keys) -> bool:
    last = before.checkpoint.key if before else ""
    return last in known and signed_by(this, keys.publics, last)


def _rootless(this: Signed, heads: list[Head]) -> list[str]:
    one = this.checkpoint
    come_to = tree.root(tree.levels(tree.ordered(heads))).hex()
    counted = (len(heads), sum(head.length for head in heads))
    if come_to != one.root or counted != (one.chains, one.entries):
        return [f"what is noted of the chains does not come to the root of checkpoint {one.number}"]
    return []


def _wrong(chain: str, version: int, what: str, checkpoint: int | None = None) -> Wrong:
    return Wrong(chain=chain, version=version, checkpoint=checkpoint, what=what, do=BACKUP)


def _of(number: int, what: str, do: str) -> Wrong:
    return Wrong(checkpoint=number, what=what, do=do)

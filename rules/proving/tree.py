"""The Merkle tree over the heads of all chains: its root, and the path from a head to it (RFC 9162, 2.1)."""

import hashlib
from collections.abc import Iterable, Sequence

from schemas.chain import canonical
from schemas.proving import Head


def ordered(heads: Iterable[Head]) -> list[Head]:
    """Heads in the order in which they stand in the tree: by reference, sign by sign.

    Source: process.ledger
    """
    return sorted(heads, key=lambda one: one.chain)


def leaf(head: Head) -> bytes:
    """The hash of one head. Nobody can guess it: every entry under it has a salt of its own.

    Source: process.ledger
    """
    said = canonical({"chain": head.chain, "head": head.head, "length": head.length})
    return hashlib.sha256(b"\x00" + said).digest()


def levels(heads: Sequence[Head]) -> list[list[bytes]]:
    """The tree from its leaves up to its root; one that is left over goes up as it is.

    Source: process.ledger
    """
    row = [leaf(one) for one in heads]
    tree = [row]
    while len(row) > 1:
        pairs = [_node(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]
        row = pairs + row[len(pairs) * 2 :]
        tree.append(row)
    return tree


def root(tree: list[list[bytes]]) -> bytes:
    """What the whole tree comes to; of nothing, the hash of nothing.

    Source: process.ledger
    """
    return tree[-1][0] if tree[-1] else hashlib.sha256().digest()


def path(tree: list[list[bytes]], index: int) -> list[bytes]:
    """What a leaf meets on its way up to the root, the nearest first.

    Source: process.ledger
    """
    met = []
    for row in tree[:-1]:
        beside = index ^ 1
        if beside < len(row):
            met.append(row[beside])
        index //= 2
    return met


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()

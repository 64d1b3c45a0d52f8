"""What proves a ledger: heads of chains, checkpoints over all of them, and what does not hold."""

from typing import Annotated

from pydantic import Field

from schemas.shape import Digest, Instant, Shape

KeyId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
"""A key by the first 16 figures of the SHA-256 of its public half."""


class Head(Shape):
    """How far a chain has got: how many entries, and what they come to."""

    chain: str
    length: Annotated[int, Field(ge=1)]
    head: Digest


class HeadAt(Head):
    """The same, as of the checkpoint that was the first to have it so."""

    checkpoint: int


class Checkpoint(Shape):
    """Where every chain stood at an instant, in one hash; it names the checkpoint before it by its digest."""

    number: Annotated[int, Field(ge=1)]
    at: Instant
    office: str
    """The address of the office's public site."""
    chains: int
    entries: int
    root: Digest
    """The root of the Merkle tree (RFC 9162) over all heads, sorted by reference."""
    erasures: int
    """How many entries something was erased of, each as often as that was done."""
    erased: Digest
    """What the notes of all of them come to."""
    previous: Digest | None
    key: KeyId


class Signed(Shape):
    """A checkpoint with its signatures (Ed25519, hexadecimal) by key; at a change of keys there are two."""

    checkpoint: Checkpoint
    signatures: dict[str, str]


class PublicKey(Shape):
    """The public half of a key that checkpoints are signed with."""

    id: KeyId
    public: Digest
    """Its 32 bytes, in hexadecimal."""
    since: int
    """The first checkpoint that it signed."""


class ChainedOn(Shape):
    """When what stood already was chained: from then on it cannot be altered unseen."""

    at: Instant
    chains: int
    entries: int


class Erasure(Shape):
    """What was erased of one entry, by whom and why."""

    at: Instant
    by: str
    reason: str
    chain: str
    version: int
    pointers: tuple[str, ...]
    nonce: str
    """Drawn for this note, so that it cannot be guessed from what it comes to."""


class Wrong(Shape):
    """Something that does not hold: where, what, and what to do."""

    what: str
    do: str
    chain: str | None = None
    version: int | None = None
    checkpoint: int | None = None


class Checkpointed(Shape):
    """What a round came to: the newest checkpoint, and whether this round made it."""

    number: int | None = None
    made: bool = False
    chained: int = 0
    """Entries that had not been chained yet."""
    why: str = ""
    """Why none was made."""


class Verified(Shape):
    """What verifying came to."""

    chains: int
    entries: int
    erased: int
    """Entries of which something was erased."""
    checkpoints: int
    newest: Signed | None
    pinned: bool
    """Whether the keys were known from elsewhere than the record itself."""
    chained_on: tuple[ChainedOn, ...]
    wrong: tuple[Wrong, ...]


class Erased(Shape):
    """What erasing a text came to."""

    words: bool
    """Whether its words were there."""
    entries: int
    """Entries of the record from which its reference is gone."""
    still: tuple[str, ...]
    """Cycles and programmes that keep the reference while they are open."""

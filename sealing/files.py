"""Files as they lie encrypted: a head, then pieces of 256 KiB, each with AES-256-GCM (STREAM).

Every file has a key of its own, derived with HKDF-SHA256 from the ring's key and a random salt; the digest
of the file and the whole head go into it, so a file under another's name cannot be opened. Each piece's nonce
holds its number and whether it is the last: none can be left out, repeated, or put elsewhere, nor the end cut
off. It is the construction of Tink's AES-GCM-HKDF streaming, with a head that names the key.
"""

import secrets
import struct
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sealing.keys import ID_LENGTH, LENGTH, KeyRing, UnreadableError, derived

MAGIC = b"ANSF\x01"
SALT, PREFIX, TAG = 32, 7, 16
HEAD = len(MAGIC) + ID_LENGTH + SALT + PREFIX
PIECE = 256 * 1024
"""Bytes of a file in one piece."""
WHOLE = PIECE + TAG


class DamagedError(UnreadableError):
    """A file is not as it was written: altered, cut off, put together anew, or under another's name."""

    def __init__(self, digest: str) -> None:
        super().__init__(
            f"The file {digest[:12]} is not as it was kept, so nothing of it is given out. "
            "Whoever has it can send it again; otherwise bring it back from a backup."
        )


def plain_size(sealed: int) -> int:
    """How large a file is that lies in so many bytes."""
    body = sealed - HEAD
    return max(0, body - TAG * max(1, -(-body // WHOLE)))


def key_named(head: bytes) -> str:
    """The name of the key with which a file was encrypted, as its head says; empty where that is none."""
    return head[len(MAGIC) : len(MAGIC) + ID_LENGTH].hex() if head.startswith(MAGIC) else ""


class Sealer:
    """Encrypts or decrypts the pieces of one file, in their order."""

    def __init__(self, ring: KeyRing, head: bytes, digest: str) -> None:
        """With the head that the file has.

        Raises: DamagedError: that is no head. KeyMissingError: it names a key that is not there.
        """
        if len(head) != HEAD or not head.startswith(MAGIC):
            raise DamagedError(digest)
        salt, info = head[-SALT - PREFIX : -PREFIX], head + bytes.fromhex(digest)
        secret = derived(ring.find(key_named(head)), "files")
        own = HKDF(algorithm=SHA256(), length=LENGTH, salt=salt, info=info).derive(secret)
        self._cipher, self._prefix, self._number, self._digest = AESGCM(own), head[-PREFIX:], 0, digest

    @classmethod
    def fresh(cls, ring: KeyRing, digest: str) -> tuple[Self, bytes]:
        """For a file that is to be written, with its head."""
        drawn = secrets.token_bytes(SALT + PREFIX)
        head = MAGIC + bytes.fromhex(ring.writes.id) + drawn
        return cls(ring, head, digest), head

    def seal(self, piece: bytes, *, last: bool) -> bytes:
        """The next piece, encrypted."""
        return self._cipher.encrypt(self._nonce(last=last), piece, None)

    def open(self, piece: bytes, *, last: bool) -> bytes:
        """The next piece, decrypted.

        Raises: DamagedError: it is not the next piece of this file.
        """
        try:
            return self._cipher.decrypt(self._nonce(last=last), piece, None)
        except InvalidTag:
            raise DamagedError(self._digest) from None

    def _nonce(self, *, last: bool) -> bytes:
        nonce = self._prefix + struct.pack(">IB", self._number, last)
        self._number += 1
        return nonce


def sealed(file: BinaryIO, ring: KeyRing, digest: str) -> Iterator[bytes]:
    """A file's bytes as they are to lie, piece by piece."""
    sealer, head = Sealer.fresh(ring, digest)
    yield head
    piece = file.read(PIECE)
    while following := file.read(PIECE):
        yield sealer.seal(piece, last=False)
        piece = following
    yield sealer.seal(piece, last=True)


async def opened(pieces: AsyncIterator[bytes], ring: KeyRing, digest: str) -> AsyncGenerator[bytes, None]:
    """The bytes of a file that lies encrypted, piece by piece, each of them checked.

    Raises: DamagedError: a piece is not as it was written. KeyMissingError: its key is not there.
    """
    waiting, sealer = bytearray(), None
    async for piece in pieces:
        waiting += piece
        if sealer is None and len(waiting) >= HEAD:
            sealer = Sealer(ring, bytes(waiting[:HEAD]), digest)
            del waiting[:HEAD]
        while sealer and len(waiting) > WHOLE:  # more follows, so this is not the last
            yield sealer.open(bytes(waiting[:WHOLE]), last=False)
            del waiting[:WHOLE]
    if sealer is None:
        raise DamagedError(digest)
    yield sealer.open(bytes(waiting), last=True)

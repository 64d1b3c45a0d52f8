"""What Temporal keeps, encrypted: each payload by itself, with AES-256-GCM and a random nonce."""

import secrets
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sealing.keys import Key, KeyMissingError, KeyRing, UnreadableError, derived

NONCE = 12
"""Bytes. Random, so a key is good for 2^32 payloads (NIST SP 800-38D, 8.3): see docs/secrets.md."""
AS_IT_IS, PACKED = b"\x00", b"\x01"
WORTH_PACKING = 256
"""Bytes: what is encrypted cannot be packed by the database any more, so it is packed before."""


class AlteredError(UnreadableError):
    """What Temporal keeps is not what was given to it, or belongs to another namespace."""

    def __init__(self, key_id: str, namespace: str) -> None:
        super().__init__(
            f"What Temporal keeps in the namespace {namespace} under the key {key_id} is not what was given "
            "to it. Bring the engine's state back from a backup (docs/secrets.md)."
        )


class Envelopes:
    """Closes with the key that writes and opens with every key.

    The namespace and the key's name are bound to each: it opens in no other namespace.
    """

    def __init__(self, ring: KeyRing, namespace: str) -> None:
        self._writes = ring.writes.id
        self._namespace = namespace
        self._ciphers = {one.id: (AESGCM(derived(one, "payloads")), self._bound(one)) for one in ring}

    def close(self, content: bytes) -> tuple[str, bytes]:
        """The name of the key, and what is to be kept."""
        nonce = secrets.token_bytes(NONCE)
        cipher, bound = self._ciphers[self._writes]
        return self._writes, nonce + cipher.encrypt(nonce, _packed(content), bound)

    def open(self, key_id: str, kept: bytes) -> bytes:
        """What was kept.

        Raises: KeyMissingError: that key is not there. AlteredError: it is not what was kept.
        """
        if key_id not in self._ciphers:
            raise KeyMissingError(key_id)
        cipher, bound = self._ciphers[key_id]
        try:
            inner = cipher.decrypt(kept[:NONCE], kept[NONCE:], bound)
        except (InvalidTag, ValueError):
            raise AlteredError(key_id, self._namespace) from None
        return zlib.decompress(inner[1:]) if inner[:1] == PACKED else inner[1:]

    def _bound(self, key: Key) -> bytes:
        return f"answerable payload 1\n{key.id}\n{self._namespace}".encode()


def _packed(content: bytes) -> bytes:
    if len(content) < WORTH_PACKING:
        return AS_IT_IS + content
    packed = zlib.compress(content, 1)
    return PACKED + packed if len(packed) < len(content) else AS_IT_IS + content

"""Signing checkpoints, and telling whether a signature is one (Ed25519, RFC 8032)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from schemas.chain import TAG, canonical, moment
from schemas.outcomes import Refused
from schemas.proving import Checkpoint, Signed

NOT_A_KEY = "The file holds no Ed25519 key in PEM. Make one: openssl genpkey -algorithm ed25519 -out FILE"


@dataclass(frozen=True)
class Signer:
    """A private key, with the name by which its public half is known.

    Source: process.ledger
    """

    private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """The public half, in hexadecimal."""
        return self.private.public_key().public_bytes_raw().hex()

    @property
    def id(self) -> str:
        """The key's name."""
        return key_id(self.public)

    def sign(self, checkpoint: Checkpoint) -> str:
        """The signature of a checkpoint, in hexadecimal."""
        return self.private.sign(to_sign(checkpoint)).hex()


def signer_of(pem: str) -> Signer | Refused:
    """The key that a file holds.

    Source: process.ledger
    """
    wrong = Refused(code="key_wrong", message=NOT_A_KEY, source="process.ledger", field=None)
    try:
        private = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError):
        return wrong
    return Signer(private) if isinstance(private, Ed25519PrivateKey) else wrong


def new_signing_key() -> str:
    """A new key in PEM.

    Source: process.ledger
    """
    private = Ed25519PrivateKey.generate()
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def key_id(public: str) -> str:
    """The name of a key: the first 16 figures of the SHA-256 of its public half.

    Source: process.ledger
    """
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]


def said(checkpoint: Checkpoint) -> dict[str, object]:
    """A checkpoint as it is written and signed.

    Source: process.ledger
    """
    return {**checkpoint.model_dump(mode="json"), "at": moment(checkpoint.at)}


def to_sign(checkpoint: Checkpoint) -> bytes:
    """The bytes that are signed.

    Source: process.ledger
    """
    return TAG + b"checkpoint\n" + canonical(said(checkpoint))


def digest(checkpoint: Checkpoint) -> str:
    """What a checkpoint is known by: in the next one, in mails, and to whoever keeps it.

    Source: process.ledger
    """
    return hashlib.sha256(to_sign(checkpoint)).hexdigest()


def signed_by(signed: Signed, publics: Mapping[str, str], key: str) -> bool:
    """Whether a key has signed a checkpoint.

    Source: process.ledger
    """
    public, signature = publics.get(key), signed.signatures.get(key)
    if public is None or signature is None or key_id(public) != key:
        return False
    try:
        known = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        known.verify(bytes.fromhex(signature), to_sign(signed.checkpoint))
    except (InvalidSignature, ValueError):
        return False
    return True

"""What Temporal keeps is encrypted: commands, answers, states of cycles, and what went wrong (ADR 0030).

Everything that was kept before there were keys is read as it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from temporalio.api.common.v1 import Payload
from temporalio.converter import (
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
)

from engine.shapes import AS_JSON
from sealing.keys import KeyRing
from sealing.payloads import Envelopes

ENCODING = b"binary/encrypted"
KEY_NAME = "key-id"


class Sealed(PayloadCodec):
    """Encrypts what goes to Temporal and decrypts what comes back, whichever key of the ring it names."""

    def __init__(self, ring: KeyRing, namespace: str) -> None:
        self._envelopes = Envelopes(ring, namespace)

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Encrypt; what is encrypted already stays as it is."""
        return [self.closed(one) for one in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Decrypt; what is not encrypted stays as it is.

        Raises: KeyMissingError: it needs a key that is not there. AlteredError: it is not what was written.
        """
        return [self._open(one) for one in payloads]

    def closed(self, payload: Payload) -> Payload:
        """One payload as Temporal keeps it."""
        if payload.metadata.get("encoding") == ENCODING:
            return payload
        key_id, kept = self._envelopes.close(payload.SerializeToString())
        return Payload(metadata={"encoding": ENCODING, KEY_NAME: key_id.encode()}, data=kept)

    def _open(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            return payload
        key_id = payload.metadata.get(KEY_NAME, b"").decode("ascii", "replace")
        return Payload.FromString(self._envelopes.open(key_id, payload.data))


@dataclass(frozen=True)
class Sealing:
    """With which keys, and in which namespace, our shapes become what Temporal keeps."""

    ring: KeyRing | None = None
    """Without one nothing is encrypted, and what is cannot be read."""
    namespace: str = "default"

    def converter(self) -> DataConverter:
        """How our shapes become what Temporal keeps, and come back; the words of faults too."""
        if self.ring is None:
            return AS_JSON
        return replace(
            AS_JSON,
            payload_codec=Sealed(self.ring, self.namespace),
            failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
        )


OPEN = Sealing()
"""Nothing is encrypted: engines that are gone within seconds, and histories from before there were keys."""

"""Who may send events over HTTP: each sender's secrets, and what each may speak of (Standard Webhooks).

The file is read again when it has changed, so that a secret is exchanged without a restart: for a while both
the old and the new one stand in it.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook, WebhookVerificationError

from reference.places import FileError, Place
from schemas.outcomes import Refused
from schemas.outside import OutsideEvent

LEAST_BYTES, MOST_BYTES = 24, 64
"""Of a secret, as Standard Webhooks asks."""
MOST_SECRETS = 3
HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")
FIELDS = {
    "id": "a name for the sender",
    "sources": "what its events' source begins with",
    "types": "the types of event that it may send",
    "secrets": "one secret, or two while one takes the other's place",
}


@dataclass(frozen=True)
class Sender:
    """One sender: what its events may speak of, and the secrets that it signs with."""

    id: str
    sources: tuple[str, ...]
    types: tuple[str, ...]
    keys: tuple[Webhook, ...] = field(repr=False)

    def may_send(self, event: OutsideEvent) -> Refused | None:
        """A refusal where an event is of a source or type that is not this sender's."""
        if not any(_within(event.source, one) for one in self.sources):
            return _refused(
                "not_your_source",
                f"This is signed by {self.id}, who may not send events of that source. "
                "Use the source that was agreed with the office.",
            )
        if self.types and event.type not in self.types:
            return _refused(
                "not_your_type",
                f"This is signed by {self.id}, who may not send {event.type}. Ask the office to allow it.",
            )
        return None


def senders_in(text: str, name: str) -> tuple[Sender, ...]:
    """The senders in a file; no message ever repeats a secret.

    Raises: FileError: the file cannot be used.
    """
    found = tuple(_sender(one) for one in replace(Place.of(text, name), path="sender").each())
    ids = [one.id for one in found]
    if len(set(ids)) != len(ids):
        raise FileError(f"{name}: a sender stands here twice. Put its secrets into one entry.")
    return found


class Senders:
    """The senders of a file, as it is now."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._read: tuple[tuple[int, int], tuple[Sender, ...]] | None = None

    def now(self) -> tuple[Sender, ...]:
        """Every sender.

        Raises: FileError: the file cannot be read or used.
        """
        if self._file is None:
            return ()
        try:
            stat = self._file.stat()
            changed = (stat.st_mtime_ns, stat.st_size)
            if self._read is None or self._read[0] != changed:
                text = self._file.read_text(encoding="utf-8")
                self._read = (changed, senders_in(text, self._file.name))
        except (OSError, UnicodeDecodeError):
            raise FileError("The file of senders cannot be read.") from None
        return self._read[1]

    def signed_by(self, headers: Mapping[str, str], body: bytes) -> Sender | Refused:
        """Whose signature a delivery carries; a refusal where it is nobody's, or too old.

        Raises: FileError: the file of senders cannot be read or used.
        """
        senders = self.now()
        if not senders:
            return _refused("no_senders", "Nobody may send events here yet. Ask the office to enter you.")
        if missing := [one for one in HEADERS if not headers.get(one)]:
            return _refused(
                "not_signed", f"The header {missing[0]} is missing. Sign as Standard Webhooks says."
            )
        if refused := _uncovered(headers):
            return refused
        signed = {name: headers[name] for name in HEADERS}
        reasons: set[str] = set()
        for sender in senders:
            for secret in sender.keys:
                why_not = _not_by(secret, signed, body)
                if why_not is None:
                    return sender
                reasons.add(why_not)
        return _why_not(reasons)


def attributes_digest(headers: Mapping[str, str]) -> str:
    """The SHA-256 over the ce- headers, one `name:value` a line in the order of their names.

    In binary form an event's own attributes are headers, which the signature does not cover; it covers
    webhook-id. So there webhook-id has to be this digest.
    """
    lines = sorted(f"{name}:{value}" for name, value in headers.items() if name.startswith("ce-"))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _within(source: str, agreed: str) -> bool:
    return source == agreed or source.startswith(agreed if agreed[-1] in "/:#" else f"{agreed}/")


def _uncovered(headers: Mapping[str, str]) -> Refused | None:
    if not any(name.startswith("ce-") for name in headers):
        return None
    if headers["webhook-id"] == attributes_digest(headers):
        return None
    return _refused(
        "attributes_not_signed",
        "The ce- headers are not covered by the signature: webhook-id has to be their SHA-256 "
        "(docs/events-in.md), or send the event in structured form.",
    )


def _not_by(secret: Webhook, signed: dict[str, str], body: bytes) -> str | None:
    """Why a delivery was not signed with a secret, in the library's words; None where it was."""
    try:
        secret.verify(body, signed, json_parse=False)
    except WebhookVerificationError as why:
        return str(why)
    except ValueError:
        return "it cannot be read"
    return None


def _why_not(reasons: Iterable[str]) -> Refused:
    if any("too old" in one or "too new" in one for one in reasons):
        return _refused(
            "too_old",
            "The signature is more than five minutes old or early. Sign it anew, and check your clock.",
        )
    return _refused(
        "bad_signature",
        "The signature is not that of a sender who is known here. Check the secret and the body.",
    )


def _sender(at: Place) -> Sender:
    fields = at.fields(FIELDS, optional=("types",))
    sources = tuple(one.words() for one in fields["sources"].each())
    written = fields["secrets"].each()
    if not sources:
        raise fields["sources"].error("write what the source of its events begins with")
    if not 1 <= len(written) <= MOST_SECRETS:
        raise fields["secrets"].error(f"write 1 to {MOST_SECRETS} secrets")
    return Sender(
        id=fields["id"].slug(FIELDS["id"]),
        sources=sources,
        types=tuple(one.words() for one in fields["types"].each()) if "types" in fields else (),
        keys=tuple(_secret(one) for one in written),
    )


def _secret(at: Place) -> Webhook:
    words = at.words()
    try:
        length = len(base64.b64decode(words.removeprefix("whsec_") + "==", validate=False))
        if words.startswith("whsec_") and LEAST_BYTES <= length <= MOST_BYTES:
            return Webhook(words)
    except (ValueError, EmptyWebhookSecretError):
        pass
    raise at.error(
        f"this secret cannot be used; write whsec_ and {LEAST_BYTES} to {MOST_BYTES} random bytes in base64"
    )


def _refused(code: str, message: str) -> Refused:
    return Refused(code=code, message=message, source="process.wrong-input")

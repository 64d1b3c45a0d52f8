"""How an event is named and known again: by its source and id, and by what it says."""

import hashlib
import json

from schemas.outcomes import Refused
from schemas.outside import OutsideEvent
from schemas.shape import CommandKey, Digest


def digest_of(event: OutsideEvent) -> Digest:
    """The SHA-256 of what an event says: the same however it was delivered.

    Source: local.outside
    """
    facts = event.model_dump(mode="json", exclude_none=True)
    facts["data"] = event.model_dump(mode="json")["data"]
    return hashlib.sha256(_canonical(facts)).hexdigest()


def key_of(event: OutsideEvent) -> CommandKey:
    """The key under which an event is handed to the programme, whoever brings it and however often.

    Source: local.outside
    """
    return f"outside:{hashlib.sha256(_canonical([event.source, event.id])).hexdigest()[:48]}"


def reused(event: OutsideEvent) -> Refused:
    """The refusal of an event that says something else than one of the same source and id.

    Source: process.wrong-input
    """
    return Refused(
        code="event_reused",
        message=f"The event {event.id} of {event.source} was here before and said something else. "
        "Send what is new under an id of its own.",
        source="process.wrong-input",
        field="id",
    )


def _canonical(facts: object) -> bytes:
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

"""Events from outside as they arrive: CloudEvents 1.0, in binary, structured and batched form."""

import json
from collections.abc import Mapping
from typing import Any

from cloudevents.core.base import BaseCloudEvent
from cloudevents.core.bindings.http import HTTPMessage, from_binary
from cloudevents.core.exceptions import BaseCloudEventException, CloudEventValidationError
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from pydantic import ValidationError

from schemas.outcomes import Refused
from schemas.outside import MOST_FIELDS, OutsideEvent

MOST_BYTES = 64_000
"""Of one event."""
MOST_EVENTS = 50
"""In one delivery."""
STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
JSON = ("application/json", "text/json")
OUR_OWN = "urn:answerable:"
"""What the sources of our own events begin with; nobody else may send those."""
NEEDED = ("specversion", "id", "source", "type")
KNOWN_FORMS = f"{STRUCTURED}, {BATCH}, or ce- headers with application/json"
SAYS: Mapping[str, str] = {
    "id": "id has to be a text of 1 to 200 letters, without #",
    "source": "source has to be an address or urn of at most 300 letters, without spaces",
    "type": "type has to be small words joined by dots, such as answerable.inspection.published",
    "subject": "subject has to be a text of 1 to 300 letters",
    "time": "time has to be an instant with its zone, such as 2026-11-23T09:00:00Z",
    "data": f"data has to be a flat JSON object of at most {MOST_FIELDS} fields: texts of at most 4,000 "
    "letters, numbers, true or false, and lists of short texts",
}


def read_http(headers: Mapping[str, str], body: bytes) -> tuple[OutsideEvent, ...] | Refused:
    """The events of one delivery over HTTP, by its media type; all of them can be used, or it is refused."""
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    binary = any(name.startswith("ce-") for name in headers)
    if media == BATCH:
        return _batch(body)
    if media == STRUCTURED:
        return _alone(read_one(body))
    if not binary:
        return _refused("wrong_media_type", f"Send an event as {KNOWN_FORMS}.")
    if media not in JSON:
        return _refused("wrong_media_type", "The data of an event has to be sent as application/json.")
    return _alone(_binary(headers, body))


def read_one(body: bytes) -> OutsideEvent | Refused:
    """One event in the JSON format of CloudEvents."""
    if len(body) > MOST_BYTES:
        return too_large()
    found = read_json(body)
    if isinstance(found, Refused):
        return found
    if not isinstance(found, dict):
        return _refused(
            "not_an_event", "This is no event: write one JSON object with id, source, type and data."
        )
    return event_of(found)


def read_json(body: bytes) -> Any | Refused:
    """What is written in JSON; a refusal where it is none."""
    try:
        return json.loads(body.decode())
    except (ValueError, RecursionError):
        return _refused("not_json", "This is not JSON in UTF-8. Send one CloudEvent as a JSON object.")


def event_of(facts: dict[str, Any], *, our_own: bool = False) -> OutsideEvent | Refused:
    """One event from its attributes and data, as CloudEvents 1.0 wants them."""
    try:
        if missing := [one for one in NEEDED if one not in facts]:
            return _not_an_event(f"{missing[0]} is missing")
        return _ours(JSONFormat().read(CloudEvent, json.dumps(facts)), timed="time" in facts, our_own=our_own)
    except CloudEventValidationError as wrong:
        return _by_attribute(wrong)
    except (BaseCloudEventException, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return _not_an_event(SAYS["time"] if "time" in facts else "it is not as CloudEvents 1.0 wants it")


def too_large() -> Refused:
    """The refusal of an event that is too large."""
    said = f"An event may have {MOST_BYTES // 1000} KB. Send what the rules need, and a link to the rest."
    return _refused("too_large", said)


def _binary(headers: Mapping[str, str], body: bytes) -> OutsideEvent | Refused:
    if len(body) > MOST_BYTES:
        return too_large()
    found = read_json(body) if body else {}
    if isinstance(found, Refused):
        return found
    if missing := [one for one in NEEDED if f"ce-{one}" not in headers]:
        return _not_an_event(f"the header ce-{missing[0]} is missing")
    try:
        read = from_binary(HTTPMessage(dict(headers), body), JSONFormat(), CloudEvent)
        return _ours(read, timed="ce-time" in headers)
    except CloudEventValidationError as wrong:
        return _by_attribute(wrong)
    except (BaseCloudEventException, ValueError, TypeError, OverflowError, RecursionError):
        return _not_an_event(SAYS["time"])


def _batch(body: bytes) -> tuple[OutsideEvent, ...] | Refused:
    found = read_json(body)
    if isinstance(found, Refused):
        return found
    if not isinstance(found, list) or not found:
        return _refused("not_an_event", "A batch is a JSON list of one event or more.")
    if len(found) > MOST_EVENTS:
        return _refused("too_large", f"A batch may hold {MOST_EVENTS} events. Send the rest in another.")
    made: list[OutsideEvent] = []
    for place, facts in enumerate(found, start=1):
        one = read_one(json.dumps(facts).encode())
        if isinstance(one, Refused):
            return one.model_copy(update={"message": f"Event {place} of the batch: {one.message}"})
        made.append(one)
    return tuple(made)


def _ours(read: BaseCloudEvent, *, timed: bool, our_own: bool = False) -> OutsideEvent | Refused:
    """Our shape of an event. The library gives one without a time the present: that is left out again."""
    if read.get_source().startswith(OUR_OWN) and not our_own:
        return _not_an_event(f"a source that begins with {OUR_OWN} is ours alone")
    data = read.get_data()
    if data is not None and not isinstance(data, dict):
        return _not_an_event(SAYS["data"])
    facts = {
        "id": read.get_id(),
        "source": read.get_source(),
        "type": read.get_type(),
        "subject": read.get_subject(),
        "time": read.get_time() if timed else None,
        "data": data or {},
    }
    try:
        return OutsideEvent.model_validate(facts)
    except ValidationError as wrong:
        return _not_an_event(SAYS.get(str(wrong.errors()[0]["loc"][0]), "it cannot be used"))


def _by_attribute(wrong: CloudEventValidationError) -> Refused:
    name = next(iter(wrong.errors), "")
    if name == "specversion":
        return _not_an_event("specversion has to be 1.0")
    return _not_an_event(SAYS.get(name, "an extension's name has to be small letters and digits"))


def _not_an_event(why: str) -> Refused:
    return _refused("not_an_event", f"This event cannot be used: {why}.")


def _alone(one: OutsideEvent | Refused) -> tuple[OutsideEvent, ...] | Refused:
    return one if isinstance(one, Refused) else (one,)


def _refused(code: str, message: str) -> Refused:
    return Refused(code=code, message=message, source="process.wrong-input")

"""What machines send: it is taken, or it is said why not; reading it never raises."""

import io
import json
from collections.abc import AsyncIterator
from functools import cache
from hashlib import sha256
from typing import Any

from hypothesis import strategies as st

from clients.notify import receipt_of
from engine.reading_events import read_http
from engine.reading_files import read_file
from engine.senders import senders_in
from reference.calendar_import import CalendarRefusedError, editions
from reference.catalogue import calendar
from reference.make_calendar import PARTS, UNION
from reference.places import FileError
from schemas.outcomes import Refused
from sealing.files import opened, sealed
from sealing.keys import Key, KeyRing, UnreadableError
from sealing.payloads import Envelopes
from tests.fuzz.importers import CELLS, spoilt
from tests.fuzz.shapes import JUNK, TEXT, spoil
from tests.web.house import NOW
from web.door.granting import granted
from web.door.signed_out_there import wrong_with
from web.door.sso import Provider, same_issuer

RING = KeyRing((Key(b"k" * 32),))
ISSUER = "https://login.example/tenant"
PROVIDER = Provider(ISSUER, "answerable", None)
CALLED_BACK = st.fixed_dictionaries(
    {},
    optional={
        "reference": TEXT | JUNK,
        "status": st.sampled_from(["delivered", "permanent-failure", "x-failure", "sending"]) | JUNK,
        "completed_at": st.sampled_from(["2026-11-23T09:00:00Z", "9999-12-31T23:59:59.999999-14:00"]) | JUNK,
        "sent_at": JUNK,
    },
)


def called_back(facts: dict[str, Any]) -> str:
    """What a callback of the mail service says."""
    return "a receipt" if receipt_of(facts, NOW) else "nothing"


EDGES = ("2026-11-23T09:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-14:00")
EVENT = st.fixed_dictionaries(
    {"specversion": st.just("1.0") | JUNK},
    optional={
        "id": TEXT | JUNK,
        "source": st.sampled_from(["urn:an-inspectorate", "//a b", "urn:answerable:x"]) | JUNK,
        "type": st.sampled_from(["answerable.inspection.published", "X"]) | JUNK,
        "time": st.sampled_from(EDGES) | JUNK,
        "subject": TEXT | JUNK,
        "data": JUNK,
        "datacontenttype": st.sampled_from(["application/json", "text/xml"]) | JUNK,
        "data_base64": TEXT,
    },
)
MEDIA_TYPES = st.sampled_from([
    "application/cloudevents+json", "application/cloudevents-batch+json", "application/json", "text/json",
    "application/cloudevents+json; charset=utf-16", "", "text/plain",
])  # fmt: skip


AN_EVENT = {
    "specversion": "1.0",
    "id": "report-2026-4",
    "source": "urn:an-inspectorate",
    "type": "answerable.inspection.published",
    "time": "2026-11-20T09:00:00Z",
    "subject": "west-mercia-police",
    "data": {"title": "A report", "on": "2026-11-20", "grade": 3, "themes": ["custody"]},
}


@st.composite
def changed(draw: st.DrawFn, whole: dict[str, Any]) -> dict[str, Any]:
    """Facts that are as they should be, but for a place or two."""
    facts: dict[str, Any] = json.loads(json.dumps(whole))
    for _ in range(draw(st.integers(0, 2))):
        spoil(draw, facts)
    return facts


@st.composite
def a_delivery(draw: st.DrawFn) -> tuple[dict[str, str], bytes]:
    """One delivery over HTTP: its headers and its body."""
    event = draw(EVENT | changed(AN_EVENT))
    headers = {"content-type": draw(MEDIA_TYPES | st.just("application/cloudevents+json"))}
    if draw(st.booleans()):
        headers |= {f"ce-{name}": str(one) for name, one in event.items() if name != "data"}
    said: Any = draw(st.sampled_from([event, [event], [event, event], event.get("data")]))
    body = json.dumps(said).encode()
    return headers, draw(st.just(body) | spoilt(body))


def delivered(given: tuple[dict[str, str], bytes]) -> str:
    """Read as events from outside."""
    return "refused" if isinstance(read_http(*given), Refused) else "events"


@st.composite
def in_a_folder(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of events or measures, as others put it into the folder."""
    name = draw(st.sampled_from(["a.json", "a.jsonl", "a.csv", "a.CSV", "a"]))
    table = draw(st.lists(st.lists(CELLS, max_size=6), max_size=4))
    head = ["source", "id", "measure", "value", "on", "commitment"]
    rows = "\n".join(",".join(row) for row in [head, *table])
    event = json.dumps(draw(EVENT | changed(AN_EVENT)))
    body = draw(st.sampled_from([rows, event, f"[{event}]", f"{event}\n{event}"])).encode(errors="replace")
    return name, draw(st.just(body) | spoilt(body))


def from_folder(given: tuple[str, bytes]) -> str:
    """Every line an event, or why not."""
    return "refused" if isinstance(read_file(*given), Refused) else "lines"


KNOWN = {name: calendar(name=name) for name in (*PARTS, UNION)}


@cache
def official() -> dict[str, Any]:
    """The list of bank holidays as its publisher has it, from the editions that came with the product."""
    return {
        part: {
            "division": part,
            "events": [
                {"title": one.title, "date": one.on.isoformat(), "notes": "", "bunting": True}
                for one in KNOWN[part].days
                if one.on.year >= NOW.year - 2
            ],
        }
        for part in PARTS
    }


@st.composite
def a_list(draw: st.DrawFn) -> str:
    """A list of bank holidays with something else in some places."""
    facts = json.loads(json.dumps(official()))
    for _ in range(draw(st.integers(0, 3))):
        part = facts.get(draw(st.sampled_from(sorted(facts))))
        events = part.get("events") if isinstance(part, dict) else None
        if isinstance(events, list) and events and isinstance(events[-1], dict):
            place = draw(st.integers(0, len(events) - 1))
            field = draw(st.sampled_from(["title", "date", "notes", "bunting"]))
            if isinstance(events[place], dict):
                events[place][field] = draw(st.sampled_from(["9999-12-31", "0001-01-01"]) | JUNK)
    return json.dumps(facts)


def listed(text: str) -> str:
    """New editions, or why there are none."""
    try:
        editions(text, NOW.date(), KNOWN)
    except CalendarRefusedError:
        return "refused"
    return "editions"


CLAIM = st.one_of(JUNK, st.sampled_from([ISSUER, "answerable", ["answerable"], 1795424400, 1e308, "jti-1"]))
CLAIMED = ("iss", "aud", "sub", "sid", "jti", "iat", "exp", "nonce", "events", "groups", "roles", "tid")
CLAIMS = st.dictionaries(
    st.sampled_from(CLAIMED),
    CLAIM | st.just({"http://schemas.openid.net/event/backchannel-logout": {}}),
)


BACK_CHANNEL = "http://schemas.openid.net/event/backchannel-logout"
SIGNED_OUT = {
    "iss": ISSUER, "aud": "answerable", "sub": "a-subject", "sid": "a-session", "jti": "jti-1",
    "iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 60, "events": {BACK_CHANNEL: {}},
    "groups": ["policy_officer", 7],
}  # fmt: skip
HEADER = {"typ": "logout+jwt", "alg": "RS256", "kid": "1"}

TOKENS = st.tuples(CLAIMS | changed(SIGNED_OUT), CLAIMS | changed(HEADER))


def claimed(given: tuple[dict[str, Any], dict[str, Any]]) -> str:
    """What a sign-in service claims in a token: who signed out, and what a group grants."""
    claims, header = given
    same_issuer(claims.get("iss"), ISSUER)
    granted(claims, PROVIDER.claims, PROVIDER.roles)
    return "refused" if wrong_with(claims, header, PROVIDER, NOW) else "taken"


@st.composite
def kept_payload(draw: st.DrawFn) -> tuple[str, bytes]:
    """What the engine kept, spoilt; or what never was encrypted."""
    key, whole = Envelopes(RING, "default").close(draw(st.binary(max_size=400)))
    return draw(st.just(key) | TEXT), draw(spoilt(whole))


def unsealed(given: tuple[str, bytes]) -> str:
    """Opened, or said that it is not what was kept."""
    try:
        Envelopes(RING, "default").open(*given)
    except UnreadableError:
        return "refused"
    return "opened"


@st.composite
def kept_file(draw: st.DrawFn) -> bytes:
    """A file as it lies, spoilt."""
    content = draw(st.binary(max_size=300))
    digest = sha256(b"any").hexdigest()
    return draw(spoilt(b"".join(sealed(io.BytesIO(content), RING, digest))))


def unsealed_file(content: bytes) -> str:
    """Opened piece by piece, or said that it is damaged."""

    async def pieces() -> AsyncIterator[bytes]:
        yield content

    async def read() -> str:
        try:
            async for _ in opened(pieces(), RING, sha256(b"any").hexdigest()):
                pass
        except UnreadableError:
            return "refused"
        return "opened"

    reading = read()
    try:
        reading.send(None)
    except StopIteration as end:
        return str(end.value)
    raise AssertionError("it waits for something")


def a_sender(text: str) -> str:
    """The office's file of senders, or why it cannot be used."""
    try:
        senders_in(text, "senders.yaml")
    except FileError:
        return "refused"
    return "senders"


SENDERS = st.one_of(
    TEXT,
    JUNK.map(json.dumps),
    st.dictionaries(st.sampled_from(["id", "name", "sources", "types", "secrets"]), JUNK).map(
        lambda one: json.dumps({"senders": [one]})
    ),
)

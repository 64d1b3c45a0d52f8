"""The interface for programs and the pages' forms: whatever is sent, nothing is a fault or half-written."""

import asyncio
import re
import tempfile
import warnings
from collections.abc import Coroutine
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import httpx
import requests
from hypothesis import strategies as st

from rules.apply import add_up
from schemas.outcomes import Receipt
from schemas.people import Role
from scripts.access_document import doors
from tests import scenario as s
from tests.fuzz.arrivals import CALLED_BACK
from tests.fuzz.feeding import Target
from tests.fuzz.importers import a_file
from tests.fuzz.shapes import FAR, JUNK, NAMES, NEAR, TEXT, Strategy
from tests.web.house import CALLBACK, NOW, Browser, House, a_house
from tests.web.test_access_table import ENDLESS, asked, csrf
from web.door.sessions import SAFE
from web.programs.document import document

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # on import it says what its own libraries will stop doing
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.core.result import Ok

REF = "HTA-2026-07"
PEOPLE = ("policy-officer", "acc-local-policing", "commissioner", "publication-officer", "chief-executive")
FAULT = 500
OPERATIONS = 20
SLOW = ("/settings/export", "/archive", "/pack", ".zip", ".pdf", "/cycles.csv")
"""What makes whole documents; each has its own tests."""
FED_BY_ITSELF = ("/api/v1/outside",)
"""What this office in memory has no store for: 503, as it should be. Its readers are fed by themselves."""
NOT_FED = {"/sign-out", "/sign-in", *FED_BY_ITSELF}
Found = TypeVar("Found")


class FaultError(AssertionError):
    """An answer that no request may get, or a record that is not whole after one."""


@dataclass
class Site:
    """An office in memory with people at its door, put back to where it began before each request."""

    loop: asyncio.AbstractEventLoop
    house: House
    browsers: dict[str, Browser]
    tokens: dict[str, str]

    def run(self, what: Coroutine[Any, Any, Found]) -> Found:
        """Wait for something."""
        return self.loop.run_until_complete(what)

    def ask(self, who: str, method: str, url: str, **sent: Any) -> str:
        """Send one request and look at the answer and the record; what was answered."""
        memory = self.house.memory
        before = {ref: list(entries) for ref, entries in memory.ledgers.items()}
        answered = copy(self.house.desk.answered)
        try:
            answer = self.run(self.browsers[who].request(method, url, **sent))
            if answer.status_code >= FAULT:
                raise FaultError(f"{answer.status_code} {answer.text[:300]}")
            self._whole(before, answer)
        finally:
            memory.ledgers, self.house.desk.answered = before, answered
        return str(answer.status_code)

    def _whole(self, before: dict[str, list[Any]], answer: httpx.Response) -> None:
        for ref, entries in self.house.memory.ledgers.items():
            if entries == before.get(ref):
                continue
            if answer.status_code >= httpx.codes.BAD_REQUEST:
                raise FaultError(f"refused with {answer.status_code}, and {ref} has new entries")
            if add_up(entries).version != len(entries):
                raise FaultError(f"{ref} is not whole")


@cache
def site() -> Site:
    """The one office of this process."""
    loop = asyncio.new_event_loop()
    return loop.run_until_complete(_opened(loop))


async def _opened(loop: asyncio.AbstractEventLoop) -> Site:
    house = a_house(Path(tempfile.mkdtemp(prefix="answerable-fuzz-")))
    house.memory.words |= s.WORDS.kept
    for command in (s.open_cycle(REF, NOW), s.submit(REF)):
        outcome = await house.desk.send(command, s.WORDS)
        assert isinstance(outcome, Receipt), outcome
    browsers, tokens = {"nobody": _browser(house)}, {"nobody": ""}
    for person in PEOPLE:
        browsers[person] = _browser(house)
        await browsers[person].sign_in(person)
        tokens[person] = await csrf(browsers[person])
    return Site(loop, house, browsers, tokens)


def _browser(house: House) -> Browser:
    return Browser(transport=httpx.ASGITransport(house.app), base_url="http://office.test")


@cache
def operations() -> tuple[Any, ...]:
    """Every operation of the document."""
    found = schemathesis.openapi.from_dict(document(site().house.app))
    every = [one.ok() for one in found.get_all_operations() if isinstance(one, Ok)]
    assert len(every) > OPERATIONS, "the document could not be read"
    return tuple(one for one in every if one.path not in FED_BY_ITSELF)


@st.composite
def a_call(draw: st.DrawFn) -> tuple[str, str, str, dict[str, str], bytes]:
    """A call that the document allows, or one that it does not; who makes it, and what goes over the wire."""
    operation = draw(st.sampled_from(operations()))
    mode = draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
    case = draw(operation.as_strategy(generation_mode=mode))
    if draw(st.booleans()):
        case.path_parameters = {name: _known(name, one) for name, one in (case.path_parameters or {}).items()}
    try:
        made = requests.Request(**_sent(case)).prepare()
    except (ValueError, UnicodeError):  # what no client can send
        made = requests.Request("GET", "http://office.test/").prepare()
    whole = made.body.encode() if isinstance(made.body, str) else made.body
    body = whole if isinstance(whole, bytes) else b""
    headers = {
        name: one if isinstance(one, str) else one.decode("latin-1") for name, one in made.headers.items()
    }
    return draw(st.sampled_from((*PEOPLE, "nobody"))), made.method or "GET", made.url or "", headers, body


def _known(name: str, otherwise: Any) -> Any:
    return {"reference": REF, "number": 1, "digest": "a" * 64}.get(name, otherwise)


def _sent(case: Any) -> dict[str, Any]:
    given: dict[str, Any] = case.as_transport_kwargs(base_url="http://office.test")
    wanted = ("method", "url", "headers", "params", "data", "json", "files", "cookies")
    return {name: one for name, one in given.items() if name in wanted}


def called(given: tuple[str, str, str, dict[str, str], bytes]) -> str:
    """Send a call."""
    who, method, url, headers, body = given
    if who != "nobody":  # a browser brings its own
        headers = {
            name: one for name, one in headers.items() if name.lower() not in ("cookie", "authorization")
        }
    try:
        return site().ask(who, method, url, headers=headers, content=body)
    except (httpx.InvalidURL, httpx.LocalProtocolError, UnicodeEncodeError):
        return "not sendable"


@cache
def forms() -> tuple[tuple[str, str, str], ...]:
    """Every address that a page's form may be sent to, or that is read, and somebody who may."""
    found = []
    for door in doors():
        roles = {Role.POLICY_OFFICER: "policy-officer", Role.THEMATIC_LEAD: "acc-local-policing",
                 Role.COMMISSIONER: "commissioner", Role.PUBLICATION_OFFICER: "publication-officer",
                 Role.CHIEF_EXECUTIVE: "chief-executive"}  # fmt: skip
        who = next((one for role, one in roles.items() if door.roles is None or role in door.roles), "nobody")
        ends = any(part in door.path for part in SLOW) or door.path in ENDLESS | NOT_FED
        found += [] if ends else [(who, method, path) for method, path in asked(door)]
    return tuple(found)


NAMED = """
reason request session action due due-day due-month due-year to on page stage search title body what words
version at starts_at-hour number key next who choice commitment reference before sort kind lang from file name
mail role person
"""
FIELDS = st.sampled_from(NAMED.split())
TYPED = st.one_of(
    TEXT,
    NAMES,
    FAR,
    NEAR.map(str),
    st.sampled_from([REF, "1", "-1", "2026/015", "99999999999999999999", "14:00"]),
)


@st.composite
def a_form(draw: st.DrawFn) -> tuple[tuple[str, str, str], dict[str, str], dict[str, str]]:
    """Anything typed into any form, or written behind any address."""
    told = draw(st.dictionaries(FIELDS | st.text(max_size=6), TYPED, max_size=8))
    return draw(st.sampled_from(forms())), told, draw(st.dictionaries(FIELDS, TYPED, max_size=3))


def filled_in(given: tuple[tuple[str, str, str], dict[str, str], dict[str, str]]) -> str:
    """Send a form, or ask for a page."""
    (who, method, path), told, asked_for = given
    here = site()
    sent: dict[str, Any] = {"params": asked_for} if asked_for else {}
    if method not in SAFE:
        sent["data"] = {**told, "csrf": here.tokens[who]}
    try:
        answer = here.ask(who, method, re.sub(r"HTA-\d{4}-\d+", REF, path), **sent)
    except (httpx.InvalidURL, UnicodeEncodeError):
        return "not sendable"
    return f"{method} {answer}"


def sent_file(given: tuple[str, bytes]) -> str:
    """Upload a file as a program does."""
    files = [("files", given)]
    try:
        return site().ask("acc-local-policing", "POST", "/api/v1/files", files=files)
    except UnicodeEncodeError:
        return "not sendable"


def receipt(facts: Any) -> str:
    """A callback of the mail service as it arrives."""
    headers = {"authorization": f"Bearer {CALLBACK}"}
    return site().ask("nobody", "POST", "/api/v1/mail/receipts", headers=headers, json=facts)


def through(strategy: Strategy) -> Strategy:
    """A strategy of which the office is opened only when it is used."""
    return st.deferred(lambda: strategy)


CALLS = (
    Target("the interface for programs, by its document", through(a_call()), called, 120),
    Target("every page and form", through(a_form()), filled_in, 100),
    Target("uploads by programs", a_file(), sent_file, 15),
    Target("receipts as they arrive", CALLED_BACK | JUNK, receipt, 15),
)

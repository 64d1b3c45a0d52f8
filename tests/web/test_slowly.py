"""Whoever sends much without having come in waits; nobody else does. And under which names we answer."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as some
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from rules.publishing.reporting import holds_until, security_file
from tests.house.test_compose import SERVICES
from tests.web.house import NOW, Browser, House
from web.door.slowly import MOST_NETWORKS, PACES, SIGNED, Pace, Slowly, network_of, what_of

FIRST = PACES["sending"].at_once


def at(house: House, address: str) -> Browser:
    """A browser at an address of the network."""
    transport = httpx.ASGITransport(house.app, client=(address, 50_000))
    return Browser(transport=transport, base_url="http://office.test")


async def sends(browser: Browser, times: int, path: str = "/follow") -> list[int]:
    """What so many forms are answered."""
    return [(await browser.post(path, data={"address": "x"})).status_code for _ in range(times)]


async def test_a_network_that_sends_too_much_waits_and_others_do_not(house: House) -> None:
    """It is told for how long, and after that it may send again."""
    async with at(house, "203.0.113.7") as one, at(house, "203.0.113.8") as other:
        assert 429 not in await sends(one, FIRST)
        refused = await one.post("/follow", data={"address": "x"})
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "2"
        assert "what you typed is still in the form" in refused.text
        assert 429 not in await sends(other, 3)
        house.memory.now += timedelta(seconds=2)
        assert [code == 429 for code in await sends(one, 2)] == [False, True]


async def test_codes_links_questions_and_programs_without_a_token_share_the_measure(house: House) -> None:
    """Another address of ours is no way around it."""
    async with at(house, "203.0.113.7") as one:
        await sends(one, FIRST - 4)
        paths = ("/t/none", "/t/none/code", "/new-link", "/api/v1/commands")
        assert 429 not in [(await sends(one, 1, path))[0] for path in paths]
        assert {(await sends(one, 1, path))[0] for path in paths} == {429}
        assert (await one.get("/follow")).status_code != 429


async def test_coming_in_has_a_measure_of_its_own(house: House) -> None:
    """Each way to the sign-in service costs it an answer; forms that were sent do not use it up."""
    async with at(house, "203.0.113.7") as one:
        await sends(one, FIRST + 1)
        first = PACES["coming in"].at_once
        answers = [(await one.get("/sign-in/back")).status_code for _ in range(first + 1)]
        assert 429 not in answers[:first]
        assert answers[-1] == 429
        assert (await one.get("/sign-in")).status_code == 200


async def test_whoever_has_come_in_is_not_slowed_down(busy: House) -> None:
    """What they do is on record in their name."""
    await busy.browser.sign_in("policy-officer")
    assert 429 not in await sends(busy.browser, FIRST + 5, "/language")


@given(
    at_once=some.integers(1, 100), a_minute=some.integers(1, 600), before=some.floats(0, 100),
    seconds=some.floats(-3600, 3600),
)  # fmt: skip
def test_a_measure_never_grows_beyond_itself(
    at_once: int, a_minute: int, before: float, seconds: float
) -> None:
    """Whatever the clock does, nobody has more than the whole measure, and waiting takes nothing away."""
    pace = Pace(at_once, a_minute)
    left = pace.left(min(before, at_once), seconds)
    assert min(before, at_once) <= left <= at_once


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("", "nonsense", False),
    ],
)
def test_a_network_is_an_address_or_the_house_that_has_many(one: str, other: str, *, same: bool) -> None:
    """Of IPv6 one house has 2^64 addresses: they are one."""
    assert (network_of(one) == network_of(other)) is same


async def test_what_is_remembered_of_networks_has_an_end(house: House) -> None:
    """A flood from made-up addresses costs so much memory and no more, and the newest is remembered."""
    slowly, request = Slowly(house.app, answer=lambda *_: httpx), Asking(house)  # type: ignore[arg-type] # never called
    for number in range(MOST_NETWORKS + 9):
        slowly.wait("sending", str(number), request)  # type: ignore[arg-type] # all that is asked of it
    assert len(slowly.kept) == MOST_NETWORKS
    assert ("sending", str(MOST_NETWORKS + 8)) in slowly.kept
    assert ("sending", "0") not in slowly.kept


class Asking:
    """As much of a request as a measure asks for."""

    def __init__(self, house: House) -> None:
        self.app = house.app
        self.scope = {"type": "http", "app": house.app}


def test_machines_that_sign_go_past() -> None:
    """What a mail provider, a sender of events and the sign-in service send comes in bursts."""
    for path in SIGNED:
        assert what_of({"type": "http", "method": "POST", "path": path}) is None


async def test_the_proxy_in_front_says_who_asks_and_nobody_else_does() -> None:
    """As the compose file has it: what a visitor writes into X-Forwarded-For themselves is not believed."""
    command: list[Any] = SERVICES["web"]["command"]
    trusted = (
        str(command[command.index("--forwarded-allow-ips") + 1]).removeprefix("${WEB_PROXIES:-").rstrip("}")
    )
    seen: list[str] = []

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        seen.append(scope["client"][0])
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    wrapped: Any = ProxyHeadersMiddleware(app, trusted)
    for client in ("172.18.0.1", "198.51.100.9"):
        transport = httpx.ASGITransport(wrapped, client=(client, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as one:
            await one.get("/", headers={"X-Forwarded-For": "192.0.2.66, 203.0.113.7"})
    assert seen == ["203.0.113.7", "198.51.100.9"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("office.test", 200), ("OFFICE.TEST:8400", 200), ("office.test.", 200), ("localhost:8400", 200),
        ("127.0.0.1:8400", 200), ("[::1]:8400", 200), ("192.168.1.9", 200),
        ("evil.test", 421), ("office.test.evil.test", 421), ("127.0.0.1.evil.test", 421), ("[", 421),
        ("office.test@evil.test", 421),
    ],
)  # fmt: skip
async def test_a_demonstration_answers_to_its_own_name(house: House, host: str, status: int) -> None:
    """Another site whose name leads to this machine reads nothing and does nothing (DNS rebinding)."""
    for method, path in (("GET", "/sign-in"), ("GET", "/api/v1/cycles"), ("POST", "/sign-in")):
        answer = await house.browser.request(method, path, headers={"Host": host})
        assert (answer.status_code == 421) is (status == 421), (method, path)


async def test_whoever_finds_a_weakness_reads_whom_to_tell(house: House) -> None:
    """At the address of RFC 9116, as plain text; where the office has named nobody it is not there."""
    path = "/.well-known/security.txt"
    assert (await house.browser.get(path)).status_code == 404
    office = replace(house.rooms.office, security_contact="mailto:security@office.example")
    house.app.state.rooms = replace(house.rooms, office=office)
    answer = await house.browser.get(path)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert lines["Contact"] == "mailto:security@office.example"
    assert lines["Canonical"] == "http://office.test/.well-known/security.txt"
    assert {"Expires", "Preferred-Languages"} <= set(lines)


@given(days=some.integers(0, 3650))
def test_the_contact_holds_for_less_than_a_year_from_whenever_it_is_read(days: int) -> None:
    """And it is the same all day, so that it can be kept."""
    now = NOW + timedelta(days=days)
    assert timedelta(days=178) < holds_until(now) - now < timedelta(days=365)
    assert security_file("mailto:a@b.example", "https://office.test", ("en", "cy"), now).count("\n") == 4
